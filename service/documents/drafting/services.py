"""Drafts of shared services from tables: who provides, who uses, what each pays."""

from __future__ import annotations

import re

from service.documents.document import Passage
from service.documents.drafting.attendance import read_entry
from service.documents.drafting.columns import Column, Table
from service.documents.drafting.grants import amount_of, is_coming, is_nothing
from service.documents.drafting.modality import modality_of
from service.documents.drafting.money import sums_in
from service.documents.drafting.writing import Writer
from service.model.vocabulary import Kind, Modality

_SERVICE = frozenset({Kind.SHARED_SERVICE})
_CAPTION = re.compile(
    r"(?:Table \w+[.:]?\s+)?(?P<service>[A-Z][\w ]+? (?:supplied|provided|given|delivered|run) by (?:the "
    r")?(?P<by>[A-Z][\w ]*?))(?: (?:in|for|to) .*)?\.?$"
)


def service_of_caption(caption: str) -> re.Match[str] | None:
    """`Table 1. Internal audit supplied by SAP in 2024/25`."""
    return _CAPTION.match(caption)


def draft_service(writer: Writer, table: Table, row: Passage) -> None:
    """A row of a service, its provider, its users and its cost."""
    span = 0, len(row.text)
    cell = table.cell(row, Column.SERVICE)
    service = re.sub(r"\s*\((?:proposed|planned|from [^)]*|until [^)]*|to \d[^)]*|ended|former)\)", "", cell).strip()
    state = modality_of(re.sub(r"\bto be settled\b", "", f"{cell} {table.cell(row, Column.STATUS)}"))
    if re.search(r"\bproposed\b", cell, re.IGNORECASE):
        state = Modality.PROPOSED
    if not service or state is None:
        return
    provider = table.cell(row, Column.PROVIDER)
    providers = [] if re.match(r"\W*(?:to be|none|tbc|not|–|-)", provider, re.IGNORECASE) else _named(writer, provider)
    users = _named(writer, re.sub(r"\s+only$", "", table.cell(row, Column.USERS)))
    for name in providers:
        writer.write("table-provides", row, span, name, "PROVIDES", service, modality=state, object_kinds=_SERVICE)
    for name in users:
        writer.write("table-uses", row, span, name, "USES", service, modality=state, object_kinds=_SERVICE)
    if table.sums and table.sums[0] < len(row.cells):
        _costs(writer, row, row.cells[table.sums[0]].text, users, service, state)


def _costs(writer: Writer, row: Passage, cost: str, users: list[str], service: str, state: Modality) -> None:
    """Each user's own sum where the cell gives it, else one sum of all together, else `each`."""
    span, sums = (0, len(row.text)), list(sums_in(cost))
    shares = [
        (name, found.amount)
        for before, found in zip([0, *(s.end for s in sums)], sums, strict=False)
        for name in writer.organisations(cost[before : found.start])
    ]
    if not shares and len(sums) == 1:
        shares = [(name, sums[0].amount) for name in users]
    joint = writer.joint() if len(shares) > 1 and len(sums) == 1 and not re.search(r"\beach\b", cost) else None
    for name, amount in shares:
        writer.write(
            "table-service-cost",
            row,
            span,
            name,
            "FUNDS",
            service,
            amount=amount,
            joint=joint,
            modality=state,
            object_kinds=_SERVICE,
        )


def _named(writer: Writer, text: str) -> list[str]:
    found = list[str]()
    for piece in re.split(r",\s+|;\s+", re.sub(r"^(?:Bought|Hired|Supplied) (?:from|by) ", "", text)):
        found += writer.organisations(piece) or list(read_entry(piece, writer.glossary).bodies)
    return list(dict.fromkeys(found))


def draft_fee(writer: Writer, table: Table, row: Passage) -> None:
    """A row of a client of the service that the caption names, with its fee."""
    found = service_of_caption(table.caption)
    bodies = read_entry(table.cell(row, Column.BODY), writer.glossary, body=table.sure_bodies()).bodies
    if not found or not bodies:
        return
    span, service = (0, len(row.text)), found["service"]
    status = " ".join(filter(None, (table.cell(row, Column.STATUS), table.cell(row, Column.SEAT))))
    uses = _use(status, writer.setting.date)
    at = table.sums[-1]
    amount = (
        amount_of(row.cells[at].text, table.heads[at])
        if at < len(row.cells) and not is_nothing(row.cells[at].text)
        else None
    )
    provider = writer.glossary.resolve(found["by"])
    above = table.above or row
    writer.write("table-provides", above, (0, len(above.text)), provider, "PROVIDES", service, object_kinds=_SERVICE)
    for name in bodies:
        writer.write("table-uses", row, span, name, "USES", service, modality=uses, object_kinds=_SERVICE)
        if amount is not None and uses is not Modality.ENDED:
            pays = (
                Modality.PLANNED
                if uses is Modality.ACTUAL and is_coming(writer, f"{table.caption} {table.heads[at]}")
                else uses
            )
            writer.write(
                "table-service-fee",
                row,
                span,
                name,
                "FUNDS",
                service,
                amount=amount,
                modality=pays,
                object_kinds=_SERVICE,
            )


def _use(status: str, day: str | None) -> Modality | None:
    if re.search(r"\b(quoted|no answer|asked|enquir|interested)", status, re.IGNORECASE):
        return Modality.PROPOSED
    if re.search(r"\b(until|left|ended|former)\b", status, re.IGNORECASE):
        return Modality.ENDED
    if re.search(r"\bfrom \d", status, re.IGNORECASE):
        return Modality.PLANNED
    return Modality.ACTUAL
