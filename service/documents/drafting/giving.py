"""Drafts of money from sentences: who gives how much to whom, by verbs of giving and by the sum's own words."""

from __future__ import annotations

import re

from service.documents.document import Passage
from service.documents.drafting.decisions import draft_decisions
from service.documents.drafting.gifts import THINGS, clause_at, give
from service.documents.drafting.grants import is_coming
from service.documents.drafting.mentions import Mention
from service.documents.drafting.modality import modality_at, modality_of
from service.documents.drafting.sentences import clause
from service.documents.drafting.tagging import NAMES, SUM, Tagged, excepted
from service.documents.drafting.writing import Writer
from service.model.vocabulary import Basis, Kind, Modality

_VERB = (
    r"(?:gives?|gave|given|giving|pays?|paid|paying|put(?:s|ting)?|contribut(?:e|es|ed|ing)|provid(?:e|es|ed|ing)|"
    r"allott?(?:s|ed)|allocat(?:e|es|ed)|award(?:s|ed)?|"
    r"grant(?:s|ed)|found|bore|commit(?:s|ted)?|invest(?:s|ed)?|donat(?:es|ed)|made|makes?|set aside|promis(?:es|ed)|"
    r"offer(?:s|ed)|pledg(?:es|ed)|fund(?:s|ed)?|"
    r"let \S+ have|releas(?:es|ed)|earmark(?:s|ed)|transferred|handed)"
)
_MONEY = r"\b(?:grant|levy|subscription|contribution|payment|fund|funding|award|gift|sum|donation|match|budget|bill)\b"
_BETWEEN = r"(?:(?!@|#|;|\b(?:by|from|that|which|who|if)\b)[^.])"
_TO = (
    r"(?: (?:a|per) (?:year|quarter|month)| each| annually| in full| more| of it| (?:in|since|for) (?:19|"
    r"20)\d\d(?:/\d\d)?| (?:in|for) each of [\w ]+? years| for [\w-]+ years)*"
)
_SAID = r"(?: (?:has |have |had )?(?:confirmed|said|reported|announced|stated|agreed)[^@#.;]{0,20}? that (?:it|they))?"
_ACTIVE = re.compile(
    rf"(?P<s>{NAMES})(?:, (?:each|both|all) of (?:which|whom|"
    rf"them))?,?{_SAID}(?P<aux>{_BETWEEN}{{0,70}}?)\b(?P<v>{_VERB})\b(?P<mid>{_BETWEEN}{{0,60}}?)"
    rf"(?:(?P<io>@\d+@)(?P<mid2>{_BETWEEN}{{0,40}}?))?(?P<a>{SUM})"
)
_MORE = re.compile(
    rf"^(?:{_TO})(?:[^.;@#]{{0,30}}?),? and (?P<s>{NAMES}) (?:(?P<a>{SUM})|(?P<same>the same(?: again| amount)?|as "
    rf"much(?: again)?|a like sum))"
)
_PASSIVE = re.compile(rf"(?P<a>{SUM})(?P<mid>[^.;#@]{{0,60}}?)\b(?:by|from) (?:each of )?(?P<s>{NAMES})")
_OFFERED = re.compile(
    rf"(?P<a>{SUM})(?P<mid>[^.;#@]{{0,40}}?)\b(?:to|towards|for) (?P<io>@\d+@) (?:by|from) (?P<s>{NAMES})"
)
_PAYING = re.compile(
    rf"(?P<s>@\d+@) (?:join|joins|joined|has joined) (?P<io>@\d+@)[^@;#]{{0,60}}, paying (?:it )?(?P<a>{SUM})"
)
_AWARDED = re.compile(
    rf"(?P<io>@\d+@) (?:(?:has been|had been|was|were|have been|is to be|will be) (?:awarded|granted|given|allocated|"
    rf"allotted|paid)|"
    rf"(?:has |have |had )?(?:received|receives|secured|won|obtained|attracted))"
    rf" (?P<mid>[^.;#@]{{0,30}}?)(?P<a>{SUM})[^.;#@]{{0,30}}? (?:by|from) (?P<s>{NAMES})"
)
_FUNDED = re.compile(
    rf"(?P<o>@\d+@)(?P<aux>[^.;@#]{{0,30}}?)\b(?:funded|financed|paid for|supported|met|backed) (?:[\w ]{{0,20}})?by "
    rf"(?P<s>{NAMES})(?P<rest>[^.;]*)"
)
_FUNDED_MORE = re.compile(rf"by (?P<s>{NAMES}) with (?:[\w ]{{0,14}})?(?P<a>{SUM})")
_IN_BRACKETS = re.compile(rf"(?P<s>@\d+@) \((?P<a>{SUM})[^)]{{0,20}}\)")
_TOWARDS = re.compile(
    r"\b(?:to|towards?|for|into|on)\s+(?:the (?:cost|costs|running|upkeep|work|funding|whole) of |the running of |"
    r"its |their |work on )?(?:(?P<o>@\d+@)|(?P<thing>(?:an?|the|his|its|their|our) [a-z][\w’' -]*?(?: (?:on|at) "
    r"@\d+@)?(?= (?:to|and|in|from|which|that|once|when|under|as|since|by|is|was|until|for|with|on|having)\b|[,.;:)]|"
    r"$)))"
)
_OVER = re.compile(
    r"\b(?:no longer|stopped|ceased|used to|until (?:\w+ )?(?:19|20)\d\d|lapsed|formerly)\b", re.IGNORECASE
)
_NO_GIFT = re.compile(
    r"\b(?:worth|save[sd]?|saving|savings|cost(?:s|ing)?|fee of|price|peppercorn|reserves|need(?:s|ed)?|loan|rent|"
    r"lent|total(?:led|s)?|bank|charge[sd]?|claim|sav(?:e|ing)|"
    r"balance|left|budget stands|had been set aside for the year|application\w* came)\b"
)


def draft_giving(writer: Writer, passage: Passage, said: Tagged, topic: Mention | None) -> None:
    """Every gift that the sentence states with a sum, and whoever funds something without one."""
    _funded_without_sum(writer, passage, said)
    if not said.sums:
        return
    done = set[int]()
    draft_decisions(writer, passage, said, done)
    _shares(writer, passage, said, topic, done)
    for rule in (_paying, _funded_by, _active, _passive):
        rule(writer, passage, said, topic, done)


_SHARE = re.compile(rf"(?P<s>@\d+@),? (?:\()?(?P<a>{SUM})(?:\))?(?=[;,.]| and |$)")


def _shares(writer: Writer, passage: Passage, said: Tagged, topic: Mention | None, done: set[int]) -> None:
    """`Contributions have been agreed as follows: A £120,000; B £95,000`."""
    found = list(_SHARE.finditer(said.text))
    head = re.search(r"\b(?:[Cc]ontributions?|[Ss]ubscriptions?|[Ll]ev(?:y|ies)|[Ss]hares?)\b", said.text)
    target = topic if topic and Kind.PROGRAMME in topic.kinds else _own(writer)
    if len(found) < 2 or not head or head.start() > found[0].start() or target is None:
        return
    before = said.plain(said.text[: found[0].start()])
    modality = (
        Modality.PLANNED if is_coming(writer, before) else modality_of(re.sub(r"\bagreed\b", "", before), ended=False)
    )
    for each in found:
        givers = [m.name for m in said.named(each["s"])]
        give(writer, passage, said, "prose-shares", givers, said.summed(each["a"])[0].amount, target, modality)
        done.add(int(each["a"][1:-1]))


def _paying(writer: Writer, passage: Passage, said: Tagged, topic: Mention | None, done: set[int]) -> None:
    """`that the Council join the Compact from September, paying it £15,000`."""
    for found in _PAYING.finditer(said.text):
        givers, target = [m.name for m in said.named(found["s"])], said.named(found["io"])[0]
        modality = _modality(said, found)
        if modality is Modality.ACTUAL and re.search(r"\bthat $", said.text[: found.start()]):
            modality = Modality.PLANNED
        give(writer, passage, said, "prose-joins-paying", givers, said.summed(found["a"])[0].amount, target, modality)
        done.add(int(found["a"][1:-1]))


def _funded_by(writer: Writer, passage: Passage, said: Tagged, topic: Mention | None, done: set[int]) -> None:
    """`It is funded by A with £3m and by B with another £2m`."""
    for found in _FUNDED.finditer(said.text):
        target = said.named(found["o"])[0]
        start = found.start("s") - 3
        for each in (*_FUNDED_MORE.finditer(said.text, start), *_IN_BRACKETS.finditer(said.text, start)):
            givers = [m.name for m in said.named(each["s"])]
            amount = said.summed(each["a"])[0].amount
            give(
                writer,
                passage,
                said,
                "prose-funded-by",
                givers,
                amount,
                target,
                modality_of(clause_at(said, found.start())),
            )
            done |= {int(each["a"][1:-1])}


def _active(writer: Writer, passage: Passage, said: Tagged, topic: Mention | None, done: set[int]) -> None:
    """`A and B have each paid in £180,000 and C £250,000`, `A gives us a core grant, this year £1m`."""
    for found in _ACTIVE.finditer(said.text):
        at = int(found["a"][1:-1])
        givers = said.named(found["s"])
        if at in done or not all(m.is_organisation for m in givers) or excepted(said.text, found.start("s")):
            continue
        middle = f"{found['aux']} {found['v']} {found['mid']} {found['mid2'] or ''}"
        if _NO_GIFT.search(middle) or (
            re.search(r"\b(?:to|was|were|been|be|is|are)\b[^@]*$", found["aux"])
            and not re.search(
                r"\b(?:has|have|had) (?:undertaken|agreed|promised|offered) to|set aside|\bwill\b|\bis to\b|each set|"
                r"due to",
                f"{found['aux']}{found['v']}",
            )
        ):
            continue
        target = _target(writer, passage, said, found, topic)
        if target is None and re.search(r"\b(?:subscription|levy|contribution|core grant)\b", middle):
            target = _own(writer)
        modality = _modality(said, found)
        each = bool(re.search(r"\beach\b", said.text[found.start() : found.end() + 30])) or len(givers) == 1
        names = [m.name for m in givers]
        give(
            writer, passage, said, "prose-gives", names, said.summed(found["a"])[0].amount, target, modality, each=each
        )
        done.add(at)
        more = _MORE.match(said.text[found.end() :])
        if more:
            amount = said.summed(more["a"])[0].amount if more["a"] else said.summed(found["a"])[0].amount
            basis = Basis.STATED if more["a"] else Basis.IMPLIED
            others = [m.name for m in said.named(more["s"])]
            give(writer, passage, said, "prose-gives-too", others, amount, target, modality, basis=basis)
            if more["a"]:
                done.add(int(more["a"][1:-1]))


def _passive(writer: Writer, passage: Passage, said: Tagged, topic: Mention | None, done: set[int]) -> None:
    """`£25,000 had been found by A`, `£6,000 from each of A, B and C`."""
    earlier: Mention | None = None
    for found in (*_AWARDED.finditer(said.text), *_OFFERED.finditer(said.text), *_PASSIVE.finditer(said.text)):
        at = int(found["a"][1:-1])
        givers = said.named(found["s"])
        if at in done or not all(m.is_organisation for m in givers) or _NO_GIFT.search(found["mid"]):
            continue
        inner = said.named(found.groupdict().get("io"))
        verb = re.search(rf"\b{_VERB}\b", found["mid"])
        noun = re.search(_MONEY, said.text[: found.start()] + found["mid"], re.IGNORECASE)
        if not verb and not noun and " from " not in said.text[found.start() : found.start("s")]:
            continue
        target = inner[0] if inner else earlier or _target(writer, passage, said, found, topic) or _own(writer)
        earlier = target if inner else earlier
        each = "each" in said.text[found.start() : found.start("s")] or len(givers) == 1
        names = [m.name for m in givers]
        give(
            writer,
            passage,
            said,
            "prose-given-by",
            names,
            said.summed(found["a"])[0].amount,
            target,
            _modality(said, found),
            each=each,
        )
        done.add(at)


def _own(writer: Writer) -> Mention | None:
    home = writer.setting.home
    return Mention(0, 0, home, home, frozenset({Kind.PARTNERSHIP})) if home and not writer.setting.is_council else None


def _target(
    writer: Writer, passage: Passage, said: Tagged, found: re.Match[str], topic: Mention | None
) -> Mention | None:
    """What the money goes to: said after the sum, or between verb and sum, or what the section is about."""
    rest = said.text[found.end() : found.end() + 140].split(";")[0]
    groups = found.groupdict()
    inner = said.named(groups.get("io"))
    under = re.search(r"(?P<o>@\d+@)[^@;.]{0,30}, (?:under|through|for|towards) which $", said.text[: found.start()])
    if under:
        return said.named(under["o"])[0]
    towards = _TOWARDS.search(rest) or _TOWARDS.search(groups.get("mid") or "")
    if towards and towards["o"]:
        mention = said.named(towards["o"])[0]
        if mention.name and not mention.kinds <= {Kind.PLACE, Kind.EVENT}:
            return mention
    if inner and inner[0].name and not re.search(r"\bfrom $", groups.get("mid") or ""):
        return inner[0]
    if (
        towards
        and towards["thing"]
        and not re.match(r"(?:a|the) (?:year|first|last|second|further|same|time|purpose)\b", towards["thing"])
    ):
        name = said.plain(re.sub(r"^(?:an?|the|its|their|our|his) ", "", towards["thing"])).strip()
        if (
            topic
            and topic.name
            and topic.kinds & THINGS
            and (" " not in name or set(name.lower().split()) & set(topic.name.lower().split()))
        ):
            return topic
        return Mention(0, 0, name, name, THINGS)
    if re.match(
        r"[^@;.]{0,20}?\b(?:to|towards|for) "
        r"it\b",
        rest,
    ) or re.search(r"\b(?:[Aa] further|[Aa]nother) $", said.text[: found.start("a")]):
        given = [
            d
            for d in writer.drafts
            if d.relation == "FUNDS" and passage.start <= d.start <= said.back[0] + passage.start + len(passage.text)
        ]
        if given:
            return Mention(0, 0, given[-1].object.text, given[-1].object.text, given[-1].object.kinds)
    if topic and topic.kinds & THINGS:
        return topic
    plain = re.match(r" for (?P<thing>[a-z][a-z -]{3,40}?)(?=[.,;]|$)", rest)
    if plain and not re.match(
        r"(?:the|this|that|a|an|its|their|all|each|one|two|"
        r"three|five|ten|years?|many)\b",
        plain["thing"],
    ):
        return Mention(0, 0, plain["thing"], plain["thing"], THINGS)
    earlier = [m for m in said.named(said.text[: found.start()]) if m.name and m.kinds == frozenset({Kind.PROGRAMME})]
    return earlier[0] if earlier else None


def _modality(said: Tagged, found: re.Match[str]) -> Modality | None:
    """What the part of the clause says that holds the gift; a condition anywhere in the sentence makes it planned."""
    start, end = clause(said.text, found.start("a"))
    start, end = min(start, found.start()), max(end, found.end())
    before, own = said.plain(said.text[start : found.start()]), said.plain(found.group())
    words = before + own + said.plain(said.text[found.end() : end])
    modality = modality_at(words, len(before), len(before) + len(own), ended=False)
    if modality is Modality.ACTUAL and _OVER.search(before + own):
        return Modality.ENDED
    if modality is Modality.ACTUAL and re.search(r"\b(?:if|provided that|once|subject to)\b", said.text):
        return Modality.PLANNED
    return modality


def _funded_without_sum(writer: Writer, passage: Passage, said: Tagged) -> None:
    for found in _FUNDED.finditer(said.text):
        if "#" in said.text or not re.search(r"\b(?:funded|financed|paid for)\b", found.group()):
            continue
        target = said.named(found["o"])[0]
        for giver in said.named(found["s"]):
            if giver.is_organisation and target.name:
                writer.write(
                    "prose-funded-by",
                    passage,
                    said.span(0, len(said.text)),
                    giver.name,
                    "FUNDS",
                    target.name,
                    modality=modality_of(clause_at(said, found.start())),
                    object_kinds=target.kinds,
                )
