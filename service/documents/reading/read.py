"""One file, in its bytes, to a document."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import PurePath

from service.documents.document import Document, Format, Passage, PassageKind
from service.documents.reading import limits
from service.documents.reading.docx import read_docx
from service.documents.reading.formats import decoded, format_of
from service.documents.reading.html import read_html
from service.documents.reading.markdown import read_markdown
from service.documents.reading.origin import Origin, origin_of
from service.documents.reading.pdf import read_pdf
from service.documents.reading.plain import read_plain

READER = "2"
"""Goes up with every change that can change a derived text; texts derived before stay with the version they have."""


def read_bytes(name: str, content: bytes) -> Document:
    """Read a document. Raises DocumentRefused, with a sentence that says what to do, where it cannot be read."""
    form = format_of(name, content)
    titled: str | None = None
    running: tuple[str, ...] = ()
    passages: list[Passage]
    if form in {Format.TEXT, Format.MARKDOWN}:
        text = decoded(name, content)
        passages, marks = read_markdown(text) if form is Format.MARKDOWN else read_plain(text)
    else:
        if form is Format.HTML:
            decoded(name, content) if b"charset" not in content[:2048].lower() else None
            builder, titled = read_html(name, content)
        elif form is Format.DOCX:
            builder, docx = read_docx(name, content)
            titled, running = docx.title, docx.running
        else:
            builder, pdf = read_pdf(name, content)
            titled, running = pdf.title, pdf.running
        text, passages, marks = builder.text, builder.passages, tuple(builder.marks)
    if not any(char.isalnum() for char in text):
        raise limits.no_text(name) if form is Format.PDF else limits.nothing_seen(name)
    if len(text) > limits.CHARACTERS:
        raise limits.too_long(name, len(text))
    passages = _titled(passages)
    origin: Origin = origin_of(passages, titled, running)
    return Document(
        file=PurePath(name).name,
        format=form,
        sha256=hashlib.sha256(content).hexdigest(),
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader=READER,
        passages=tuple(passages),
        marks=marks,
        running=running,
        title=origin.title,
        publisher=origin.publisher,
        date=origin.date,
    )


def _titled(passages: list[Passage]) -> list[Passage]:
    """The first heading, or a short first line that ends no sentence, is the title."""
    if any(p.kind is PassageKind.HEADING and p.level == 1 for p in passages):
        return passages
    for at, found in enumerate(passages[:3]):
        short = (
            len(found.text) < 100
            and not found.text.endswith((".", ":", ";", ","))
            and found.kind is not PassageKind.ROW
        )
        if found.kind is PassageKind.HEADING or (at == 0 and short):
            return [*passages[:at], replace(found, kind=PassageKind.HEADING, level=1), *passages[at + 1 :]]
    return passages
