"""Drafts from tables: attendance, members, grants, contributions, services, and who leads what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.documents.document import Passage
from service.documents.drafting.attendance import Entry, Standing, label_of, read_entry
from service.documents.drafting.columns import Column, Table, is_total, tables_in
from service.documents.drafting.grant_lists import draft_listed_grants
from service.documents.drafting.grants import amount_of, draft_grant, draft_pairs, givers_of
from service.documents.drafting.headings import heading_name
from service.documents.drafting.kinds import kinds_of
from service.documents.drafting.modality import modality_of
from service.documents.drafting.rosters import _pieces, stand
from service.documents.drafting.services import draft_fee, draft_service, service_of_caption
from service.documents.drafting.writing import Writer
from service.model.vocabulary import Basis, Kind, Modality

_PRESENT = re.compile(
    r"^\s*[✓✔☑☒xX](?:\W|$)|"
    r"^\W*(?:chair(?:man|woman|person)?|yes|y|present|p|attended|in person|online|remote\w*|virtual\w*)\b",
    re.IGNORECASE,
)
_ABSENT = re.compile(r"^\W*(?:no|n|absent|apolog\w+|a|sent apologies|not present)\b", re.IGNORECASE)
_PROGRAMME_KINDS = frozenset({Kind.PROGRAMME})


def draft_tables(writer: Writer) -> None:
    for table in tables_in(writer.document):
        if not table.columns:
            _labelled(writer, table)
            draft_listed_grants(writer, table)
        for row in table.rows:
            if table.columns and row.cells and not is_total(row.cells[0]):
                _row(writer, table, row)


def _row(writer: Writer, table: Table, row: Passage) -> None:
    if table.has(Column.SERVICE) and (table.has(Column.PROVIDER) or table.has(Column.USERS)):
        draft_service(writer, table, row)
    elif (table.has(Column.BODY, Column.PERSON, Column.STATUS) and not table.sums and _tells_presence(table)) or (
        table.has(Column.PRESENCE) and not table.sums and (table.has(Column.BODY) or table.has(Column.PERSON))
    ):
        _attendance(writer, table, row)
    elif table.has(Column.LEAD) and (table.has(Column.PURPOSE) or table.has(Column.SERVICE)):
        _leads(writer, table, row)
    elif table.has(Column.ACTION) and (table.has(Column.LEAD) or table.has(Column.BODY)) and not table.sums:
        _action(writer, table, row)
    elif service_of_caption(table.caption) and table.has(Column.BODY) and table.sums:
        draft_fee(writer, table, row)
    elif table.sums or table.has(Column.DECISION):
        draft_grant(writer, table, row)
        if table.has(Column.BODY, Column.SEAT) and re.search(
            r"\bmember\b", table.cell(row, Column.SEAT), re.IGNORECASE
        ):
            _seat(writer, table, row)
    elif table.has(Column.BODY) and (table.has(Column.SEAT) or table.has(Column.STATUS) or table.has(Column.PERSON)):
        _seat(writer, table, row)


def _span(row: Passage) -> tuple[int, int]:
    return 0, len(row.text)


def _attendance(writer: Writer, table: Table, row: Passage) -> None:
    presence, body = table.cell(row, Column.PRESENCE) or table.cell(row, Column.STATUS), table.cell(row, Column.BODY)
    if not body:
        body = table.cell(row, Column.PERSON)
    entry = read_entry(body, writer.glossary, body=table.sure_bodies())
    others = "; ".join(cell.text for at, cell in enumerate(row.cells) if at != table.columns.get(Column.BODY))
    said = read_entry(others, writer.glossary)
    words = " ".join(cell.text for cell in row.cells)
    vacant = bool(re.search(r"\bvacan", words, re.IGNORECASE))
    own = Entry(
        entry.bodies,
        said.standing,
        said.chair or bool(re.search(r"\bchair\b", words.lower()) and not re.search("vice", words.lower())),
        entry.councillor,
    )
    if vacant:
        stand(writer, row, _span(row), own, Standing.APOLOGIES, "table")
    elif own.standing is Standing.ATTENDING:
        stand(writer, row, _span(row), own, Standing.ATTENDING, "table")
    elif own.standing is Standing.APOLOGIES or _ABSENT.match(presence):
        stand(writer, row, _span(row), own, Standing.APOLOGIES, "table")
    elif _PRESENT.match(presence):
        if re.search(r"\bno vote|co-?opted|non-?voting", words, re.IGNORECASE) and not writer.setting.is_council:
            for name in own.bodies:
                writer.write(
                    "table-member", row, _span(row), name, "MEMBER_OF", writer.setting.home, basis=Basis.IMPLIED
                )
            stand(writer, row, _span(row), own, Standing.ATTENDING, "table")
        else:
            stand(writer, row, _span(row), own, Standing.PRESENT, "table")


def _tells_presence(table: Table) -> bool:
    """Whether a column of statuses says who was there: one is present and another sent apologies, say."""
    said = [table.cell(row, Column.STATUS) for row in table.rows]
    return sum(bool(_PRESENT.match(each) or _ABSENT.match(each)) for each in said) * 2 >= len(said)


_OBSERVES = re.compile(r"\b(observ\w+|advis\w+|attend\w*|invited|client|customer|support|applicant)\b", re.IGNORECASE)
_GONE = re.compile(r"\b(withdrew|left|resigned|ceased|until|former\w*|ended)\b", re.IGNORECASE)


def _seat(writer: Writer, table: Table, row: Passage) -> None:
    """A row of a table of members: what kind of seat, or that it observes, left, or is yet to come."""
    said = " ".join(cell.text for at, cell in enumerate(row.cells) if at != table.columns[Column.BODY])
    if _OBSERVES.search(said) or re.search(r"\bvacan", said, re.IGNORECASE) or writer.setting.home is None:
        return
    modality = Modality.ENDED if _GONE.search(said) else modality_of(said)
    chair = re.search(r"\bchair\b", said.lower()) and not re.search(r"vice|deputy", said.lower())
    for name in read_entry(table.cell(row, Column.BODY), writer.glossary, body=table.sure_bodies()).bodies:
        writer.write(
            "table-seat",
            row,
            _span(row),
            name,
            "MEMBER_OF",
            writer.setting.home,
            role="chair" if chair else None,
            modality=modality,
        )


def _leads(writer: Writer, table: Table, row: Passage) -> None:
    """A scheme or task, who leads it, who helps, and, where a column says so, whose money it is."""
    named = Column.PURPOSE if table.has(Column.PURPOSE) else Column.SERVICE
    scheme, lead, status = table.cell(row, named), table.cell(row, Column.LEAD), table.cell(row, Column.STATUS)
    if not scheme or (not writer.organisations(scheme + " Council") and not scheme[:1].isupper()):
        return
    money = row.cells[table.sums[0]].text if table.sums and table.sums[0] < len(row.cells) else ""
    state = scheme_state(status)
    leaders = list(dict.fromkeys(writer.organisations(lead) or _bare(writer, lead)))
    shared = len(leaders) > 1 or bool(re.search(r"\bjoint", lead))
    for name in leaders:
        writer.write(
            "table-lead",
            row,
            _span(row),
            name,
            "TAKES_PART_IN",
            scheme,
            role="joint lead" if shared and len(leaders) > 1 else "lead",
            modality=state,
            object_kinds=_PROGRAMME_KINDS,
        )
    for part in re.split(r";|,(?! and)|\band\b(?=[^;]*;)", table.cell(row, Column.SUPPORT)):
        for name in writer.organisations(part) or _bare(writer, re.sub(r"\([^)]*\)", "", part)):
            if not re.match(r"\s*all\b", part):
                writer.write(
                    "table-support",
                    row,
                    _span(row),
                    name,
                    "TAKES_PART_IN",
                    scheme,
                    role="supporter",
                    modality=_weaker(modality_of(part), state),
                    object_kinds=_PROGRAMME_KINDS,
                )
    former = _FORMER.search(status)
    if former:
        for name in writer.organisations(status[former.start() :]):
            writer.write(
                "table-former-lead",
                row,
                _span(row),
                name,
                "TAKES_PART_IN",
                scheme,
                role="lead",
                modality=Modality.ENDED,
                object_kinds=_PROGRAMME_KINDS,
            )
    givers = writer.organisations(table.cell(row, Column.GIVER))
    if money and givers:
        amount, own = amount_of(money, table.heads[table.sums[0]]), modality_of(f"{money} {status}", ended=False)
        joint = writer.joint() if len(givers) > 1 else None
        for name in givers if amount is not None else []:
            writer.write(
                "table-sum-by-giver",
                row,
                _span(row),
                name,
                "FUNDS",
                scheme,
                amount=amount,
                joint=joint,
                modality=_weaker(own, state),
                object_kinds=_PROGRAMME_KINDS,
            )
    elif money:
        draft_pairs(writer, row, money, scheme, status)


_FORMER = re.compile(r"\b(?:former lead was|formerly led by|previously led by|led until \w+ by) ")


def _bare(writer: Writer, text: str) -> list[str]:
    text = text.strip()
    if re.search(r"\b(?:to be|not|none|each|all|tbc|tba|various|unknown|n/a)\b", text, re.IGNORECASE):
        return []
    return list(read_entry(text, writer.glossary, body=True).bodies) if text else []


def _weaker(own: Modality | None, state: Modality | None) -> Modality | None:
    """What a cell says of itself, else what the row as a whole says."""
    return state if own is Modality.ACTUAL else own


def scheme_state(status: str) -> Modality | None:
    """Whether a scheme that stands so is going on: a refused one is none, a business case sent in is."""
    if re.search(
        r"\b(refused|rejected|taken out|dropped|abandoned|idea|cancelled|withdrawn|not settled)\b",
        status,
        re.IGNORECASE,
    ):
        return None
    if re.search(r"\b(finished|completed|ended|closed)\b", status, re.IGNORECASE):
        return Modality.ENDED
    if re.search(r"\b(put back|postponed|delayed|to start|from 20\d\d|planned)\b", status, re.IGNORECASE):
        return Modality.PLANNED
    return Modality.PROPOSED if re.search(r"\bpropos", status, re.IGNORECASE) else Modality.ACTUAL


_PAY = re.compile(r"\b(?:Pay|Give|Transfer|Release|Send)\s+(£[\d,.]+\w?)\s+to\s+(?:the )?(?=[A-Z])")


def _action(writer: Writer, table: Table, row: Passage) -> None:
    """An action log makes a draft only where a body is to pay a named sum to a named thing."""
    action = table.cell(row, Column.ACTION)
    owner = table.cell(row, Column.LEAD) or table.cell(row, Column.BODY)
    found = _PAY.match(action)
    if found:
        target = next((m for m in writer.mentions(action[found.end() :]) if m.name), None)
        payers, amounts = writer.organisations(owner), givers_of(found[1])
        if target and len(payers) == 1 and amounts:
            writer.write(
                "table-action-pays",
                row,
                _span(row),
                payers[0],
                "FUNDS",
                target.name,
                amount=amounts[0],
                modality=Modality.PLANNED,
                object_kinds=target.kinds | _PROGRAMME_KINDS,
            )


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    span: tuple[int, int]


def _labelled(writer: Writer, table: Table) -> None:
    """A table whose first cells are labels, `Voting members`, `Also there`, `Apologies`: each line of the second
    is an entry."""
    for row in table.rows:
        if len(row.cells) != 2:
            continue
        label, cell = row.cells[0].text, row.cells[1]
        standing = label_of(label)
        if standing is None or standing is Standing.NOT or len(label) > 40:
            continue
        if standing is Standing.MEMBER and writer.setting.event:
            standing = Standing.PRESENT
        for a, b in cell.lines:
            for piece, span in _pieces(row.text[a:b], a):
                whole = (a, b) if standing is not Standing.APOLOGIES else span
                entry = read_entry(piece, writer.glossary)
                if standing is Standing.APOLOGIES and entry.standing is Standing.ATTENDING:
                    continue
                stand(writer, row, whole, entry, entry.standing or standing, "table")


def section_programme(table: Table) -> str | None:
    """The scheme that a table under this heading is about."""
    name = heading_name(table.section)
    return name if name and Kind.PROGRAMME in kinds_of(name) else None
