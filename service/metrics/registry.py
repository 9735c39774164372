"""Every metric by name. A metric is added by decorating a function in a module of this package, and nowhere else."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from service.metrics.metric import KNOWN, Metric

VERSION = "2"
"""Of the definitions: a value of one version is not compared with one of another."""

_LEVELS = ("organisation", "network", "money")
_READERS = {"registry", "scorecard"}
"""Modules of this package that read the registry and hold no metric."""


def _all() -> dict[str, Metric]:
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not module.ispkg and module.name not in _READERS:
            importlib.import_module(f"service.metrics.{module.name}")
    ordered = sorted(KNOWN.values(), key=lambda each: (_LEVELS.index(each.level), each.order, each.name))
    return {each.name: each for each in ordered}


METRICS: dict[str, Metric] = _all()
ORGANISATION_METRICS = tuple(name for name, each in METRICS.items() if each.level == "organisation")
NETWORK_METRICS = tuple(name for name, each in METRICS.items() if each.level == "network")
