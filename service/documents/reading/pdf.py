"""PDF (ISO 32000-1:2008): lines in reading order, ruled tables as rows of cells, running heads and page numbers
dropped."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from service.documents.document import Place, joined
from service.documents.reading import limits
from service.documents.reading.building import Builder, Hyphens, Line
from service.documents.reading.pages import (
    Page,
    PageTable,
    PrintedLine,
    Word,
    base_lines,
    lay_out,
    without_running,
)
from service.documents.reading.paragraphs import paragraphs
from service.documents.reading.spaced import spaced_tables
from service.errors import DocumentRefused


@dataclass(frozen=True, slots=True)
class Properties:
    title: str | None = None
    running: tuple[str, ...] = ()


def read_pdf(name: str, content: bytes) -> tuple[Builder, Properties]:
    """Raises DocumentRefused where it is encrypted, damaged, too long, or a scan without text."""
    try:
        with pdfplumber.open(io.BytesIO(content), unicode_norm="NFC") as pdf:
            if len(pdf.pages) > limits.PAGES:
                raise DocumentRefused(
                    f"{name} has {len(pdf.pages):,} pages; the most that is read is {limits.PAGES}. Split it into "
                    f"parts."
                )
            pages = [_page(page) for page in pdf.pages]
            title = pdf.metadata.get("Title")
    except PdfminerException as error:
        raise _refused(name, error.args[0] if error.args else error) from None
    except (PDFException, PSException, ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise _refused(name, error) from None
    if not any(page.lines or page.tables for page in pages):
        raise limits.no_text(name)
    pages, running = without_running(pages)
    builder = Builder(Hyphens(line.text for page in pages for line in page.lines))
    _say(builder, pages)
    return builder, Properties(title.strip() or None if isinstance(title, str) else None, running)


def _refused(name: str, error: Any) -> DocumentRefused:
    if isinstance(error, PDFPasswordIncorrect):
        return DocumentRefused(f"{name} is encrypted. Save it without a password (print it to a new PDF).")
    return DocumentRefused(f"{name} is a damaged PDF ({error}). Open it and print it to a new PDF.")


def _page(page: Any) -> Page:
    """A page's lines and tables; what was parsed is let go, so that memory stays that of one page."""
    tables = list[PageTable]()
    for found in page.find_tables():
        rows = [[joined_lines(cell) for cell in row] for row in found.extract()]
        if len(rows) and max(len(row) for row in rows) > 1 and sum(bool(c) for row in rows for c in row) > 1:
            tables.append(PageTable(found.bbox[1], found.bbox[3], found.bbox[0], found.bbox[2], rows))
    words = [
        Word(w["text"], w["x0"], w["x1"], w["top"], w["bottom"], round(w["size"], 1), "bold" in w["fontname"].lower())
        for w in page.extract_words(extra_attrs=["size", "fontname"], keep_blank_chars=False, x_tolerance_ratio=0.15)
        if w["upright"] and not any(table.holds(w) for table in tables)
    ]
    lines = [line for line in base_lines(words) if not _at_margin(line, float(page.height))]
    spaced = spaced_tables(lines)
    words = [w for w in words if not any(_within(table, w) for table in spaced)]
    tables += spaced
    laid = lay_out(page.page_number, float(page.width), float(page.height), words, tables)
    page.close()
    return laid


def _at_margin(line: list[Word], height: float) -> bool:
    return line[0].bottom < 0.07 * height or line[0].top > 0.93 * height


def _within(table: PageTable, word: Word) -> bool:
    return table.top - 1 <= word.top and word.bottom <= table.bottom + 1


def joined_lines(cell: str | None) -> tuple[str, ...]:
    return tuple(line for line in (cell or "").split("\n") if joined(line))


def _say(builder: Builder, pages: list[Page]) -> None:
    """Paragraphs and tables in reading order; a paragraph or a table may run on over a page break."""
    sizes = [line.size for page in pages for line in page.lines for _ in line.text]
    body = max(set(sizes), key=sizes.count) if sizes else 0.0
    open_lines = list[PrintedLine]()
    table, heads = 0, list[list[tuple[str, ...]]]()

    def flush() -> None:
        for kind, lines, level in paragraphs(open_lines, body):
            builder.add(kind, [Line(line.text, Place(page=line.page, line=line.number)) for line in lines], level)
        open_lines.clear()

    last_page_table: PageTable | None = None
    for page in pages:
        for at, block in enumerate(page.blocks()):
            if isinstance(block, PrintedLine):
                open_lines.append(block)
                last_page_table = None
                continue
            flush()
            rows = block.rows
            runs_on = at == 0 and last_page_table is not None and len(last_page_table.rows[0]) == len(rows[0])
            if not runs_on:
                table, heads = table + 1, []
            repeated = bool(heads) and rows[0] == heads[0]
            for number, row in enumerate(rows, start=1):
                if number == 1 and repeated:
                    continue
                if not heads:
                    heads = [row]
                cells = [
                    [Line(text, Place(page=page.number, table=table, row=number, cell=c)) for text in cell]
                    for c, cell in enumerate(row, start=1)
                ]
                builder.add_row(cells, table, head=False, wrapped=True)
            last_page_table = block
    flush()
