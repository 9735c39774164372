"""How much a document may ask of the reader, and the refusals, each a sentence that says what to do."""

from __future__ import annotations

from service.errors import DocumentRefused

FILE_BYTES = 50_000_000
UNPACKED_BYTES = 200_000_000
"""Of a .docx, all its parts together: a file of 50 MB does not unpack to more by honest means."""

PAGES = 500
DEPTH = 250
"""Levels of elements within one another (libxml2's own limit is 256)."""

CHARACTERS = 5_000_000
SECONDS = 240
MEMORY_BYTES = 2_000_000_000


def too_large(name: str, size: int) -> DocumentRefused:
    return DocumentRefused(
        f"{name} has {size / 1e6:,.0f} MB; the most that is read is {FILE_BYTES / 1e6:,.0f} MB. "
        "Save it with smaller pictures, or split it."
    )


def too_deep(name: str) -> DocumentRefused:
    return DocumentRefused(
        f"{name} has elements nested more than {DEPTH} levels deep, which no honest document has. "
        "Save it again from the program that shows it, or paste its text into a .txt file."
    )


def no_text(name: str) -> DocumentRefused:
    return DocumentRefused(
        f"{name} has no text in it: its pages are pictures, as a scanner makes them. "
        "Run it through text recognition (OCR) first, read the result, and give that."
    )


def nothing_seen(name: str) -> DocumentRefused:
    return DocumentRefused(
        f"{name} has no text that a reader would see: it is empty, or all of it is menus, pictures or hidden parts."
    )


def too_long(name: str, length: int) -> DocumentRefused:
    return DocumentRefused(
        f"{name} has {length:,} characters of text; the most that is read is {CHARACTERS:,}. Split it into parts."
    )
