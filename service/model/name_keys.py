"""How names are compared."""

from __future__ import annotations

import unicodedata


def name_key(name: str) -> str:
    """A name as it is compared: case, accents' form, punctuation, a leading article and 'councils' do not matter."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ").replace("’", "'").replace("'s", "s")
    words = "".join(char if _belongs(char) else " " for char in text).split()
    words = ["council" if word == "councils" else word for word in words]
    if len(words) > 1 and words[0] in {"the", "a", "an"}:
        words = words[1:]
    return " ".join(words)


def _belongs(char: str) -> bool:
    """Whether a character is part of a word: letters and digits, the vowel signs of many scripts, and a plus."""
    return char.isalnum() or char == "+" or unicodedata.category(char).startswith("M")
