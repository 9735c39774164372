"""Small files of every format that is read, made for tests: each given paragraph stands in them at a known place."""

from __future__ import annotations

import html
import io
import textwrap
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def as_text(paragraphs: Sequence[str], width: int = 60) -> bytes:
    """Wrapped lines with a blank line between paragraphs; long words are broken by hyphens where they are too wide."""
    return "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs).encode()


def as_markdown(paragraphs: Sequence[str]) -> bytes:
    return ("# Title of it all\n\n" + "\n\n".join(f"{p[:1]}{p[1:]}" for p in paragraphs)).encode()


def as_html(paragraphs: Sequence[str]) -> bytes:
    body = "\n".join(f"<p>{html.escape(p).replace(' ', '&nbsp;', 1)}</p>" for p in paragraphs)
    return f"<!doctype html><html><head><meta charset=utf-8><title>T</title></head><body><nav>Menu</nav>{body}</body></html>".encode()


def as_docx(paragraphs: Sequence[str], *, document: str | None = None) -> bytes:
    body = "".join(f"<w:p><w:r><w:t xml:space='preserve'>{escape(p)}</w:t></w:r></w:p>" for p in paragraphs)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document or f"<w:document {_W}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def as_pdf(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    """A PDF of one font (Helvetica, 10 points): each page is lines of text, each at its x and y from the page's top left."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        said = [f"BT /F1 10 Tf {x:.1f} {842 - y:.1f} Td ({_escaped(text)}) Tj ET" for x, y, text in lines]
        stream = "\n".join(said).encode("cp1252")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out, starts = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = "".join(f"{at:010} 00000 n \n" for at in starts)
    end = (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n"
    )
    return out + end.encode() + b"startxref\n%d\n%%%%EOF" % len(out)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def printed(
    paragraphs: Sequence[str], *, x: float = 60, chars: int = 80, top: float = 100, head: str = "", pages: int = 1
) -> bytes:
    """Paragraphs set in lines of about `chars` characters, over as many pages as they need, each with a head and a page number."""
    lines = [line for p in paragraphs for line in [*textwrap.wrap(p, chars, break_on_hyphens=False), ""]]
    built, page, y = [], list[tuple[float, float, str]](), top
    for line in lines:
        if y > 740:
            built.append(page)
            page, y = [], top
        if line:
            page.append((x, y, line))
        y += 12 if line else 8
    built.append(page)
    framed = [
        [(60.0, 30.0, head), *page, (480.0, 815.0, f"Page {n} of {len(built)}")]
        for n, page in enumerate(built, start=1)
    ]
    return as_pdf(framed)
