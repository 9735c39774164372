"""How far a share of a sample can be from the share of the whole."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

CONFIDENCE = 0.9
"""The probability with which a stated error holds for all values of a metric at once."""


def most_error(shares: NDArray[np.float64], samples: int) -> float:
    """The most by which one of some observed shares is wrong, with probability CONFIDENCE for all of them at once.

    The exact form of Hoeffding's bound (1963, theorem 1), exp(-samples KL(observed || true)), split evenly over both
    sides of every share. 0 for no share. Raises ValueError without a sample.
    """
    if samples < 1:
        raise ValueError("no error can be told without a sample")
    if not len(shares):
        return 0.0
    limit = math.log(2 * len(shares) / (1 - CONFIDENCE)) / samples
    above = _furthest(shares, limit)
    below = _furthest(1 - shares, limit)
    return float(max(above.max(), below.max()))


def _furthest(shares: NDArray[np.float64], limit: float) -> NDArray[np.float64]:
    """By how much a true share can exceed the observed one before their divergence exceeds the limit."""
    low, high = np.zeros_like(shares), 1 - shares
    for _ in range(60):
        middle = (low + high) / 2
        beyond = _divergence(shares, shares + middle) > limit
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    return np.asarray(high)


def _divergence(observed: NDArray[np.float64], true: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kullback and Leibler's divergence of two yes-or-no draws."""
    with np.errstate(divide="ignore", invalid="ignore"):
        hit = np.where(observed > 0, observed * np.log(observed / true), 0.0)
        miss = np.where(observed < 1, (1 - observed) * np.log((1 - observed) / (1 - true)), 0.0)
    return np.asarray(hit + miss)
