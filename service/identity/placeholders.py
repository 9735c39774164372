"""What people and spreadsheets write where there is no name."""

from __future__ import annotations

_PLACEHOLDERS = frozenset(
    {
        *("n/a", "na", "n.a", "n.a.", "#n/a", "n/k", "nk", "none", "nil", "null", "nan", "nothing"),
        *("tbc", "tba", "tbd", "t.b.c", "t.b.c.", "to be confirmed", "to be announced", "to be decided"),
        *("to be determined", "to follow", "unknown", "not known", "not applicable", "not available", "not stated"),
        *("not specified", "not given", "not provided", "unspecified", "undefined", "unnamed", "no name", "missing"),
        *("true", "false", "yes", "no", "0"),
        *("#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!", "#spill!", "#calc!", "#error!", "#blocked!"),
        *("#getting_data", "#field!", "#unknown!", "#connect!"),
    }
)


def is_placeholder(name: str) -> bool:
    """Whether a name is none: who bears it has nothing in common with others who do."""
    plain = " ".join(name.split()).casefold().strip(" ()[]<>\"'")
    return plain in _PLACEHOLDERS or plain.rstrip("?.!:") in _PLACEHOLDERS or not any(c.isalnum() for c in plain)
