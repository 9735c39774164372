"""Other ways to write the name of a council: Winchester City, city of Winchester, Winchester CC.

Each leads to a whole official name, so that a council of that name is meant or none: Gosport is no city.
"""

from __future__ import annotations

import re

_ABBREVIATIONS = {
    "bc": ("borough council",),
    "cc": ("city council", "county council"),
    "dc": ("district council",),
    "mbc": ("metropolitan borough council",),
    "mdc": ("metropolitan district council",),
    "cbc": ("county borough council",),
    "bor": ("borough council",),
}
_TIER = r"(?:city|county|borough|district|(?:metropolitan|county) borough)"
_TIER_FIRST = re.compile(rf"(?:council of (?:the )?)?({_TIER}) of (?:the )?(.+)")
_TIER_LAST = re.compile(rf".+ {_TIER}")
_CODE = re.compile(r"[EWSN]\d{8}|[A-Z]{2,3}-[A-Z0-9]+(?:-[\w./-]+)*|[A-Z]{3}(?:-[A-Z])?", re.A)


def council_forms(key: str) -> tuple[str, ...]:
    """The official names that a name may stand for, all in the compared form; none where it is no such form."""
    head, _, last = key.rpartition(" ")
    if head and last in _ABBREVIATIONS:
        return tuple(f"{head} {council}" for council in _ABBREVIATIONS[last])
    if _TIER_LAST.fullmatch(key):
        return (f"{key} council",)
    if found := _TIER_FIRST.fullmatch(key):
        return (f"{found[2]} {found[1]} council",)
    if key.startswith("council of "):
        return (f"{key.removeprefix('council of ').removeprefix('the ')} council",)
    return ()


def is_code(given: str) -> bool:
    """Whether it may be a code: of a boundary (GSS), an organisation (org-id.guide) or the register (WIN)."""
    return _CODE.fullmatch(given) is not None
