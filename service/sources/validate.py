"""Proves what the entries claim: every quote, name, relation, kind, amount and date. All that is wrong, at once."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path as FilePath

from service.errors import (
    BadValue,
    DuplicateEntity,
    QuoteNotFound,
    SeedError,
    SeedErrors,
    UnknownEntity,
    UnknownRelation,
)
from service.model.facts import Entity, Fact, Place, Seeds, fact_id, source_entity
from service.model.name_keys import name_key
from service.model.vocabulary import RELATIONS, Basis, Kind
from service.sources.entries import EntityEntry, FactEntry, check_measure, check_named, nearest
from service.sources.parse import Entries, Registered, Said, read_entries
from service.sources.registers import lifetime_problems, placements, successions, within_lifetimes


def read_seeds(folder: FilePath) -> Seeds:
    """Read and verify a folder of seeds.

    Raises SeedErrors with every error in it. An empty folder gives the error that entities.yaml cannot be read.
    """
    entries = read_entries(folder)
    errors = entries.errors
    entities = _entities(entries, errors)
    facts = [fact for said in entries.said if (fact := _fact(said, entities, errors))]
    facts += [fact for placed in entries.placed for fact in placements(placed, entities, errors)]
    facts += [fact for row in entries.register for fact in successions(row, entities, errors)]
    facts = _identified(facts, entries, errors)
    if errors:
        raise SeedErrors(errors)
    sources = tuple(source for source, _ in entries.sources)
    facts = [within_lifetimes(fact, entities) for fact in facts]
    ordered = sorted(entities.values(), key=lambda entity: entity.id)
    return Seeds(sources, tuple(ordered), tuple(sorted(facts, key=lambda fact: (fact.source, fact.start, fact.id))))


def _entities(entries: Entries, errors: list[SeedError]) -> dict[str, Entity]:
    """Entities by id: those of entities.yaml, with what registers add, and one for each source."""
    rows = {row.id: row for row in entries.register}
    entities: dict[str, Entity] = {}
    places: dict[str, Place] = {}
    claims: dict[str, list[tuple[str, str, bool, Place]]] = defaultdict(list)
    for entry, place in entries.entities:
        if entry.id in entities:
            detail = f"id {entry.id!r} is already that of the entry at line {places[entry.id].line}"
            errors.append(DuplicateEntity(detail, file=place.file, line=place.line))
            continue
        if problem := check_measure(entry) or check_named(entry):
            errors.append(BadValue(problem, file=place.file, line=place.line))
        entities[entry.id], places[entry.id] = _entity(entry, rows.get(entry.id)), place
        names = dict.fromkeys((name_key(name), name, False) for name in (entry.name, *entry.aliases))
        names.update(dict.fromkeys((name_key(name), name, True) for name in entry.shared))
        for key, name, shared in names:
            claims[key].append((name, entry.id, shared, place))
    for entry, place in entries.entities:
        if entry.estimated_by and entry.estimated_by not in entities:
            detail = f"estimated_by: no entity {entry.estimated_by!r}{nearest(entry.estimated_by, entities)}"
            errors.append(UnknownEntity(detail, file=place.file, line=place.line))
    for source, place in entries.sources:
        if source.id in entities:
            detail = f"id {source.id!r} is already that of the entry at line {places[source.id].line}"
            errors.append(DuplicateEntity(detail, file=place.file, line=place.line))
        entities[source.id], places[source.id] = source_entity(source), place
    for row_id, row in rows.items():
        if row_id not in entities:
            detail = f"no entity {row_id!r} in entities.yaml{nearest(row_id, entities)}"
            errors.append(UnknownEntity(detail, file=row.source.file, line=row.row.line, quote=row.row.text))
        for problem in lifetime_problems(row):
            errors.append(BadValue(problem, file=row.source.file, line=row.row.line, quote=row.row.text))
    errors.extend(_contested(claims))
    return entities


def _contested(claims: Mapping[str, list[tuple[str, str, bool, Place]]]) -> Iterable[SeedError]:
    for claimants in claims.values():
        ids = dict.fromkeys(entity for _, entity, _, _ in claimants)
        if len(ids) < 2 or all(shared for _, _, shared, _ in claimants):
            continue
        name, _, _, place = claimants[-1]
        others = ", ".join(f"{entity} (line {where.line})" for _, entity, _, where in claimants[:-1])
        yield DuplicateEntity(
            f"the name {name!r} is claimed by {claimants[-1][1]} and by {others}; give each a name of its own, or list "
            "it under `shared:` in all of them so that asking by it gives the candidates",
            file=place.file,
            line=place.line,
        )


def _entity(entry: EntityEntry, row: Registered | None) -> Entity:
    properties: dict[str, object] = {}
    if row:
        columns = ("tier", "gss_code", "county", "start", "end")
        properties |= {key: row.get(key) for key in columns if row.get(key)}
    fields = ("count", "complete", "named", "measure", "amount", "unit", "period", "estimated_by", "approximate")
    properties |= {key: value for key in fields if (value := getattr(entry, key)) is not None}
    if entry.date:
        properties["date"] = entry.date.text
    return Entity(
        entry.id, entry.kind, entry.name, entry.aliases + entry.shared, entry.summary, tuple(sorted(properties.items()))
    )


def _fact(said: Said, entities: Mapping[str, Entity], errors: list[SeedError]) -> Fact | None:
    """The fact that an entry states, or None with what is wrong in `errors`."""
    entry, known = said.entry, len(errors)
    _check_ends(entry, said, entities, errors)
    start = _find(said, errors)
    for problem in _problems(entry):
        errors.append(BadValue(problem, file=said.place.file, line=said.place.line, quote=said.quote))
    if len(errors) > known:
        return None
    figure = entities[entry.object]
    given = dict(entry)
    if figure.kind is Kind.OUTCOME:
        given |= {"amount": figure.get("amount"), "currency": figure.get("unit")}
    return Fact(
        source=said.source.id,
        quote=said.quote,
        line=said.source.text.count("\n", 0, start) + 1,
        start=start,
        recorded=said.source.recorded,
        holds_from=entry.valid_from.earliest if entry.valid_from else said.source.date.earliest,
        **given,
    )


def _check_ends(entry: FactEntry, said: Said, entities: Mapping[str, Entity], errors: list[SeedError]) -> None:
    file, line = said.place.file, said.place.line
    for end in (entry.subject, entry.object):
        if end not in entities:
            detail = f"no entity {end!r} in entities.yaml{nearest(end, entities)}"
            errors.append(UnknownEntity(detail, file=file, line=line, quote=said.quote))
    relation = RELATIONS.get(entry.relation)
    if relation is None:
        detail = f"unknown relation {entry.relation!r}{nearest(entry.relation, RELATIONS)}"
        errors.append(UnknownRelation(detail, file=file, line=line, quote=said.quote))
        return
    for end, kinds, word in ((entry.subject, relation.subjects, "from"), (entry.object, relation.objects, "to")):
        if end in entities and entities[end].kind not in kinds:
            allowed = ", ".join(sorted(kinds))
            detail = f"{relation.name} does not go {word} a {entities[end].kind} ({end}), only {word} {allowed}"
            errors.append(BadValue(detail, file=file, line=line, quote=said.quote))
    if entry.role and entry.role not in relation.roles:
        allowed = ", ".join(sorted(relation.roles)) or "none"
        detail = f"{relation.name} has no role {entry.role!r}, only {allowed}{nearest(entry.role, relation.roles)}"
        errors.append(BadValue(detail, file=file, line=line, quote=said.quote))
    if entry.amount is not None and not relation.money:
        detail = f"{relation.name} carries no amount; a figure is an Outcome that REPORTS leads to"
        errors.append(BadValue(detail, file=file, line=line, quote=said.quote))


def _problems(entry: FactEntry) -> Iterable[str]:
    if entry.amount is not None and entry.currency is None:
        yield f"amount {entry.amount:g} has no currency; write currency: GBP"
    if entry.currency is not None and entry.amount is None:
        yield f"currency {entry.currency} has no amount; an amount that no source gives is left out with its currency"
    if entry.joint is not None and entry.amount is None:
        yield "joint names a sum given together, but there is no amount"
    if entry.basis is Basis.IMPLIED and not entry.note:
        yield "an implied fact needs a note that says why a careful reader concludes it"
    if entry.basis is Basis.REGISTER:
        yield "basis register is for rows of registers/, not for quotes"
    if entry.subject == entry.object:
        yield f"{entry.subject} stands at both ends"
    if entry.valid_from and entry.valid_until and entry.valid_until.latest < entry.valid_from.earliest:
        yield f"valid_until {entry.valid_until} is before valid_from {entry.valid_from}"


def _find(said: Said, errors: list[SeedError]) -> int:
    """Offset of the quote in its source. A quote that stands at several places must name its line."""
    text, quote, file, line = said.source.text, said.quote, said.place.file, said.place.line
    starts, at = [], text.find(quote)
    while at >= 0:
        starts.append(at)
        at = text.find(quote, at + 1)
    lines = [text.count("\n", 0, start) + 1 for start in starts]
    if not starts:
        errors.append(QuoteNotFound(_why_not_found(text, quote), file=file, line=line, quote=quote))
        return 0
    if said.quote_line is None:
        if len(starts) > 1:
            detail = f"the quote stands at lines {lines} of {said.source.file}; say which with `line:`"
            errors.append(QuoteNotFound(detail, file=file, line=line, quote=quote))
        return starts[0]
    if said.quote_line not in lines:
        detail = f"the quote stands at line {lines[0]} of {said.source.file}, not at {said.quote_line}"
        errors.append(QuoteNotFound(detail, file=file, line=line, quote=quote))
        return starts[0]
    return starts[lines.index(said.quote_line)]


def _why_not_found(text: str, quote: str) -> str:
    """Show the first character where quote and source part, which for a no-break space nobody sees otherwise."""
    length, at = 0, -1
    low, high = 0, len(quote)
    while low < high:  # the longest beginning of the quote that the source holds
        middle = (low + high + 1) // 2
        found = text.find(quote[:middle])
        if found >= 0:
            low, length, at = middle, middle, found
        else:
            high = middle - 1
    if length < min(8, len(quote)):
        return "the quote is not in the source, not even its beginning"
    there = text[at + length : at + length + 1]
    line = text.count("\n", 0, at + length) + 1
    return (
        f"the quote leaves the source after {length} characters (line {line}): it has {_name(quote[length])}, "
        f"the source has {_name(there)} after {quote[max(0, length - 30) : length]!r}"
    )


def _name(char: str) -> str:
    return f"{char!r} ({unicodedata.name(char, 'a control character')})" if char else "its end"


def _identified(facts: list[Fact], entries: Entries, errors: list[SeedError]) -> list[Fact]:
    """The facts with their ids: no two alike, and every joint sum the same in all its facts."""
    identified: dict[str, Fact] = {}
    sums: dict[tuple[str, str], set[tuple[float | None, str | None]]] = defaultdict(set)
    places = {(said.entry.subject, said.entry.relation, said.entry.object): said.place for said in entries.said}
    for fact in facts:
        place = places.get((fact.subject, fact.relation, fact.object), Place("registers", 0))
        marked = replace(fact, id=fact_id(fact))
        if marked.id in identified:
            detail = f"{fact.subject} {fact.relation} {fact.object} stands twice with the same quote"
            errors.append(BadValue(detail, file=place.file, line=place.line, quote=fact.quote))
        identified[marked.id] = marked
        if fact.joint:
            sums[fact.source, fact.joint].add((fact.amount, fact.currency))
            if len(sums[fact.source, fact.joint]) == 2:
                detail = f"the facts of the joint sum {fact.joint!r} give different sums"
                errors.append(BadValue(detail, file=place.file, line=place.line, quote=fact.quote))
    return list(identified.values())
