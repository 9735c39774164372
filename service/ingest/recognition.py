"""What a name in somebody's table means: something that the graph holds, by a code or a name, or something new."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from service.identity.bodies import KnownEntity
from service.ingest.importer import Match
from service.model.facts import Entity, checksum
from service.model.ids import id_of_name
from service.model.name_keys import name_key
from service.model.vocabulary import ORGANISATIONS, Kind

_GSS = re.compile(r"[EWSNK]\d{8}", re.I)
_ORG_ID = re.compile(r"[A-Z]{2}-[A-Z0-9]+-[A-Z0-9][\w./-]*|XI-[A-Z]+-\S+", re.I)
_AUTHORITY = re.compile(r"GB-LA[A-Z]-(.+)", re.I)


class Names:
    """Takes the names and codes of a table, and tells what each is. One that fits several is a ValueError."""

    def __init__(self, known: Iterable[KnownEntity]) -> None:
        self._by_id: dict[str, KnownEntity] = {}
        self._by_key: dict[str, list[KnownEntity]] = defaultdict(list)
        self._by_code: dict[str, list[KnownEntity]] = defaultdict(list)
        self._made: dict[str, tuple[Kind, str]] = {}
        """Of each id that is new, the kind and the compared name that bear it."""

        self.new: dict[tuple[Kind, str], Entity] = {}
        self.matched: dict[str, Match] = {}
        self.unmatched_codes: dict[str, str] = {}
        """What looks like a code and is none that the graph holds, and the id that it has now."""

        for entity in known:
            self._by_id[entity.id] = entity
            for key in {name_key(entity.name), *entity.keys}:
                self._by_key[key].append(entity)
            for code in filter(None, (entity.org_id, entity.gss_code)):
                self._by_code[code.casefold()].append(entity)
            if entity.code and entity.kind in ORGANISATIONS:
                self._by_code[f"authority {entity.code}".casefold()].append(entity)

    def find(self, name: str, kind: Kind, fitting: Collection[Kind]) -> str:
        """The id of what a name, a code or an id means among these kinds; of a new entity of `kind` where nothing
        bears it. Raises ValueError, with a sentence, where it fits several."""
        if name in self._by_id and self._by_id[name].kind in fitting:
            return name
        for how, found in (("name", self._by_key[name_key(name)]), ("code", self._coded(name))):
            fits = [entity for entity in found if entity.kind in fitting]
            living = [entity for entity in fits if entity.ended is None] or fits
            if len(living) > 1:
                ids = ", ".join(entity.id for entity in living[:5])
                raise ValueError(f"{name!r} fits {len(living)}: {ids}; write the id that is meant")
            if living:
                self.matched[name] = Match(name, living[0].id, how)
                return living[0].id
        return self._new(name, kind)

    def _coded(self, name: str) -> list[KnownEntity]:
        authority = _AUTHORITY.fullmatch(name)
        return self._by_code.get(name.casefold()) or (
            self._by_code.get(f"authority {authority[1]}".casefold(), []) if authority else []
        )

    def _new(self, name: str, kind: Kind) -> str:
        key = name_key(name)
        if (kind, key) not in self.new:
            id_ = self._free(id_of_name(name), kind, key)
            self._made[id_] = (kind, key)
            org_id = name if _ORG_ID.fullmatch(name) and kind in ORGANISATIONS else None
            if org_id or _GSS.fullmatch(name):
                self.unmatched_codes[name] = id_
            self.new[kind, key] = Entity(id_, kind, name, properties=(("org_id", org_id),) if org_id else ())
        return self.new[kind, key].id

    def _free(self, plain: str, kind: Kind, key: str) -> str:
        """The plain id, or one with the kind behind it where something else bears that."""
        for id_ in (plain, f"{plain}-{kind.value.casefold()}"):
            if id_ not in self._by_id and self._made.get(id_, (kind, key)) == (kind, key):
                return id_
        return f"{plain}-{checksum([kind, key])[:6]}"
