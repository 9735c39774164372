"""Runs of capitalised words that may be proper names, and where an `and` parts two of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from service.documents.drafting.kinds import HEADS
from service.documents.drafting.wordlists import words

_TOKEN = re.compile(r"[^\W_][\w’'.-]*[\w’']|[^\W_]|&")
_JOIN = {"of", "for", "and", "&", "the", "in", "on", "with", "upon", "de", "le", "by", "under", "to", "from"}
_INNER = {"of", "for", "and", "&", "upon", "with", "in", "on", "to", "from"}
_NEVER = words("never-names")
_DEPARTMENT = re.compile(r"^(?:the )?(?:Department|Ministry|Office|Secretary of State) (?:for|of)\b")
_DEPARTMENT_TAIL = re.compile(r"(?:, [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)+,? and [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?")
_HEAD = re.compile(rf"(?:{HEADS})$")
_PARISH = re.compile(r"(?:[A-Z][\w’'-]+ ){1,3}(?:Parish|Town|Community) Council\b")
_FOR = re.compile(
    r"\b(?:Partnership|Office|Department|Ministry|Foundation|Institute|Centre|Fund|Commission|Association|Forum|"
    r"Alliance|Campaign|"
    r"Concordat|Charter|Compact|Network|Society|Strategy|Plan|Programme|Compact|Chamber)$"
)
"""Names that may go on with `for`: Office for National Statistics, and not Environment Agency for the Flood Scheme."""

_ROLE_OF = re.compile(
    r"(?:Supporters?|Members?|Founders?|Lease|Owners?|Partners?|Sponsors?|Hosts?|Trustees?|Chair|Head|Leader|"
    r"Directors?|Clerk|Secretary) of "
    r"(?:the )?(?=[A-Z])"
)
_BODY = re.compile(r"(?:[A-Z][\w’'-]+ ){1,4}(?:Council|Trust|Police|Board|Authority|Partnership|Association)\b")
_OPENS = re.compile(
    r"^(?:the )?(?:University|Borough|City|Royal Borough|Council|Diocese|Isle|Corporation) of [A-Z][\w’'-]+$"
)


@dataclass(frozen=True, slots=True)
class Run:
    start: int
    end: int
    text: str


def complete(name: str) -> bool:
    """Whether a name can end here: after `Council`, `Trust`, `plc`, or as `University of X`."""
    return bool(_HEAD.search(name) or _OPENS.match(name))


def runs_in(text: str, known: Callable[[str], bool]) -> Iterator[Run]:
    """Each proper name, `and` parted where both sides are names. `known` says which short names the document uses."""
    tokens = list(_TOKEN.finditer(text))
    at = 0
    while at < len(tokens):
        if not _capital(tokens[at].group(), text, tokens[at].start()):
            at += 1
            continue
        last = _extended(text, tokens, at)
        start, end = tokens[at].start(), tokens[last].end()
        end = _department(text, start, end)
        while last + 1 < len(tokens) and tokens[last + 1].start() < end:
            last += 1
        yield from _parted(text, start, end, known)
        at = last + 1


def _capital(token: str, text: str, at: int) -> bool:
    word = token.rstrip(".'’")
    if word.lower().removesuffix("’s").removesuffix("'s") in _NEVER:
        # `May` the month and `The` never; but FOUR-letter acronyms and `In` within capitals are words of headings.
        return False
    return word[:1].isupper() or bool(
        re.match(r"\d+[A-Za-z]", word) and at and text[at - 1] == " " and _after_capital(text, at)
    )


def _after_capital(text: str, at: int) -> bool:
    found = re.search(r"(\S+)\s$", text[max(0, at - 40) : at])
    return bool(found and found[1][:1].isupper())


def _extended(text: str, tokens: list[re.Match[str]], at: int) -> int:
    last = at
    while last + 1 < len(tokens):
        between = text[tokens[last].end() : tokens[last + 1].start()]
        if between not in {" ", "\u00a0"} or (
            tokens[last].group().endswith((".", "’s", "'s")) and not _possessive(text, tokens, last)
        ):
            break
        following = tokens[last + 1].group()
        if _capital(following, text, tokens[last + 1].start()) or following in {"plc", "4x4"}:
            last += 1
            continue
        ahead = last + 1
        while ahead < len(tokens) and tokens[ahead].group() in _INNER | {"the"} and ahead - last < 3:
            if text[tokens[ahead].end() : tokens[ahead].end() + 1] != " ":
                break
            ahead += 1
        words = [token.group() for token in tokens[last + 1 : ahead]]
        if not words or ahead >= len(tokens) or not _capital(tokens[ahead].group(), text, tokens[ahead].start()):
            break
        if not _joins(words, text[tokens[at].start() : tokens[last].end()], text[tokens[ahead].start() :]):
            break
        last = ahead
    return last


def _possessive(text: str, tokens: list[re.Match[str]], last: int) -> bool:
    """`Fishermen’s Association` and `Children’s Trust` are one name; `Council’s Cabinet` and `Authority’s` are not."""
    return (
        bool(
            re.match(
                r"(?:Children|Men|Women|Fishermen|People|Residents|Users|Victuallers|Farmers|Citizens|Tenants|"
                r"Users)[’']s?$",
                tokens[last].group(),
            )
        )
        or tokens[last].group().endswith("s’")
        or (last > 0 and tokens[last - 1].group() in {"St", "St."})
    )


def _joins(words: list[str], before: str, rest: str) -> bool:
    """Whether connecting words belong to one name: `of` and `for` do, `in`, `on`, `to` and `with` only before a
    head."""
    if words == ["and"] or words == ["&"]:
        return True
    if words[0] in {"of", "for"} and len(words) <= 2:
        if complete(before) and (_BODY.match(rest) or (words[0] == "for" and not _FOR.search(before))):
            return False
        return not re.search(r"\b(?:Council|Trust|Ltd|plc|Police|Constabulary)$", before)
    if words in (["upon"], ["with"], ["in", "the"], ["on", "the"]):
        return words == ["upon"] or (not complete(before) and bool(_PARISH.match(rest)))
    return words == ["in"] and bool(re.search(r"\b(?:Rovers|Partnership|Progress)$", before))


def _department(text: str, start: int, end: int) -> int:
    """`Department for Levelling Up, Housing and Communities`: the commas are part of the name."""
    if not _DEPARTMENT.match(text[start:end]):
        return end
    found = _DEPARTMENT_TAIL.match(text, end)
    if found and not any(_other(part.strip()) for part in re.split(r", | and ", found.group()) if part.strip()):
        return found.end()
    return end


def _other(part: str) -> bool:
    return complete(part) and not part.endswith(("Government", "Housing"))


def _parted(text: str, start: int, end: int, known: Callable[[str], bool]) -> Iterator[Run]:
    role = _ROLE_OF.match(text, start, end)
    start = role.end() if role else start
    name = text[start:end].rstrip(".,")
    if known(name):
        yield Run(start, start + len(name), name)
        return
    for found in re.finditer(r" (?:and|&) (the )?", name):
        left, right = name[: found.start()], name[found.end() :]
        if _parts(name, left, right, bool(found[1]), known):
            yield from _parted(text, start, start + len(left), known)
            yield from _parted(text, start + found.end(), end, known)
            return
    trimmed = re.sub(r"(?:[’']s)$", "", name)
    yield Run(start, start + len(trimmed), trimmed)


def _parts(name: str, left: str, right: str, article: bool, known: Callable[[str], bool]) -> bool:
    if article:
        return True
    if re.search(r"\b(?:Police|Fire|Health)$", left) and re.match(r"(?:Crime|Rescue|Wellbeing|Social)\b", right):
        return False
    if _DEPARTMENT.match(left):
        following = re.split(r" (?:and|&) ", right)[0]
        return " and " in left or _other(following) or known(following)
    if complete(left) or (known(left) and (known(right) or right.endswith("Council") or not complete(name))):
        return not re.match(r"(?:Services?|Partnership|Association|Trust|Society)\b", right) or known(left)
    return not complete(name) and not re.search(r"\b(?:Community|Safety)\b", name)
