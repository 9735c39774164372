"""What cannot be read is refused in words, and nothing of a hostile file reaches the process that asked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from service.documents.reading import limits
from service.documents.reading.read import read_bytes
from service.documents.reading.worker import read_document
from service.errors import DocumentRefused
from tests.documents.making import as_docx, as_pdf, printed

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        read_bytes(name, content)
    return refused.value.detail


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_scan_without_text() -> None:
    assert "text recognition" in refusal("a.pdf", as_pdf([[]]))


def test_more_pages_than_the_limit() -> None:
    content = as_pdf([[(60.0, 100.0, "One line")]] * (limits.PAGES + 1))
    assert "501 pages" in refusal("a.pdf", content)


def test_a_damaged_pdf() -> None:
    assert "damaged PDF" in refusal("a.pdf", b"%PDF-1.4\nnothing of it is one")


def test_an_encrypted_pdf() -> None:
    content = printed(["Some text that nobody may read."])
    locked = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (" + b"x" * 32 + b") /U (" + b"y" * 32 + b") /P -4 >> "
    ident = b"/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] "
    assert "encrypted" in refusal("a.pdf", content.replace(b"trailer << ", b"trailer << " + locked + ident))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"Just some text", "its bytes are plain text"),
        ("a.txt", b"%PDF-1.4 and so on", "its bytes are a PDF"),
        ("a.docx", b"\xd0\xcf\x11\xe0 old word", "old Word file"),
        ("a.docx", zipped({"xl/workbook.xml": b"<x/>"}), "no Word document"),
        ("a.txt", b"caf\xe9 society", "not UTF-8 at byte 3"),
        ("a.html", b"<p>caf\xe9</p>", "not UTF-8 at byte 6"),
        ("a.md", b"one\x00two", "its bytes are no text"),
        ("a.html", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.doc", b"text", "save it as .docx"),
        ("a.xyz", b"text", "give .txt, .md, .html, .docx or .pdf"),
        ("a.txt", b"  \n ", "is empty"),
        ("a.html", b"<html><body><nav>Menu</nav></body></html>", "no text that a reader would see"),
    ],
)
def test_wrong_bytes_for_the_ending(name: str, content: bytes, words: str) -> None:
    assert words in refusal(name, content)


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "UNPACKED_BYTES", 1_000_000)
    bomb = zipped({"word/document.xml": b"<w>" + b" " * 5_000_000 + b"</w>"})
    assert len(bomb) < 10_000
    assert "zip bomb" in refusal("a.docx", bomb)


def test_an_encrypted_docx() -> None:
    content = bytearray(as_docx(["text"]))
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    assert "encrypted" in refusal("a.docx", bytes(content))


def test_three_thousand_levels() -> None:
    assert "levels deep" in refusal("a.html", b"<div>" * 3000 + b"x" + b"</div>" * 3000)
    deep = "<w:tbl><w:tr><w:tc>" * 1000 + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 1000
    document = f"<w:document {_W}><w:body>{deep}</w:body></w:document>"
    assert "levels deep" in refusal("a.docx", as_docx([], document=document))


def test_no_entity_is_resolved() -> None:
    entity = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    document = f"{entity}<w:document {_W}><w:body><w:p><w:r><w:t>a&e;b</w:t></w:r></w:p></w:body></w:document>"
    assert "root:" not in read_bytes("a.docx", as_docx([], document=document)).text


def test_a_file_larger_than_the_limit_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("x" * 2000)
    monkeypatch.setattr(limits, "FILE_BYTES", 1000)
    with pytest.raises(DocumentRefused, match="the most that is read"):
        read_document(path)


def test_a_document_is_read_in_a_worker_once(tmp_path: Path) -> None:
    path, kept = tmp_path / "a.txt", tmp_path / "kept"
    path.write_text("The Board of the Trust\n\nOne sentence of it.\n")
    first = read_document(path, kept)
    (entry,) = kept.iterdir()
    entry.write_bytes(entry.read_bytes().replace(b"One sentence", b"Two sentence"))
    assert read_document(path, kept).text.startswith("The Board")
    assert "Two sentence" in read_document(path, kept).text, "read from what was kept"
    entry.write_bytes(b"{ damaged")
    assert read_document(path, kept) == first
    assert read_bytes("a.txt", path.read_bytes()) == first


def test_a_worker_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("A line of text that is read in no time\n")
    with pytest.raises(DocumentRefused, match="took longer"):
        read_document(path, seconds=0.001)


def test_a_refusal_in_the_worker_is_the_callers(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(as_pdf([[]]))
    with pytest.raises(DocumentRefused, match="text recognition"):
        read_document(path, tmp_path / "kept")
