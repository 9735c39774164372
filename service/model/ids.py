"""Ids made from names: lower-case ASCII words joined by hyphens."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from service.model.facts import checksum
from service.model.name_keys import name_key

_MOST = 100
"""Characters of the words; an id in seeds/ may have 120."""


def slug(text: str) -> str:
    """The words of a text, transliterated; a hash of it where there is none."""
    return _words(text) or checksum(text)[:12]


def id_of_name(name: str) -> str:
    """An id for a name. Two names that compare as different (see `name_key`) never have the same.

    Where the plain words say less than the name does, a hash of it stands behind them, whatever other names there are
    and in whatever order.
    """
    key = name_key(name)
    words = _words(key)
    if words == "-".join(key.split()):
        return words
    return "-".join(filter(None, (words, checksum(key)[:6])))


def _words(text: str) -> str:
    plain = anyascii(unicodedata.normalize("NFKC", text)).casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:_MOST].strip("-")
