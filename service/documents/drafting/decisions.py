"""Drafts of grants that a meeting or an officer decides: resolved, released, granted, lapsed."""

from __future__ import annotations

import re

from service.documents.document import Passage, PassageKind
from service.documents.drafting.gifts import clause_at, give
from service.documents.drafting.mentions import Mention
from service.documents.drafting.modality import modality_of, refused
from service.documents.drafting.tagging import SUM, Tagged
from service.documents.drafting.writing import Writer
from service.model.vocabulary import Kind, Modality

_BE_GIVEN = re.compile(
    rf"\b(?:RESOLVED|AGREED|[Rr]esolved|agreed)\b[^#.;]{{0,40}}?\bthat (?P<o>@\d+@) be (?:given|paid|awarded|granted)"
    rf"(?P<aux>[^@.;#]{{0,30}}?) (?P<a>{SUM})"
)
_DECIDED = re.compile(
    rf"\b(?:RESOLVED|AGREED|(?:It was )?(?:[Rr]esolved|agreed))\b[^#.;]{{0,60}}?(?:\bthat\b|\bto\b|:) "
    rf"(?:[^#@.;]{{0,60}}?)(?P<a>{SUM})"
    rf"(?P<aux>[^@.;#]{{0,40}}?) (?:to|for) (?P<o>@\d+@)"
)
_THAT = re.compile(
    rf"^(?:That|To (?:award|grant|give|pay|allocate|approve)) "
    rf"(?:[^#@.;]{{0,60}}?)(?P<a>{SUM})(?P<aux>[^@.;#]{{0,40}}?) to (?P<o>@\d+@)"
)
_AND_TO = re.compile(rf"^(?:[^@#.;]{{0,30}}?),? and (?P<a>{SUM}) to (?P<o>@\d+@)")
_BE = re.compile(r"\bbe (?:awarded|granted|paid|given|made|released|allocated)\b")
_RELEASES = re.compile(
    rf"^(?:RELEASES|AWARDS|GRANTS|APPROVES|AGREES|ALLOCATES|"
    rf"PAYS)\b[^#.;]{{0,60}}?(?P<a>{SUM})(?P<aux>[^@.;#]{{0,40}}?) to (?P<o>@\d+@)"
)
_ITEM = re.compile(
    rf"(?P<o>@\d+@)(?:, for [^:;]{{1,60}})?: (?P<said>(?:granted|awarded|approved|agreed|given|"
    rf"paid)[^.;#]{{0,20}}(?P<a>{SUM})[^.;]*)"
)
_LAPSED = re.compile(rf"\bgrant of (?P<a>{SUM})[^.;@#]{{0,20}} to (?P<o>@\d+@)(?P<said>[^.;]*)")


def draft_decisions(writer: Writer, passage: Passage, said: Tagged, done: set[int]) -> None:
    """`RESOLVED: £650 to the Reading Room Trust`; `(c) The Fishermen's Association: granted £3,500`: the body that
    meets gives."""
    for pattern, rule in (
        (_DECIDED, "prose-resolved"),
        (_RELEASES, "prose-resolved"),
        (_BE_GIVEN, "prose-resolved"),
        (_THAT, "prose-decision"),
        (_ITEM, "prose-item-granted"),
        (_LAPSED, "prose-grant-lapsed"),
    ):
        for found in pattern.finditer(said.text):
            if pattern is _THAT and passage.kind is not PassageKind.ITEM:
                continue
            own = _BE.sub("", found.groupdict().get("said") or clause_at(said, found.start("a")))
            if pattern is _LAPSED and not re.search(r"\b(?:lapsed|ended|not renewed|came to an end)\b", own):
                continue
            modality = Modality.ENDED if pattern is _LAPSED else modality_of(own)
            if re.search(r"\b(paid|cheque|there and then|same day)\b", said.text[found.start() :]) and not refused(own):
                modality = Modality.ACTUAL
            elif pattern is _RELEASES and modality is Modality.ACTUAL:
                modality = Modality.PLANNED  # a decision of the day: the money is still to go
            target = _purpose(writer, said, found.end("o")) or said.named(found["o"])[0]
            give(
                writer, passage, said, rule, [writer.setting.home], said.summed(found["a"])[0].amount, target, modality
            )
            done |= {int(found["a"][1:-1])}
            more = _AND_TO.match(said.text[found.end() :])
            if more:
                amount = said.summed(more["a"])[0].amount
                give(writer, passage, said, rule, [writer.setting.home], amount, said.named(more["o"])[0], modality)
                done.add(int(more["a"][1:-1]))


def _purpose(writer: Writer, said: Tagged, at: int) -> Mention | None:
    """`for Phase 2 of the Waterside Programme`, said after the recipient."""
    found = re.match(r" for (?P<part>Phase \w+ of )?(?P<o>@\d+@)", said.text[at:])
    if not found:
        return None
    whole = said.named(found["o"])[0]
    if not whole.name or Kind.PROGRAMME not in whole.kinds:
        return None
    name = f"{found['part']}the {whole.name}" if found["part"] else whole.name
    return Mention(whole.start, whole.end, name, name, frozenset({Kind.PROGRAMME}))
