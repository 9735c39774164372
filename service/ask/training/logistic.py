"""Multinomial logistic regression with an L2 penalty, by L-BFGS (Liu and Nocedal 1989), over features as strings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from service.ask.linear import Floats, Linear, hashes, probabilities, quantised


def train_linear(
    rows: Sequence[Sequence[str]],
    labels: Sequence[str],
    weight: Callable[[str], float],
    *,
    times: Callable[[Sequence[str]], float] = lambda _: 1.0,
    strength: float = 1.0,
    rounds: int = 60,
    least: int = 2,
) -> Linear:
    """A linear model that gives each row its label. `weight` is how much a feature weighs and `times` by how
    much all those of a row are multiplied; features in fewer than `least` rows are left out."""
    counted = Counter(feature for row in rows for feature in row)
    known = sorted(feature for feature, n in counted.items() if n >= least)
    place = {feature: at for at, feature in enumerate(known)}
    weights = np.array([weight(feature) for feature in known])
    names = tuple(sorted(set(labels)))
    gold = np.eye(len(names))[[names.index(label) for label in labels]]
    columns: list[int] = []
    by: list[float] = []
    ends = [0]
    for row in rows:
        columns += [place[feature] for feature in row if feature in place]
        by += [times(row)] * (len(columns) - ends[-1])
        ends.append(len(columns))
    matrix = sparse.csr_matrix((weights[columns] * np.array(by), columns, ends), shape=(len(rows), len(known)))
    transposed = matrix.T.tocsr()
    d, k = len(known), len(names)

    def objective(flat: Floats) -> tuple[float, Floats]:
        model = flat.reshape(d + 1, k)
        likely = probabilities(np.asarray(matrix @ model[:d]) + model[d])
        loss = -np.log((likely * gold).sum(axis=1) + 1e-12).sum() + 0.5 * strength * (model[:d] ** 2).sum()
        slope = np.empty_like(model)
        slope[:d] = transposed @ (likely - gold) + strength * model[:d]
        slope[d] = (likely - gold).sum(axis=0)
        return float(loss), slope.ravel()

    start = np.zeros((d + 1) * k)
    best = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 8}).x
    model = best.reshape(d + 1, k)
    return quantised(names, hashes(known), model[:d] * weights[:, None], model[d])
