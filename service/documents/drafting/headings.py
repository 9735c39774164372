"""Headings that are names: what a section, or a minute, is about."""

from __future__ import annotations

import re

from service.documents.drafting.wordlists import words

NUMBER = re.compile(r"^(?:[A-Z]{0,4}\d+[\d./]*[A-Za-z]?|[A-Z])[.):]?\s+")
PLAIN = words("plain-headings")
_SMALL = {"of", "and", "the", "for", "in", "to", "on"}


def heading_name(text: str) -> str | None:
    """The name that a heading is, `24/44 Orrin Station Gateway`; None where it is a phrase."""
    name = NUMBER.sub("", text).strip().rstrip(".")
    parts = name.split()
    if not 2 <= len(parts) <= 7 or name.endswith("?"):
        return None
    if parts[0].lower() in PLAIN or parts[-1].lower() in PLAIN:
        return None
    big = [part for part in parts if part[0].isupper() or part[0].isdigit()]
    return name if len(big) >= max(2, sum(part.lower() not in _SMALL for part in parts)) else None
