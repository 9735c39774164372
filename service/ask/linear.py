"""A linear model over hashed features, its weights as bytes: what is trained in training/ and read from weights.npz.

A feature is a string; the first four bytes of its CRC-32 are its place. A score is a sum of the rows of the features
that are there, so a question costs one look-up for each and no multiplication.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def hashes(features: Iterable[str]) -> NDArray[np.uint32]:
    return np.fromiter((zlib.crc32(feature.encode()) for feature in features), dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Linear:
    """Scores of `labels`: `scale` times the summed rows of `weights`, and `bias`."""

    labels: tuple[str, ...]
    places: NDArray[np.uint32]
    """The hashes of its features, ascending; one a row of `weights`."""

    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: NDArray[np.float32]

    def scores(self, hashed: NDArray[np.uint32], times: float = 1.0) -> Floats:
        """The score of each label for a set of hashed features, each of which counts `times`."""
        rows, known = self._rows(hashed)
        summed = self.weights[rows[known]].sum(axis=0, dtype=np.int64)
        return np.asarray(summed * (self.scale.astype(float) * times) + self.bias)

    def each(self, hashed: NDArray[np.uint32], begins: NDArray[np.int64]) -> Floats:
        """Scores for several sets, one after the other in `hashed`, each from its place in `begins`."""
        rows, known = self._rows(hashed)
        weights = self.weights[rows].astype(np.int64)
        weights[~known] = 0
        return np.asarray(np.add.reduceat(weights, begins, axis=0) * self.scale.astype(float) + self.bias)

    def _rows(self, hashed: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """For each hash a row, and whether it is that of the hash."""
        rows = np.minimum(np.searchsorted(self.places, hashed), len(self.places) - 1)
        return rows, self.places[rows] == hashed

    def arrays(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Its arrays by the names under which `linear` finds them again."""
        return {
            f"{name}.labels": np.array(self.labels),
            f"{name}.places": self.places,
            f"{name}.weights": self.weights,
            f"{name}.scale": self.scale,
            f"{name}.bias": self.bias,
        }


def linear(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Linear:
    """The model that `Linear.arrays` wrote under `name`."""
    return Linear(
        tuple(str(label) for label in arrays[f"{name}.labels"]),
        arrays[f"{name}.places"].astype(np.uint32),
        arrays[f"{name}.weights"].astype(np.int8),
        arrays[f"{name}.scale"].astype(np.float32),
        arrays[f"{name}.bias"].astype(np.float32),
    )


def quantised(labels: tuple[str, ...], places: NDArray[np.uint32], weights: Floats, bias: Floats) -> Linear:
    """Weights as one byte each, a scale for each label; rows that come to nothing are left out, but for one."""
    scale = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-9) / 127
    rounded = np.rint(weights / scale).astype(np.int8)
    order = np.argsort(places, kind="stable")
    kept = order[np.any(rounded[order] != 0, axis=1)]
    kept = kept if len(kept) else order[:1]
    return Linear(labels, places[kept], rounded[kept], scale.astype(np.float32), np.round(bias, 4).astype(np.float32))


def probabilities(scores: Floats) -> Floats:
    """Softmax along the last axis."""
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))
