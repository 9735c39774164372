"""What a file is: told by its ending, and checked against its bytes."""

from __future__ import annotations

from pathlib import PurePath

from service.documents.document import Format
from service.documents.reading import limits
from service.errors import DocumentRefused

ENDINGS = {
    ".txt": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".docx": Format.DOCX,
    ".pdf": Format.PDF,
}
_NAMES = {Format.TEXT: "text", Format.MARKDOWN: "text", Format.HTML: "text"}


def format_of(name: str, content: bytes) -> Format:
    """Raises DocumentRefused where the ending is not one that is read, or the bytes are not what it says."""
    ending = PurePath(name).suffix.lower()
    if len(content) > limits.FILE_BYTES:
        raise limits.too_large(name, len(content))
    if not content.strip():
        raise DocumentRefused(f"{name} is empty.")
    if ending not in ENDINGS:
        raise DocumentRefused(
            f"{name} is not a document that can be read: give .txt, .md, .html, .docx or .pdf."
            + (" Open it in Word and save it as .docx." if ending in {".doc", ".rtf", ".odt"} else "")
        )
    wanted, found = ENDINGS[ending], _seen(content)
    if found != _NAMES.get(wanted, wanted.value):
        raise DocumentRefused(
            f"{name} ends in {ending} but its bytes are {_ARTICLES[found]}. Give it its right ending, or save it again."
        )
    return wanted


_ARTICLES = {
    "pdf": "a PDF",
    "docx": "a zip archive (a .docx, .xlsx or the like)",
    "doc": "an old Word file (.doc): open it in Word and save it as .docx",
    "picture": "a picture",
    "binary": "no text",
    "text": "plain text or HTML",
}


def _seen(content: bytes) -> str:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "pdf"
    if start.startswith(b"PK"):
        return "docx"
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return "doc"
    if start.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        return "picture"
    if b"\x00" in content[:65536] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    return "text"


def decoded(name: str, content: bytes) -> str:
    """A text file's characters: UTF-8 (with or without a mark), or UTF-16 where it is marked. Never a guess."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentRefused(
            f"{name} is not UTF-8 at byte {error.start}: it was perhaps saved on Windows in another encoding. "
            "Save it as UTF-8."
        ) from None
