"""Drafts of money in tables: grants with what was decided, contributions by year, sums by giver.

A requested sum makes nothing. What was refused, deferred or withdrawn makes nothing. A condition makes it planned.
"""

from __future__ import annotations

import re

from service.documents.document import Passage
from service.documents.drafting.attendance import read_entry
from service.documents.drafting.columns import Column, Table
from service.documents.drafting.headings import heading_name
from service.documents.drafting.kinds import kinds_of, telling
from service.documents.drafting.modality import modality_of, refused
from service.documents.drafting.money import bare_sum, sums_in
from service.documents.drafting.wordlists import words
from service.documents.drafting.writing import Writer
from service.model.name_keys import name_key
from service.model.vocabulary import Basis, Kind, Modality

_PAID = re.compile(r"\b(paid|spent|received|given|transferred|drawn down|banked|in hand)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(20\d\d)[/–-](\d{2,4})\b")
_NOTHING = re.compile(
    r"^\W*(?:nil|none|no|n/a|0|tbc|tba|not|in kind|unknown|–|-)?\W*$|^(?:nil|none|not|in kind|to be)\b", re.IGNORECASE
)
_PLAIN_BODIES = words("generic-bodies")
_RECEIVES = Kind.PROGRAMME, Kind.SHARED_SERVICE


APPROVED = re.compile(r"\W*(?:approved?|agreed|granted|awarded|yes|accepted|supported)\W*", re.IGNORECASE)
_MATCHED = re.compile(
    r"\b(?:provided|if|subject to|once|when) .{2,60}\b(?:gives?|giving|matches|matching|pays?) (?:the same|as much|"
    r"an equal|a like|match|it)"
)


def givers_of(text: str) -> list[float]:
    return [found.amount for found in sums_in(text)]


def is_nothing(text: str) -> bool:
    return bool(_NOTHING.match(text))


def draft_grant(writer: Writer, table: Table, row: Passage) -> None:
    """One row: who gives, who or what for receives, how much, and how surely."""
    status = "; ".join(
        filter(None, (table.cell(row, Column.STATUS), table.cell(row, Column.DECISION), table.cell(row, Column.WHEN)))
    )
    decision = table.cell(row, Column.DECISION)
    columns = table.sums or ((table.columns[Column.DECISION],) if table.has(Column.DECISION) else ())
    if table.has(Column.DECISION) and (
        refused(decision)
        or not re.search(r"[£\d]|\b(?:approve|agree|grant|award|yes|in full)", decision, re.IGNORECASE)
    ):
        return
    for at in columns:
        if at >= len(row.cells):
            continue
        amount = amount_of(row.cells[at].text, table.heads[at])
        if amount is None and decision:
            amount = amount_of(decision, "")
        if (
            amount is None
            and decision
            and re.search(r"\b(?:in full|as requested|full amount)\b", decision, re.IGNORECASE)
        ):
            amount = amount_of(
                table.cell(row, Column.REQUESTED),
                table.heads[table.columns[Column.REQUESTED]] if table.has(Column.REQUESTED) else "",
            )
        implied = amount is None and bool(APPROVED.fullmatch(decision))
        if implied and table.has(Column.REQUESTED):
            amount = amount_of(table.cell(row, Column.REQUESTED), table.heads[table.columns[Column.REQUESTED]])
        unknown = amount is None and bool(
            re.search(r"not (?:yet )?known|to be (?:confirmed|settled)", row.cells[at].text, re.IGNORECASE)
        )
        if amount is None and not unknown:
            continue
        said = f"{status} {table.note}" if table.note and table.note.lstrip()[0] in row.text else status
        modality = _modality(writer, table, row.cells[at].text, at, said, len(columns) > 1)
        _give(writer, table, row, amount, modality, row.cells[at].text, Basis.IMPLIED if implied else Basis.STATED)


def amount_of(text: str, head: str) -> float | None:
    if is_nothing(text):
        return None
    sums = list(sums_in(text))
    if sums:
        return sums[0].amount
    counted = re.search(r"£|gbp|pounds|paid|amount|sum|grant|award|fee|contribution|cost", head, re.IGNORECASE)
    return bare_sum(text) if counted else None


def _modality(writer: Writer, table: Table, cell: str, at: int, status: str, by_year: bool) -> Modality | None:
    """What the row's own words say; where there is a column a year, what its head and its end say."""
    head = table.heads[at].lower()
    if by_year:
        if _PAID.search(head):
            return Modality.ENDED if _stopped(table, at, cell) else Modality.ACTUAL
        return (
            Modality.PLANNED
            if re.search(r"agreed|budget|plan|estimate|forecast|proposed|next", head) or is_coming(writer, head)
            else Modality.ACTUAL
        )
    said = re.sub(r"\b(?:to be )?paid (?:in|by) \w+ (?:parts|instalments|stages|tranches)\b", "", f"{status} {cell}")
    if re.search(
        r"(?<!not )(?<!yet )\bpaid (?:over |in full |on )?\d|\bnone; paid\b|^paid\b", status.strip(), re.IGNORECASE
    ):
        return Modality.ACTUAL
    if refused(re.sub(r"\bnot yet known\b|\bnone\b", "", said)):
        return None
    found = modality_of(re.sub(r"\bnot yet known\b", "", said))
    if found is Modality.ACTUAL and table.has(Column.STATUS):
        return Modality.PLANNED if _condition(table, status) else found
    return found


def _condition(table: Table, status: str) -> bool:
    """A condition in a column of conditions makes a sum planned, unless there is none or it was met."""
    head = table.heads[table.columns[Column.STATUS]].lower()
    return (
        "condition" in head
        and not is_nothing(status)
        and not re.search(r"\b(met|paid|satisfied)\b", status, re.IGNORECASE)
    )


def _stopped(table: Table, at: int, cell: str) -> bool:
    rows = [row for row in table.rows if at < len(row.cells) and row.cells[at].text == cell]
    later = [row.cells[after].text for row in rows for after in table.sums if after > at and after < len(row.cells)]
    return (
        bool(later)
        and all(is_nothing(text) for text in later)
        and any(re.match(r"\W*(?:nil|0|none)\b", text, re.IGNORECASE) for text in later)
    )


def is_coming(writer: Writer, text: str) -> bool:
    """Whether a financial year had not begun when the document was written."""
    year, day = _YEAR.search(text), writer.setting.date
    return bool(year and day and day < f"{year[1]}-04")


def _give(
    writer: Writer,
    table: Table,
    row: Passage,
    amount: float | None,
    modality: Modality | None,
    cell: str,
    basis: Basis = Basis.STATED,
) -> None:
    giver_cell = table.cell(row, Column.GIVER)
    body_cell = table.cell(row, Column.RECIPIENT) or table.cell(row, Column.BODY)
    purpose = table.cell(row, Column.PURPOSE)
    span = 0, len(row.text)
    if table.has(Column.GIVER):
        givers = _bodies(writer, giver_cell)
        named = (
            re.search(
                r"\b(?:project|programme|scheme|"
                r"initiative)\b",
                table.heads[table.columns[Column.PURPOSE]].lower(),
            )
            if purpose
            else None
        )
        receiver = purpose if purpose and (named or table.has(Column.RECIPIENT)) else None
        if receiver is None and table.has(Column.RECIPIENT):
            receiver = next(iter(_bodies(writer, body_cell)), None)
        if re.search(r"\bown (?:means|funds|money|resources|reserves)\b", giver_cell):
            givers = _bodies(writer, body_cell)
        target, rule = receiver or _object(writer, table), "table-sum-from"
    elif table.has(Column.DECISION) or table.has(Column.RECIPIENT) or table.has(Column.REQUESTED):
        givers, target, rule = [writer.setting.home or ""], recipient_of(writer, table, body_cell), "table-grant"
    elif table.has(Column.BODY) and _contributes(table):
        givers, target, rule = _bodies(writer, body_cell), _object(writer, table), "table-contribution"
    elif table.has(Column.BODY) and (
        purpose or any(re.search(r"award|grant", table.heads[n].lower()) for n in table.sums)
    ):
        givers, target, rule = [writer.setting.home or ""], recipient_of(writer, table, body_cell), "table-grant"
    else:
        return
    joint = writer.joint() if len(givers) > 1 and "each" not in cell.lower() else None
    kinds = None
    if target and not telling(target):
        kinds = frozenset({*_RECEIVES, *kinds_of(target)}) if target == purpose else None
    elif target == purpose and target:
        kinds = frozenset(_RECEIVES)
    for giver in givers:
        writer.write(
            rule,
            row,
            span,
            giver,
            "FUNDS",
            target,
            amount=amount,
            joint=joint,
            basis=basis,
            modality=modality,
            object_kinds=kinds,
        )
    matched = _MATCHED.search(table.cell(row, Column.DECISION))
    if matched and amount is not None:
        for name in writer.organisations(table.cell(row, Column.DECISION)[matched.start() :]):
            writer.write(
                "table-grant-match",
                row,
                span,
                name,
                "FUNDS",
                target,
                amount=amount,
                modality=Modality.HYPOTHETICAL,
                basis=Basis.IMPLIED,
            )
    if table.has(Column.GIVER, Column.RECIPIENT) and purpose and amount is not None:
        for name in _bodies(writer, body_cell):
            writer.write(
                "table-grant-takes-part",
                row,
                span,
                name,
                "TAKES_PART_IN",
                purpose,
                modality=modality,
                basis=Basis.IMPLIED,
                object_kinds=frozenset({Kind.PROGRAMME}),
            )


def _contributes(table: Table) -> bool:
    """Whether the bodies of a table give rather than receive: its heads, its caption and its section say."""
    words = f"{table.caption} {table.section} {' '.join(table.heads)}".lower()
    return bool(
        re.search(
            r"\b(contribut\w+|paid|pay|pays|subscription\w*|levy|levies|where the money came|into|purse|income|share|"
            r"sharing)\b",
            words,
        )
    ) and not re.search(r"\b(grants? (?:made|awarded|given|paid)|awarded to|paid to|paid out|payments to)\b", words)


def _object(writer: Writer, table: Table) -> str | None:
    """What contributions go to: the scheme that the section or the caption names, else the body that the document
    is of."""
    section = heading_name(table.section)
    if section and Kind.PROGRAMME in kinds_of(section) and telling(section):
        return writer.glossary.resolve(section) or section
    for mention in writer.mentions(table.caption):
        if mention.name and Kind.PROGRAMME in mention.kinds and telling(mention.name):
            return mention.name
    return writer.setting.home


def _bodies(writer: Writer, text: str) -> list[str]:
    text = re.sub(r",? (?:jointly|as one gift|together|each|in equal shares)\b.*$", "", text)
    named = writer.organisations(text)
    short = [writer.glossary.resolve(f"the {part.strip()}") for part in text.split(" and ")]
    if len(short) > 1 and all(short) and all(name_key(part) in _PLAIN_BODIES for part in text.split(" and ")):
        return [name for name in short if name]
    if named:
        return list(dict.fromkeys(named))
    return list(read_entry(text, writer.glossary, body=True).bodies)


def recipient_of(writer: Writer, table: Table, text: str) -> str | None:
    """Whom or what a row's grant goes to: a body, or a project that is named where bodies are."""
    entry = read_entry(text, writer.glossary, body=table.sure_bodies()).bodies
    return next(iter(entry or [m.name for m in writer.mentions(text) if m.name]), None)


def draft_pairs(writer: Writer, row: Passage, money: str, scheme: str, status: str) -> None:
    """`DfT £31.0m; Ludshire £5.5m`, `£1.2m from the four constituents together`, `A and B, £300,000 each`."""
    for part in re.split(r";\s*", money):
        sums = list(sums_in(part))
        if len(sums) != 1:
            continue
        givers = writer.organisations(part) or list(
            read_entry(part[: sums[0].start].strip(" ,"), writer.glossary).bodies
        )
        modality = (
            Modality.PROPOSED
            if re.search(r"\b(sought|asked|bid|applied)\b", part)
            else _pair_modality(f"{part} {status}")
        )
        joint = writer.joint() if len(givers) > 1 and "each" not in part else None
        for giver in givers:
            writer.write(
                "table-sum-by-giver",
                row,
                (0, len(row.text)),
                giver,
                "FUNDS",
                scheme,
                amount=sums[0].amount,
                joint=joint,
                modality=modality,
                object_kinds=frozenset({Kind.PROGRAMME}),
            )


def _pair_modality(said: str) -> Modality | None:
    if re.search(r"\b(finished|completed|ended)\b", said, re.IGNORECASE):
        return Modality.ENDED
    return modality_of(said, ended=False)
