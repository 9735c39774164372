"""What strictness costs: of honest misspellings of known names, how many have the right one as first suggestion."""

from __future__ import annotations

import random

from service.answers.ask import Questions
from service.errors import EntityNotFound
from service.graph.store import Store
from service.model.facts import Seeds
from service.model.name_keys import name_key

_BESIDE = {"a": "sq", "e": "wr", "i": "uo", "o": "ip", "n": "bm", "t": "ry", "r": "et", "s": "ad", "h": "gj", "l": "k"}
"""Keys that lie beside each other."""

_BY_EAR = (("ie", "ei"), ("ee", "ea"), ("c", "s"), ("ll", "l"), ("tt", "t"), ("ph", "f"), ("ou", "o"))


def misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    match chance.choice(("dropped", "swapped", "doubled", "beside", "by ear")):
        case "swapped":
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case "doubled":
            return word[:at] + word[at] + word[at:]
        case "beside":
            return word[:at] + chance.choice(_BESIDE.get(word[at].lower(), "e")) + word[at + 1 :]
        case "by ear":
            for written, heard in _BY_EAR:
                if written in word[1:]:
                    return word[0] + word[1:].replace(written, heard, 1)
    return word[:at] + word[at + 1 :]


async def test_the_first_suggestion_of_a_misspelling_is_the_one_meant(
    questions: Questions, store: Store, seeds: Seeds
) -> None:
    """Words of more than five letters, one slip each; no rule was made on these."""
    bearers: dict[str, set[str]] = {}
    for entity in seeds.entities:
        for name in (entity.name, *entity.aliases):
            bearers.setdefault(name_key(name), set()).add(entity.id)
    names = sorted(
        (name, entity.id)
        for entity in seeds.entities
        for name in (entity.name, *entity.aliases)
        if len(bearers[name_key(name)]) == 1 and any(len(word) > 5 and word.isalpha() for word in name.split())
    )
    chance, revision, tried, right = random.Random(2026), await store.revision(), 0, 0
    while tried < 500:
        name, meant = chance.choice(names)
        words = name.split()
        at = chance.choice([i for i, word in enumerate(words) if len(word) > 5 and word.isalpha()])
        words[at] = misspelt(words[at], chance)
        given = " ".join(words)
        if name_key(given) in bearers:
            continue
        tried += 1
        try:
            found = await questions.names.resolve(given, revision)
        except EntityNotFound as error:
            right += [each["id"] for each in error.extra["nearest"]][:1] == [meant]
        else:
            raise AssertionError(f"{given!r} is answered for {found.name}")
    assert right >= 0.97 * tried
