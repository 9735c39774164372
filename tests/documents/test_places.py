"""Every quote is in the document's text, and stands in the original at the place that the map says."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from service.documents.document import Document, Format, joined
from service.documents.reading.read import read_bytes
from tests.documents.making import as_docx, as_html, as_markdown, as_pdf, as_text, printed

WORDS = [
    "council",
    "board",
    "partners",
    "grant",
    "of",
    "the",
    "and",
    "for",
    "services",
    "health",
    "trust",
    "shared",
    "was",
    "agreed",
    "with",
    "£5,000",
    "Marlshire’s",
    "review",
    "minutes",
    "plan",
]
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=8, max_size=60).map(lambda words: "We " + " ".join(words) + ".")
PARAGRAPHS = st.lists(SENTENCE, min_size=1, max_size=6, unique=True)
SMALL = settings(max_examples=25, deadline=None, derandomize=True)


def stands_there(document: Document, content: bytes, start: int, end: int) -> bool:
    """Whether the original has the words of `text[start:end]` at every place that the map gives for them."""
    places = document.places(start, end)
    quote = joined(document.text[start:end])
    first = quote.split()[0]
    if document.format in {Format.TEXT, Format.MARKDOWN}:
        lines = content.decode().splitlines()
        return (
            quote in joined("\n".join(lines[places[0].line - 1 : places[-1].line]))
            and first in lines[places[0].line - 1]
        )
    if document.format is Format.HTML:
        lines = content.decode().splitlines()
        return first.split("&")[0] in re.sub(r"&nbsp;", " ", lines[places[0].line - 1])
    if document.format is Format.DOCX:
        ns = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            body = etree.fromstring(archive.read("word/document.xml"))
        paragraphs = ["".join(t.text or "" for t in p.iter(f"{ns}t")) for p in body.iter(f"{ns}p")]
        return quote in joined(paragraphs[places[0].paragraph - 1])
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        words = " ".join(joined(pdf.pages[page - 1].extract_text()) for page in sorted({p.page for p in places}))
        return all(word in words for word in quote.split())


def check(name: str, content: bytes, paragraphs: list[str], data: st.DataObject) -> None:
    document = read_bytes(name, content)
    found = [p.text for p in document.passages]
    for paragraph in paragraphs:
        assert joined(paragraph) in found
    passage = document.passages[found.index(joined(data.draw(st.sampled_from(paragraphs))))]
    words = [m.span() for m in re.finditer(r"\S+", passage.text)]
    a = data.draw(st.integers(0, len(words) - 1))
    b = data.draw(st.integers(a, len(words) - 1))
    start, end = passage.span(words[a][0], words[b][1])
    assert joined(document.text[start:end]) == passage.text[words[a][0] : words[b][1]]
    assert stands_there(document, content, start, end)


@SMALL
@given(PARAGRAPHS, st.integers(40, 100), st.data())
def test_plain_text_wrapped(paragraphs: list[str], width: int, data: st.DataObject) -> None:
    check("a.txt", as_text(["Minutes of it", *paragraphs], width), paragraphs, data)


@SMALL
@given(PARAGRAPHS, st.data())
def test_markdown(paragraphs: list[str], data: st.DataObject) -> None:
    check("a.md", as_markdown(paragraphs), paragraphs, data)


@SMALL
@given(PARAGRAPHS, st.data())
def test_html_with_no_break_spaces(paragraphs: list[str], data: st.DataObject) -> None:
    check("a.html", as_html(paragraphs), paragraphs, data)


@SMALL
@given(PARAGRAPHS, st.data())
def test_docx(paragraphs: list[str], data: st.DataObject) -> None:
    check("a.docx", as_docx(paragraphs), paragraphs, data)


@SMALL
@given(st.lists(SENTENCE, min_size=3, max_size=14, unique=True), st.data())
def test_pdf_with_running_heads_and_page_numbers(paragraphs: list[str], data: st.DataObject) -> None:
    content = printed(paragraphs * 3, head="Marlshire Board: minutes")
    document = read_bytes("a.pdf", content)
    assert "Page 1" not in document.text
    assert document.running
    check("a.pdf", content, paragraphs, data)


def test_two_columns_are_read_one_after_the_other() -> None:
    left = textwrap.wrap(
        "The left column says that the council runs the service for the three districts round it. " * 4, 38
    )
    right = textwrap.wrap(
        "The right column tells of money: the board paid for the work and will go on doing so. " * 4, 38
    )
    lines = [(60.0, 100 + 12 * n, line) for n, line in enumerate(left)]
    lines += [(320.0, 100 + 12 * n, line) for n, line in enumerate(right)]
    document = read_bytes("a.pdf", as_pdf([lines]))
    assert [p.text for p in document.passages] == [" ".join(left), " ".join(right)]


def test_a_hyphen_at_the_end_of_a_line_belongs_to_the_word_where_the_document_writes_it_so() -> None:
    lines = ["The partner-", "ship is well-", "known; a well-known part-", "nership it is not."]
    document = read_bytes("a.pdf", as_pdf([[(60.0, 100 + 12 * n, line) for n, line in enumerate(lines)]]))
    assert document.text == "The partnership is well-known; a well-known partnership it is not."


def test_a_sentence_over_a_page_break_is_one_and_has_two_places() -> None:
    content = printed(
        ["The board agreed to fund it with the trust and the council " * 30 + "in the end."] * 3, head="Head"
    )
    document = read_bytes("a.pdf", content)
    assert len(document.passages) == 3
    broken = next(p for p in document.passages if len({x.page for x in document.places(*p.span(0, len(p.text)))}) == 2)
    assert "Head" not in broken.text


def test_a_table_in_markdown_is_rows_of_cells_and_its_quote_is_of_the_file() -> None:
    text = "| Who | Sum |\n|---|---|\n| **The Trust** | £5 |\n"
    document = read_bytes("a.md", text.encode())
    head, row = document.passages
    assert head.head
    assert [cell.text for cell in row.cells] == ["The Trust", "£5"]
    start, end = row.span(0, len(row.text))
    assert text[start:end] in text
    assert document.place(start).line == 3


def test_columns_of_plain_text_are_cells() -> None:
    text = "BODY              PERSON       HERE\n-----------------------------------\nHoar Trust        Mr A. Lee    Yes\nThe Other Company Ms B. Cox    No\n"
    rows = read_bytes("a.txt", text.encode()).passages
    assert rows[0].head
    assert [[c.text for c in row.cells] for row in rows[1:]] == [
        ["Hoar Trust", "Mr A. Lee", "Yes"],
        ["The Other Company", "Ms B. Cox", "No"],
    ]


@pytest.mark.parametrize("word", ["ins", "hyperlink", "sdt"])
def test_what_is_seen_of_a_docx_is_read_and_what_was_deleted_is_not(word: str) -> None:
    run = "<w:r><w:t>kept</w:t></w:r>"
    inner = {
        "ins": f"<w:ins>{run}</w:ins>",
        "hyperlink": f"<w:hyperlink>{run}</w:hyperlink>",
        "sdt": f"<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>",
    }
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    document = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>{gone}{inner[word]}</w:p></w:body></w:document>'
    assert read_bytes("a.docx", as_docx([], document=document)).text == "kept"


def test_nothing_of_menus_scripts_or_hidden_elements_is_read() -> None:
    page = (
        "<html><head><script>var a='Home Office funds it'</script></head><body><nav>Menu</nav><header>Top</header>"
        "<main><p>Seen <!-- not this --> here</p><p hidden>Hidden</p><div style='display: none'>Gone</div><script>x</script></main>"
        "<footer>Site by Someone Ltd</footer></body></html>"
    )
    assert read_bytes("a.html", page.encode()).text == "Seen here"


def test_a_table_without_ruled_cells_is_rows_of_cells() -> None:
    lines = [(60.0, 80.0, "The grants that were made in the year are these, and there were no others at all:")]
    table = [
        ("Organisation", "Purpose", "Awarded"),
        ("Vale Scouts", "Two tents", "£500"),
        ("Vale Heritage Trust", "Roof survey", "£2,500"),
    ]
    for n, row in enumerate(table):
        lines += [(x, 110 + 14 * n, cell) for x, cell in zip((60.0, 220.0, 400.0), row, strict=True)]
    lines.append((220.0, 150.0, "of the Corn Hall"))
    lines.append((60.0, 180.0, "Nothing else was asked for, and the meeting went on to speak of other matters."))
    passages = read_bytes("a.pdf", as_pdf([lines])).passages
    assert [p.kind.value for p in passages] == ["paragraph", "row", "row", "row", "paragraph"]
    assert passages[3].text == "Vale Heritage Trust | Roof survey of the Corn Hall | £2,500"
