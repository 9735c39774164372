"""Synthetic two-mode networks with heavy-tailed sizes, seeded."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from service.metrics.arrays.graph import TwoModeGraph


def two_mode_network(n: int, *, ties: int = 3, largest: int = 500, seed: int = 1) -> TwoModeGraph:
    """`n` organisations in about `ties` things each. Sizes of things follow a power law (density exponent 2.5) from two
    members up to `largest`; where n is large enough, three things have `largest` members and more."""
    dice = np.random.default_rng(seed)
    cap = min(largest, max(2, n // 4))
    draws = 2 * (1 - dice.random(n * ties)) ** (-1 / 1.5)
    sizes = np.minimum(draws, cap).astype(int)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), n * ties)) + 1]
    if n >= 2 * largest:
        sizes[:3] = [largest, largest, largest + largest // 5]
    rows = np.concatenate([dice.choice(n, size=size, replace=False) for size in sizes])
    columns = np.repeat(np.arange(len(sizes)), sizes)
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(n, len(sizes)))
    return TwoModeGraph([f"o{i:06d}" for i in range(n)], [f"thing:{k}" for k in range(len(sizes))], matrix)
