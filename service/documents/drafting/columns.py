"""Tables: which rows belong together, and what each column holds, told by its head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from service.documents.document import Cell, Document, Passage, PassageKind


class Column(StrEnum):
    BODY = "body"
    GIVER = "giver"
    RECIPIENT = "recipient"
    PURPOSE = "purpose"
    SERVICE = "service"
    REQUESTED = "requested"
    SUM = "sum"
    DECISION = "decision"
    ADVICE = "advice"
    """What officers recommend: the decision, where no other column says it."""

    STATUS = "status"
    LEAD = "lead"
    SUPPORT = "support"
    PROVIDER = "provider"
    USERS = "users"
    PERSON = "person"
    PRESENCE = "presence"
    SEAT = "seat"
    ACTION = "action"
    WHEN = "when"


# Tried from the top; the first that the head's words fit is the column's.
_HEADS: tuple[tuple[Column, str], ...] = (
    (Column.REQUESTED, r"\b(request\w*|asked(?: for)?|applied|sought|bid|applying|ask)\b"),
    (Column.DECISION, r"\b(decision|resolution|resolved|outcome|determination)\b"),
    (Column.ADVICE, r"\brecommend\w*\b"),
    (Column.PRESENCE, r"\b(present|attend\w*|here)\b"),
    (
        Column.PERSON,
        r"\b(representative|represented by|councillors?|contact|delegate|officer|attendee|nominee|person|appointee)\b",
    ),
    (
        Column.USERS,
        r"\b(users?|used by|partners using it|using|clients?|customers|provided to|recipients? of service)\b",
    ),
    (
        Column.LEAD,
        r"\b(lead|led by|lead body|lead partner|lead organisation|leading|delivered by|run by|responsible|owner)\b",
    ),
    (
        Column.SUPPORT,
        r"\b(support\w*|in support|assist\w*|other partners|partners?(?: involved)?|with|working with|also involved)\b",
    ),
    (Column.PROVIDER, r"\b(provider|provided by|host(?:ed by)?|supplier|supplied by)\b"),
    (Column.STATUS, r"\b(standing|stands|status|condition\w*|remarks?|notes?|position|stage|progress|comments?)\b"),
    (
        Column.SUM,
        r"\b(amount|sum|award\w*|granted|grant|paid|pays|agreed|approved|given|cost|costs|fee|fees|contribution|"
        r"contributions|funding|money|value|budget|share|allocation|subscription|payment|gbp)\b|£",
    ),
    (Column.GIVER, r"\b(from|funder|funders|source|donor|giver|funded by|contributor|paid by|payer)\b"),
    (Column.RECIPIENT, r"\b(applicant|recipient|grantee|to|awarded to|paid to)\b"),
    (Column.SEAT, r"\b(seat|seats|kind of seat|type|category|capacity|votes?|voting|role|membership)\b"),
    (Column.SERVICE, r"\b(services?)\b"),
    (
        Column.PURPOSE,
        r"\b(purpose|project|scheme|for|stream|task|what for|programme|workstream|theme|item of work|proposal|use)\b",
    ),
    (Column.ACTION, r"\b(action|what|to do)\b"),
    (
        Column.BODY,
        r"\b(organisation|organization|representing|group|body|bodies|council|councils|authority|partner|member|"
        r"members|agency|name|who|charity|signatory|institution|trust|company)\b",
    ),
    (Column.WHEN, r"\b(when|date|due|by when|start|year|period|since)\b|\b20\d\d\b"),
)
_ONLY_BODY = re.compile(
    r"\s*(?:member|members|partner|partners|member (?:body|organisation)|partner (?:body|organisation)|lead body)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table's rows beneath its heads; `columns` gives the column number of each meaning that was recognised."""

    rows: tuple[Passage, ...]
    heads: tuple[str, ...]
    columns: Mapping[Column, int]
    sums: tuple[int, ...]
    """The columns that hold sums, several where there is one a year."""

    caption: str
    """The line just above it."""

    above: Passage | None
    """The passage of the caption."""

    section: str
    """The heading that it stands under."""

    note: str = ""
    """The line just beneath it, where that begins with a mark: `* subject to accounts`."""

    def cell(self, row: Passage, column: Column) -> str:
        at = self.columns.get(column)
        return row.cells[at].text if at is not None and at < len(row.cells) else ""

    def sure_bodies(self) -> bool:
        """Whether the column of bodies can hold no person: its head says organisation, and not just name."""
        at = self.columns.get(Column.RECIPIENT, self.columns.get(Column.BODY, self.columns.get(Column.GIVER)))
        head = self.heads[at].lower() if at is not None else "name"
        return bool(_BODIES.search(head)) or not re.search(r"\b(name|who|members?)\b", head)

    def has(self, *columns: Column) -> bool:
        return all(column in self.columns for column in columns)


def tables_in(document: Document) -> Iterator[Table]:
    """The document's tables in order; one whose head tells nothing has no columns."""
    section, caption, above, rows = "", "", None, list[Passage]()
    for passage in (*document.passages, None):
        if passage is not None and passage.kind is PassageKind.ROW and (not rows or rows[-1].table == passage.table):
            rows.append(passage)
            continue
        if rows:
            note = passage.text if passage is not None and re.match(r"\W*[*†‡]", passage.text) else ""
            yield replace(_table(rows, caption, above, section), note=note)
            rows = []
        if passage is None:
            return
        if passage.kind is PassageKind.ROW:
            rows = [passage]
            continue
        caption, above = (passage.text, passage) if passage.kind is not PassageKind.ITEM else ("", None)
        section = passage.text if passage.kind is PassageKind.HEADING else _run_in(passage.text) or section


def _run_in(text: str) -> str | None:
    """`5. BAR DREDGING SCHEME. Mr Loy joined ...`: the heading with which a minute begins."""
    found = re.match(r"(?:\d+(?:\.\d+)*[.)]?\s+)?([A-Z][A-Z’'&/, -]{4,80}[A-Z])\.\s", text)
    return found[1].title() if found else None


def _table(rows: list[Passage], caption: str, above: Passage | None, section: str) -> Table:
    count = 0
    while count < len(rows) - 1 and rows[count].head:
        count += 1
    heads = _joined(rows[:count]) if count else ()
    columns, sums = _columns(heads)
    if not count and len(rows) > 1:
        guessed = _joined(rows[:1])
        found, amounts = _columns(guessed)
        if (
            len(found) >= 2
            and all(len(text) < 45 and ": " not in text for text in guessed)
            and not any(re.search(r"[£€]\s?\d|\d{2},\d{3}", text) for text in guessed)
        ):
            count, heads, columns, sums = 1, guessed, found, amounts
    sums = sums or _sums_by_year(heads, rows[count:])
    return Table(tuple(rows[count:]), heads, columns, sums, caption, above, section)


def _joined(rows: list[Passage]) -> tuple[str, ...]:
    width = max((len(row.cells) for row in rows), default=0)
    return tuple(
        " ".join(filter(None, (row.cells[at].text if at < len(row.cells) else "" for row in rows)))
        for at in range(width)
    )


def _columns(heads: tuple[str, ...]) -> tuple[dict[Column, int], tuple[int, ...]]:
    columns, sums = dict[Column, int](), list[int]()
    for at, head in enumerate(heads):
        if _ONLY_BODY.fullmatch(head) and at == 0:
            columns.setdefault(Column.BODY, at)
            continue
        meaning = next((column for column, pattern in _HEADS if re.search(pattern, head.lower())), None)
        if meaning is None or re.fullmatch(r"\W*(no|ref|item|days|phone|telephone|e-?mail)\W*", head.lower()):
            continue
        if meaning is Column.SUM:
            sums.append(at)
        columns.setdefault(meaning, at)
    _prefer_bodies(heads, columns)
    if Column.ADVICE in columns and Column.DECISION not in columns:
        columns[Column.DECISION] = columns[Column.ADVICE]
    return columns, tuple(sums)


_PERSONS = re.compile(r"\W*(?:names?|members?|councillors?|attendees?|who|representatives?)\W*", re.IGNORECASE)
_BODIES = re.compile(
    r"\b(?:organisation|organization|representing|body|agency|authority|council|group|business|charity|company|"
    r"applicant)\b",
    re.IGNORECASE,
)


def _prefer_bodies(heads: tuple[str, ...], columns: dict[Column, int]) -> None:
    """Where there is a column of organisations, the one headed `Name` holds persons."""
    at = columns.get(Column.BODY)
    better = next((n for n, head in enumerate(heads) if n != at and _BODIES.search(head)), None)
    if at is not None and better is not None and _PERSONS.fullmatch(heads[at]):
        columns[Column.PERSON], columns[Column.BODY] = at, better


_YEAR_HEAD = re.compile(r"\W*(?:year )?(?:19|20)\d\d(?:\W(?:\d\d){1,2})?\W*(?:\(?£\)?)?\W*")
_MONEY_CELL = re.compile(r"\s*(?:[£€]\s?[\d,.]+\w{0,2}|\d{1,3}(?:,\d{3})+|nil|none|–|-|not agreed)?\s*", re.IGNORECASE)


def _sums_by_year(heads: tuple[str, ...], rows: list[Passage]) -> tuple[int, ...]:
    """Columns headed by a year whose cells are sums of money."""
    found = list[int]()
    for at, head in enumerate(heads):
        cells = [row.cells[at].text for row in rows if at < len(row.cells)]
        sums = [cell for cell in cells if "£" in cell or re.search(r"\d,\d{3}", cell)]
        if _YEAR_HEAD.fullmatch(head) and sums and all(_MONEY_CELL.fullmatch(cell) for cell in cells):
            found.append(at)
    return tuple(found)


def is_total(cell: Cell) -> bool:
    return bool(
        re.match(
            r"\W*(?:sub-?)?totals?\b|\W*(?:grand total|sum total|all together|overall)\b", cell.text, re.IGNORECASE
        )
    )
