"""HTML: what the page says to its reader. Menus, heads, feet, scripts and what is hidden are left out; nothing is
run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from lxml import html as parser

from service.documents.document import PassageKind, Place
from service.documents.reading import limits
from service.documents.reading.building import Builder, Line

_INERT = {"script", "style", "noscript", "template", "svg", "object", "iframe", "head", "select", "textarea", "button"}
_AROUND = {"nav", "footer", "aside", "dialog"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    *(
        "p",
        "div",
        "section",
        "article",
        "main",
        "body",
        "ul",
        "ol",
        "dl",
        "li",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "form",
    ),
    *("fieldset", "figure", "figcaption", "address", "header", "hr", "details", "summary", "center", "caption"),
    *_HEADINGS,
}


def read_html(name: str, content: bytes) -> tuple[Builder, str | None]:
    """The passages of a page, and its <title>. Raises DocumentRefused where it is nested deeper than a page can be."""
    reader = parser.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    if b"charset" not in content[:2048].lower() and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        reader = parser.HTMLParser(
            huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, encoding="utf-8"
        )
    root = parser.document_fromstring(content, parser=reader)
    _check_depth(name, root)
    title = root.findtext(".//title")
    found = root.find(".//main")
    walk = _Walk(Builder())
    walk.block(found if found is not None else root.find("body") if root.find("body") is not None else root)
    walk.flush()
    return walk.builder, " ".join(title.split()) if title and title.strip() else None


def _check_depth(name: str, root: Any) -> None:
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.DEPTH:
            raise limits.too_deep(name)


def _left_out(element: Any) -> bool:
    tag = element.tag
    if not isinstance(tag, str) or tag in _INERT or tag in _AROUND:
        return True
    if tag == "header" and not any(each.tag in {"main", "article"} for each in element.iterancestors()):
        return True
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = "display:none" in style or "visibility:hidden" in style
    return (
        hidden
        or "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or element.get("role") == "navigation"
    )


@dataclass
class _Walk:
    builder: Builder
    _open: list[Line] = field(default_factory=list)
    _kind: PassageKind = PassageKind.PARAGRAPH
    _level: int = 0
    _tables: int = 0

    def block(self, element: Any) -> None:
        """An element whose text is no part of the text around it."""
        if _left_out(element):
            return
        if element.tag == "table":
            self.table(element)
            return
        before = self._kind, self._level
        self.flush()
        if element.tag in _HEADINGS:
            self._kind, self._level = PassageKind.HEADING, _HEADINGS[element.tag]
        elif element.tag in {"li", "dd"}:
            self._kind, self._level = PassageKind.ITEM, 0
        elif element.tag not in {"p", "div", "span"} or self._kind is PassageKind.HEADING:
            self._kind, self._level = PassageKind.PARAGRAPH, 0
        self._say(element.text, element)
        for child in element:
            self.inline(child)
            self._say(child.tail, child)
        self.flush()
        self._kind, self._level = before

    def inline(self, element: Any) -> None:
        if _left_out(element):
            return
        if element.tag in _BLOCKS or element.tag == "table":
            self.block(element)
        elif element.tag == "br":
            self._break()
        else:
            self._say(element.text, element)
            for child in element:
                self.inline(child)
                self._say(child.tail, child)

    def _break(self) -> None:
        """Lines of one paragraph: parted where they read as a list of their own, else joined by a space."""
        self._open.append(Line("\n", Place()))

    def _say(self, text: str | None, element: Any) -> None:
        if text:
            self._open.append(Line(text, Place(line=element.sourceline)))

    def flush(self) -> None:
        lines, self._open = self._open, []
        parts = _lines_of(lines)
        if self._kind is PassageKind.PARAGRAPH and len(parts) > 2 and all(_begins(part) for part in parts):
            for part in parts:
                self.builder.add(PassageKind.ITEM, _runs(part))
        else:
            self.builder.add(
                self._kind, _runs([line for part in parts for line in (*part, Line(" ", part[-1].place))]), self._level
            )

    def table(self, element: Any) -> None:
        self.flush()
        for caption in element.iterchildren("caption"):
            self.block(caption)
        self._tables += 1
        number, inner = self._tables, list[Any]()
        for at, row in enumerate(each for each in element.iter("tr") if _nearest_table(each) is element):
            cells, names = list[list[Line]](), 0
            for cell in row.iterchildren("td", "th"):
                names += cell.tag == "th"
                inner += cell.iterchildren("table")
                cells += [self._cell(cell)] + [[] for _ in range(_spanned(cell) - 1)]
            above = any(each.tag == "thead" for each in row.iterancestors())
            self.builder.add_row(cells, number, head=above or (at == 0 and names == len(cells) > 0))
        for table in inner:
            self.table(table)

    def _cell(self, cell: Any) -> list[Line]:
        said = list[Line]()

        def walk(element: Any) -> None:
            if element is not cell and (_left_out(element) or element.tag == "table"):
                return
            if element.tag in _BLOCKS or element.tag == "br":
                said.append(Line("\n", Place()))
            if element.text:
                said.append(Line(element.text, Place(line=element.sourceline)))
            for child in element:
                walk(child)
                if child.tag in _BLOCKS:
                    said.append(Line("\n", Place()))
                if child.tail:
                    said.append(Line(child.tail, Place(line=child.sourceline)))

        walk(cell)
        return [Line("".join(line.text for line in part), part[0].place) for part in _lines_of(said)]


def _nearest_table(element: Any) -> Any:
    return next((each for each in element.iterancestors("table")), None)


def _spanned(cell: Any) -> int:
    width = cell.get("colspan", "1")
    return min(max(int(width), 1), 50) if width.isdigit() else 1


def _lines_of(runs: list[Line]) -> list[list[Line]]:
    """Runs parted at the line breaks that were asked for."""
    parts: list[list[Line]] = [[]]
    for run in runs:
        if run.text == "\n" and run.place == Place():
            parts.append([])
        else:
            parts[-1].append(run)
    return [part for part in parts if any(run.text.strip() for run in part)]


def _begins(part: list[Line]) -> bool:
    return "".join(run.text for run in part).lstrip()[:1].isupper()


def _runs(runs: list[Line]) -> list[Line]:
    """Runs of one paragraph as lines that may be joined by a space: cut only where white space stands."""
    lines = list[Line]()
    for run in runs:
        if lines and not lines[-1].text[-1:].isspace() and not run.text[:1].isspace():
            lines[-1] = Line(lines[-1].text + run.text, lines[-1].place)
        else:
            lines.append(run)
    return lines
