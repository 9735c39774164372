"""Drafts of grants that are listed without heads of columns: names with sums, or entries with what was decided."""

from __future__ import annotations

import re

from service.documents.document import PassageKind
from service.documents.drafting.attendance import read_entry
from service.documents.drafting.columns import Table
from service.documents.drafting.grants import APPROVED, recipient_of
from service.documents.drafting.modality import modality_of, refused
from service.documents.drafting.money import sums_in
from service.documents.drafting.writing import Writer
from service.model.vocabulary import Basis

_LISTED = re.compile(
    r"\b(?:grants?|awards?|donations?|payments?)\b.*\b(?:awarded|approved|made|agreed|given|granted|paid)\b|"
    r"\bawards?\b.*\bas follows",
    re.IGNORECASE,
)


def draft_listed_grants(writer: Writer, table: Table) -> None:
    """A list of names and sums without heads, under `RESOLVED that the following grants be awarded:`."""
    if not _LISTED.search(table.caption) or refused(table.caption):
        return
    for row in table.rows:
        if len(row.cells) < 2:
            continue
        sums = list(sums_in(row.cells[-1].text))
        name = recipient_of(writer, table, row.cells[0].text)
        if len(sums) == 1 and name:
            writer.write(
                "table-listed-grant", row, (0, len(row.text)), writer.setting.home, "FUNDS", name, amount=sums[0].amount
            )


_DECIDES = re.compile(r"\b(?:approved?|agreed|granted|awarded)\b", re.IGNORECASE)
_PARTS = re.compile(r"\s+[-–—]+\s+|:\s+|;\s+")
_ABOUT = re.compile(
    r"\b(?:grants?|applications?|donations?|s\.?137|requests? for (?:funding|support)|funding "
    r"requests?)\b",
    re.IGNORECASE,
)


def draft_item_grants(writer: Writer) -> None:
    """Entries under a heading or lead-in about grants: `a) Hall Trust - £1,200 for chairs - APPROVED £800`."""
    about = ""
    for passage in writer.document.passages:
        if passage.kind is PassageKind.HEADING:
            about = passage.text
        elif passage.kind is PassageKind.PARAGRAPH:
            about = passage.text if _ABOUT.search(passage.text) else about
        elif passage.kind is PassageKind.ITEM and _ABOUT.search(about):
            parts = _PARTS.split(passage.text)
            decision = parts[-1]
            if len(parts) < 2 or refused(decision) or not _DECIDES.search(decision):
                continue
            sums = list(sums_in(decision)) or (list(sums_in(passage.text)) if APPROVED.fullmatch(decision) else [])
            bodies = read_entry(parts[0].split(",")[0], writer.glossary, body=True).bodies
            if len(sums) == 1 and len(bodies) == 1:
                basis = Basis.STATED if any(sums_in(decision)) else Basis.IMPLIED
                writer.write(
                    "item-grant",
                    passage,
                    (0, len(passage.text)),
                    writer.setting.home,
                    "FUNDS",
                    bodies[0],
                    amount=sums[0].amount,
                    modality=modality_of(decision),
                    basis=basis,
                )
