"""Word's .docx (ECMA-376, Office Open XML): the body's paragraphs, lists and tables; heads and feet apart.

Read with a zip reader and lxml alone: content controls, insertions and hyperlinks are text, deletions are not. Nothing
outside the file is fetched and no entity is resolved.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from service.documents.document import PassageKind, Place, joined
from service.documents.reading import limits
from service.documents.reading.building import Builder, Line
from service.errors import DocumentRefused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_INSIDE = {f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body")}
_GONE = {f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "footnoteReference", "commentReference")}


@dataclass(frozen=True, slots=True)
class Properties:
    title: str | None = None
    running: tuple[str, ...] = ()


def read_docx(name: str, content: bytes) -> tuple[Builder, Properties]:
    """Raises DocumentRefused where the file is no .docx, is encrypted, unpacks to too much, or is nested too deep."""
    parts = _parts(name, content)
    body = _xml(name, parts["word/document.xml"]).find(f"{_W}body")
    if body is None:
        raise DocumentRefused(f"{name} has no body of text. Open it in Word and save it again.")
    reader = _Reader(Builder(), _styles(name, parts))
    reader.body(body)
    running = [
        joined(" ".join(_paragraph_text(p) for p in _xml(name, part).iter(f"{_W}p")))
        for path, part in sorted(parts.items())
        if path.startswith(("word/header", "word/footer"))
    ]
    title = None
    if "docProps/core.xml" in parts:
        title = _xml(name, parts["docProps/core.xml"]).findtext("{http://purl.org/dc/elements/1.1/}title")
    return reader.builder, Properties((title or "").strip() or None, tuple(dict.fromkeys(filter(None, running))))


def _parts(name: str, content: bytes) -> dict[str, bytes]:
    """The parts that are read, unpacked within the limit whatever the archive says of their size."""
    parts, left = dict[str, bytes](), limits.UNPACKED_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for info in archive.infolist():
                if info.flag_bits & 1:
                    raise DocumentRefused(f"{name} is encrypted. Save it without a password.")
                if not info.filename.startswith(("word/", "docProps/")) or not info.filename.endswith(".xml"):
                    continue
                with archive.open(info) as part:
                    found = part.read(left + 1)
                left -= len(found)
                if left < 0:
                    most = f"{limits.UNPACKED_BYTES / 1e6:,.0f} MB"
                    raise DocumentRefused(f"{name} unpacks to more than {most}, as a zip bomb does. It was not read.")
                parts[info.filename] = found
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise DocumentRefused(f"{name} is a damaged .docx ({error}). Open it in Word and save it again.") from None
    if "word/document.xml" not in parts:
        raise DocumentRefused(f"{name} is a zip archive but no Word document: word/document.xml is not in it.")
    return parts


def _xml(name: str, content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise limits.too_deep(name) from None
        raise DocumentRefused(f"{name} is a damaged .docx ({error}). Open it in Word and save it again.") from None


def _styles(name: str, parts: dict[str, bytes]) -> dict[str, str]:
    """Each style's own name by its id, in lower case: Word keeps `heading 1` whatever the language of its menus."""
    if "word/styles.xml" not in parts:
        return {}
    styles = {}
    for style in _xml(name, parts["word/styles.xml"]).iter(f"{_W}style"):
        found = style.find(f"{_W}name")
        styles[style.get(f"{_W}styleId", "")] = (found.get(f"{_W}val", "") if found is not None else "").lower()
    return styles


@dataclass
class _Reader:
    builder: Builder
    styles: dict[str, str]
    _paragraphs: int = 0
    _tables: int = 0
    _plain: set[str] = field(default_factory=set)

    def body(self, element: Any) -> None:
        for child in _blocks(element):
            if child.tag == f"{_W}p":
                self._paragraphs += 1
                self._paragraph(child, Place(paragraph=self._paragraphs))
            else:
                self._table(child)

    def _paragraph(self, element: Any, place: Place) -> None:
        style, numbered = self._style(element)
        text = _paragraph_text(element)
        lines = [line for line in text.split("\n") if line.strip()]
        if style == "title" or style.startswith("heading"):
            level = int(style[-1]) if style[-1:].isdigit() else 1
            self.builder.add(PassageKind.HEADING, [Line(text, place)], level)
        elif numbered or style.startswith("list"):
            self.builder.add(PassageKind.ITEM, [Line(text, place)])
        elif len(lines) > 2 and all(line.lstrip()[:1].isupper() for line in lines):
            for line in lines:
                self.builder.add(PassageKind.ITEM, [Line(line, place)])
        elif _all_bold(element) and len(text) < 100 and not text.rstrip().endswith((".", ";", ",")):
            self.builder.add(PassageKind.HEADING, [Line(text, place)], 3)
        else:
            self.builder.add(PassageKind.PARAGRAPH, [Line(text, place)])

    def _style(self, element: Any) -> tuple[str, bool]:
        style = element.find(f"{_W}pPr/{_W}pStyle")
        numbered = element.find(f"{_W}pPr/{_W}numPr") is not None
        ident = style.get(f"{_W}val", "") if style is not None else ""
        return self.styles.get(ident, ident.lower()), numbered

    def _table(self, element: Any) -> None:
        self._tables += 1
        table, inner = self._tables, list[Any]()
        for number, row in enumerate(element.iterchildren(f"{_W}tr"), start=1):
            cells = list[list[Line]]()
            for at, cell in enumerate(_cells(row), start=1):
                lines = list[Line]()
                for count, block in enumerate(_blocks(cell), start=1):
                    if block.tag == f"{_W}tbl":
                        inner.append(block)
                        continue
                    place = Place(table=table, row=number, cell=at, paragraph=count)
                    lines += [Line(line, place) for line in _paragraph_text(block).split("\n") if line.strip()]
                cells.append(lines)
                cells += [[] for _ in range(_spanned(cell) - 1)]
            said = row.find(f"{_W}trPr/{_W}tblHeader") is not None
            self.builder.add_row(cells, table, head=said)
        for each in inner:
            self._table(each)


def _blocks(element: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, those inside content controls and insertions too."""
    for child in element:
        if child.tag in {f"{_W}p", f"{_W}tbl"}:
            yield child
        elif child.tag in _INSIDE:
            yield from _blocks(child)


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in _INSIDE:
            yield from _cells(child)


def _spanned(cell: Any) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    width = span.get(f"{_W}val", "1") if span is not None else "1"
    return min(max(int(width), 1), 50) if width.isdigit() else 1


def _paragraph_text(element: Any) -> str:
    """What is seen of a paragraph, with `\\n` where a line is broken by hand."""
    said = list[str]()
    for child in element:
        if child.tag in _GONE or not isinstance(child.tag, str):
            continue
        name = child.tag.removeprefix(_W)
        if name == "t":
            said.append(child.text or "")
        elif name == "tab":
            said.append("\t")
        elif name in {"br", "cr"}:
            said.append("\n" if child.get(f"{_W}type") not in {"page", "column"} else " ")
        elif name == "noBreakHyphen":
            said.append("-")
        elif name in {"pPr", "rPr", "drawing", "pict", "object", "txbxContent"}:
            continue
        else:
            said.append(_paragraph_text(child))
    return "".join(said)


def _all_bold(element: Any) -> bool:
    runs = [run for run in element.iter(f"{_W}r") if "".join(t.text or "" for t in run.iter(f"{_W}t")).strip()]
    return bool(runs) and all(run.find(f"{_W}rPr/{_W}b") is not None for run in runs)
