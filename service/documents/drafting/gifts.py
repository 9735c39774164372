"""How a gift that a sentence states is written down."""

from __future__ import annotations

from service.documents.document import Passage
from service.documents.drafting.mentions import Mention
from service.documents.drafting.sentences import clause
from service.documents.drafting.tagging import Tagged
from service.documents.drafting.writing import Writer
from service.model.vocabulary import ORGANISATIONS, Basis, Kind, Modality

THINGS = frozenset({Kind.PROGRAMME, Kind.SHARED_SERVICE})


def clause_at(said: Tagged, at: int) -> str:
    start, end = clause(said.text, at)
    return said.plain(said.text[start:end])


def give(
    writer: Writer,
    passage: Passage,
    said: Tagged,
    rule: str,
    givers: list[str | None],
    amount: float,
    target: Mention | None,
    modality: Modality | None,
    *,
    each: bool = False,
    basis: Basis = Basis.STATED,
) -> None:
    if target is None or target.name is None:
        return
    joint = writer.joint() if len(givers) > 1 and not each else None
    for giver in givers:
        writer.write(
            rule,
            passage,
            said.span(0, len(said.text)),
            giver,
            "FUNDS",
            target.name,
            amount=amount,
            joint=joint,
            modality=modality,
            basis=basis,
            object_kinds=target.kinds if target.kinds & (ORGANISATIONS | THINGS) else THINGS,
        )
