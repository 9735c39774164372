"""What a name is, before any database is asked: by the names that are known, or by the word that it turns on."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path

from service.ask.lexicon import lexicon, read_lexicon
from service.ask.tokens import Token, tokens
from service.identity.elsewhere import ELSEWHERE_FILE
from service.model.facts import Entity
from service.model.vocabulary import Kind


class NameKind(StrEnum):
    BODY = "body"
    PARTNERSHIP = "partnership"
    PROGRAMME = "programme"
    EVENT = "event"
    BUILDING = "building"
    AREA = "area"
    SERVICE = "service"
    SOURCE = "source"
    CODE = "code"
    TOPIC = "topic"
    UNKNOWN = "unknown"


_OF_KINDS = {
    Kind.AUTHORITY: NameKind.BODY,
    Kind.AGENCY: NameKind.BODY,
    Kind.PARTNERSHIP: NameKind.PARTNERSHIP,
    Kind.GROUP: NameKind.PARTNERSHIP,
    Kind.PROGRAMME: NameKind.PROGRAMME,
    Kind.SHARED_SERVICE: NameKind.SERVICE,
    Kind.PLACE: NameKind.BUILDING,
    Kind.EVENT: NameKind.EVENT,
    Kind.OUTCOME: NameKind.TOPIC,
    Kind.SOURCE: NameKind.SOURCE,
}


class KnownNames:
    """Names that are known, and what each is; of names that are not, what their words say."""

    def __init__(self, names: Iterable[tuple[str, NameKind]]) -> None:
        self._kinds: dict[tuple[str, ...], NameKind] = {}
        for name, kind in names:
            key = tuple(token.key for token in tokens(name))
            if key[:1] == ("the",):
                key = key[1:]
            if key and len("".join(key)) > 2:
                self._kinds.setdefault(key, kind)
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for key in self._kinds:
            self._by_first.setdefault(key[0], []).append(key)
        for keys in self._by_first.values():
            keys.sort(key=lambda key: (-len(key), key))

    def marks(self, words: Sequence[Token]) -> list[str]:
        """For each word `B` where a known name begins, `I` inside one, else an empty string; the longest name wins."""
        marks, at = [""] * len(words), 0
        while at < len(words):
            name = next((key for key in self._by_first.get(words[at].key, ()) if _stands(key, words, at)), None)
            if name:
                marks[at : at + len(name)] = ["B", *["I"] * (len(name) - 1)]
            at += len(name) if name else 1
        return marks

    def kind(self, words: Sequence[Token]) -> NameKind:
        """What the name that these words are is."""
        keys = tuple(word.key for word in words)
        if keys in self._kinds:
            return self._kinds[keys]
        if lexicon().is_topic([word.stem for word in words]):
            return NameKind.TOPIC
        by_head = next((_heads()[key] for key in reversed(keys) if key in _heads()), None)
        if by_head:
            return by_head
        code = len(keys) == 1 and words[0].text.isalnum() and words[0].text.upper() == words[0].text
        return NameKind.CODE if code else NameKind.UNKNOWN


def _stands(key: tuple[str, ...], words: Sequence[Token], at: int) -> bool:
    return len(key) <= len(words) - at and all(word == words[at + i].key for i, word in enumerate(key))


@cache
def _heads() -> Mapping[str, NameKind]:
    kinds = read_lexicon(Path(__file__).with_name("name_heads.txt"))
    return {word: NameKind(kind) for kind, words in kinds.items() for word in words}


def head(key: str) -> str:
    """The kind of names that turn on this lower-case word, or an empty string."""
    return str(_heads().get(key, ""))


def entity_names(entities: Iterable[Entity]) -> list[tuple[str, NameKind]]:
    """Every name of every entity, and what it is."""
    return [(name, _OF_KINDS[entity.kind]) for entity in entities for name in (entity.name, *entity.aliases)]


@cache
def register_names() -> tuple[tuple[str, NameKind], ...]:
    """The official and the short names of the authorities in the register of the whole country."""
    with ELSEWHERE_FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        (name, NameKind.BODY) for row in rows for name in (row["official-name"], row["nice-name"]) if name.strip()
    )
