"""Drafts from sentences: each passage's names, each sentence tagged, the lexicon's patterns and the rules of money
tried."""

from __future__ import annotations

import re
from collections.abc import Callable

from service.documents.document import Passage, PassageKind
from service.documents.drafting.figures import draft_figures
from service.documents.drafting.giving import draft_giving
from service.documents.drafting.headings import NUMBER, PLAIN, heading_name
from service.documents.drafting.kinds import kinds_of, telling
from service.documents.drafting.mentions import Mention
from service.documents.drafting.relations import draft_relations
from service.documents.drafting.sentences import sentences
from service.documents.drafting.tagging import tagged
from service.documents.drafting.wordlists import words
from service.documents.drafting.writing import Writer
from service.model.name_keys import name_key
from service.model.vocabulary import ORGANISATIONS, Kind

_THINGS = frozenset({Kind.PROGRAMME, Kind.SHARED_SERVICE, Kind.PLACE})
_LONGEST = 1500
"""Characters of a sentence that is read: what runs on for longer is no sentence, and patterns over it take long."""

_RUN_IN = re.compile(
    r"^(?:\d+(?:\.\d+)*[.)]?\s+)?([A-Z][A-Z’'&/, -]{3,60}[A-Z])\.\s|^([A-Z][\w-]+(?: [\w-]+){0,4})\.\s(?=[A-Z])"
)


def draft_prose(writer: Writer, listed: set[int]) -> None:
    """Passages whose number is in `listed` were read as entries of a list: of them only what else they say is
    drafted."""
    topic: Mention | None = None
    for number, passage in enumerate(writer.document.passages):
        if passage.kind is PassageKind.HEADING:
            topic = _topic(writer, passage.text)
        elif passage.kind is not PassageKind.ROW:
            own = _run_in(writer, passage.text)
            _passage(writer, passage, own or topic, number in listed)


def _topic(writer: Writer, text: str) -> Mention | None:
    """What a section is about, where its heading is a name, or an acronym: `GC19/38 CCTV`."""
    name = heading_name(text)
    text = NUMBER.sub("", text)
    if re.fullmatch(r"[A-Z]{2,5}", text):
        return Mention(0, 0, text, text, _THINGS)
    found = [m for m in writer.mentions(text) if m.name and Kind.PROGRAMME in m.kinds | kinds_of(m.name)]
    if not found and name is None:
        return None
    meant = found[0].name if found and found[0].name else name
    meant = writer.glossary.resolve(meant or "") or meant
    if not meant:
        return None
    kinds = kinds_of(meant) if telling(meant) else _THINGS
    return Mention(0, 0, meant, meant, kinds)


def _run_in(writer: Writer, text: str) -> Mention | None:
    """What a passage is about that begins with a heading of its own: `5. BAR DREDGING SCHEME. Mr Loy joined ...`."""
    found = _RUN_IN.match(text)
    if not found:
        return None
    name = (found[1] or found[2]).strip()
    if (found[2] and not _noun_phrase(name)) or name.lower() in PLAIN:
        return None
    full = writer.glossary.full.get(name_key(name))
    if full is None and name.isupper() and re.search(r" (?:OF|THE|AND|FOR|TO|A) ", name):
        return None
    name = name.capitalize() if name.isupper() and " " not in name else name.title() if name.isupper() else name
    name = full or name
    return Mention(0, 0, name, name, kinds_of(name) if telling(name) else _THINGS)


def _noun_phrase(words: str) -> bool:
    """`Data licence`, `Gant Lane depot`, and no sentence: `Members pay a subscription`."""
    parts = words.lower().split()
    return (
        len(parts) < 4
        and not any(part in _VERBS or part.endswith(("ed", "n’t", "n't")) for part in parts)
        and parts[0] not in {"ms", "mr", "mrs", "dr", "cllr"}
    )


_VERBS = words("plain-verbs")


def _passage(writer: Writer, passage: Passage, topic: Mention | None, listed: bool) -> None:
    mentions = writer.mentions(passage.text)
    if re.match(r"(?:Table|Figure|Appendix) \w+[.:]", passage.text):
        return
    last: Mention | None = None
    before: list[Mention] = []
    for start, end in sentences(passage.text):
        if end - start > _LONGEST:
            continue
        said = tagged(passage.text, start, end, mentions, _meaning(writer, topic, last, before))
        draft_relations(writer, passage, said, topic, listed)
        if not listed:
            draft_giving(writer, passage, said, topic)
            draft_figures(writer, passage, said, topic)
        opening = re.match(r"(?:If|When|While|Since|Although|Though) [^,;]+, ", passage.text[start:end])
        begin = start + (opening.end() if opening else 0)
        subject = next((m for m in said.names if m.name is not None and m.start >= begin), None)
        if subject and subject.start - begin < 40:
            last = subject
        before = [m for m in said.names if m.name is not None]


def _meaning(
    writer: Writer, topic: Mention | None, last: Mention | None, before: list[Mention]
) -> Callable[[str, bool], Mention | None]:
    """Whom a pronoun means: `we` the document's body; `it` what the sentence before began with; `the scheme` the
    section's."""

    def meaning(word: str, giving: bool = False) -> Mention | None:
        lower = word.lower()
        if lower in {"we", "us"}:
            home = writer.setting.home
            return Mention(0, 0, home, home, kinds_of(home)) if home and writer.glossary.first_person else None
        if word == "it" and giving:
            return last
        if word in {"it", "this"}:
            things = [m for m in before if m.kinds & _THINGS]
            return things[-1] if things else topic
        if lower == "it":
            return last or topic
        if lower in {"they", "the latter"}:
            return None
        told = last and Kind.PROGRAMME in last.kinds and telling(last.name or "")
        for meant in (last, topic) if told else (topic, last):
            if meant and (meant.kinds & _THINGS or not meant.kinds & ORGANISATIONS):
                return meant
        return None

    return meaning
