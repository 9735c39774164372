"""`make train`: writes weights.npz from the labelled questions."""

from __future__ import annotations

from typing import Any

import numpy as np

from service.ask.reader import WEIGHTS
from service.ask.training.labelled import read_labelled, trained_from
from service.ask.training.train import train

questions = read_labelled()
arrays: dict[str, Any] = {**train(questions), "trained_from": np.array(trained_from())}
np.savez_compressed(WEIGHTS, **arrays)
print(f"{WEIGHTS}: {WEIGHTS.stat().st_size:,} bytes from {len(questions):,} questions")
