"""A country made up: organisations, things and facts with heavy-tailed sizes, seeded, as a load takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from bench.networks import two_mode_network
from service.model.dates import PartialDate
from service.model.facts import Entity, Fact, Seeds, Source, fact_id
from service.model.vocabulary import Basis, Kind

_FIRST = ("Ash", "Birch", "Cedar", "Dale", "Elm", "Fern", "Glen", "Hazel", "Ivy", "Juniper", "Kirk", "Linden", "Moor")
_SECOND = ("bridge", "bury", "combe", "ford", "ham", "hurst", "ley", "mouth", "port", "stead", "stow", "ton", "worth")
_THIRD = ("Trust", "Council", "Forum", "Society", "Association", "Foundation", "Partnership", "Centre", "Project")


def country(organisations: int, *, seed: int = 1) -> Seeds:
    """`organisations` bodies with about three facts each. The same seed gives the same country."""
    network = two_mode_network(organisations, seed=seed)
    dice = np.random.default_rng(seed)
    rows, columns = network.incidence.nonzero()
    text = "\n".join(f"row {i}" for i in range(len(rows)))
    day = PartialDate.parse("2020-01-01")
    source = Source("made-up", "A country made up", None, day, None, day.latest, "made-up.txt", "0" * 64, text[:1000])
    bodies = [
        Entity(f"o{i:06d}", Kind.AGENCY, f"{name} {i}", (f"{name} no {i}",))
        for i, name in enumerate(_names(organisations, dice))
    ]
    things = [Entity(f"t{k:06d}", Kind.PROGRAMME, f"Programme {k}") for k in range(len(network.bottom))]
    amounts = np.round(dice.lognormal(9, 1.5, len(rows)), 2)
    facts = []
    for i, (row, column) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        funds = i % 10 == 0
        fact = Fact(
            source="made-up",
            subject=bodies[row].id,
            relation="FUNDS" if funds else "TAKES_PART_IN",
            object=things[column].id,
            quote=f"row {i}",
            line=i + 1,
            start=i,
            recorded=date(2020, 1, 1),
            basis=Basis.REGISTER,
            amount=float(amounts[i]) if funds else None,
            currency="GBP" if funds else None,
            holds_from=date(2020, 1, 1),
        )
        facts.append(_identified(fact))
    entities = (Entity("made-up", Kind.SOURCE, source.title), *bodies, *things)
    return Seeds((source,), entities, tuple(facts))


def _identified(fact: Fact) -> Fact:
    object.__setattr__(fact, "id", fact_id(fact))  # a frozen value, still being made
    return fact


def _names(count: int, dice: np.random.Generator) -> Sequence[str]:
    parts = [dice.integers(len(words), size=count) for words in (_FIRST, _SECOND, _THIRD)]
    return [
        f"Winchester {_THIRD[c]}" if i % 500 == 7 else f"{_FIRST[a]}{_SECOND[b]} {_THIRD[c]}"
        for i, (a, b, c) in enumerate(zip(*parts, strict=True))
    ]
