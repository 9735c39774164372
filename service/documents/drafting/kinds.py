"""What kind of thing a name can be, told by its words. A name that tells nothing may be any kind of organisation."""

from __future__ import annotations

import re

from service.model.vocabulary import ORGANISATIONS, Kind

_AGENCY = frozenset({Kind.AGENCY})
_AUTHORITY = frozenset({Kind.AUTHORITY})
_PARTNERSHIP = frozenset({Kind.PARTNERSHIP})
_PROGRAMME = frozenset({Kind.PROGRAMME})
_SERVICE = frozenset({Kind.SHARED_SERVICE})
_PLACE = frozenset({Kind.PLACE})
_EVENT = frozenset({Kind.EVENT})
_GROUP = frozenset({Kind.GROUP})

# The first pattern that a name fits decides; more than one kind where the words leave it open.
_PATTERNS: tuple[tuple[str, frozenset[Kind]], ...] = (
    (
        r"^(the )?(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|all|both|other|district|"
        r"\d+)\b.*s$",
        _GROUP,
    ),
    (r"^(each|every) ", _GROUP),
    (r"^(river|lake|loch|mount|port of) ", _PLACE),
    (r"\b(integrated care|drainage|health|examination|tourist) board$", _AGENCY | _PARTNERSHIP),
    (r"\b(parochial church|voluntary|business|arts|research|sports|youth|medical|church|churches) council$", _AGENCY),
    (
        r"\b(combined|fire|fire and rescue|police|transport|port|harbour|joint|waste|strategic) authority$",
        _PARTNERSHIP | _AUTHORITY,
    ),
    (
        r"\b(national park|unitary|local) authority$|\b(county|city|borough|district|town|parish|community|shire|"
        r"\w+) council$",
        _AUTHORITY,
    ),
    (r"\bcouncil of |^(royal |metropolitan )?(borough|city|corporation) of |\bcouncils?$|\bassembly$", _AUTHORITY),
    (
        r"\b(ltd|limited|plc|llp|cic|cio|inc|company|& co|trust|foundation|charity|charities|nhs)\b(?! board| fund)|"
        r"\bnhs ",
        _AGENCY,
    ),
    (
        r"^(department|ministry|office|secretary of state|hm) |\b(office|ministry|treasury|government|cabinet office)$",
        _AGENCY,
    ),
    (
        r"\b(programme|project|scheme|strategy|plan|deal|compact|concordat|charter|pilot|initiative|pledge|campaign)$",
        _PROGRAMME,
    ),
    (
        r"\b(agreement|contract|works|bypass|route|route network|framework|accord|covenant|declaration|bootcamp|"
        r"fellowship)$",
        _PROGRAMME,
    ),
    (
        r"^(operation|project|phase) |\b(garden village|refurbishment|study|survey|audit|gateway|improvements?)$",
        _PROGRAMME,
    ),
    (r"\b(conference|workshop|seminar|summit|symposium|meeting|fair|festival)\b|^exercise ", _EVENT),
    (r"\bhub$", _PLACE | _PARTNERSHIP | _PROGRAMME | _SERVICE),
    (
        r"\b(police|fire|fire and rescue|probation|ambulance|health|prison|library|weather|careers|advice) service$",
        _AGENCY | _SERVICE,
    ),
    (
        r"\b(service|services|team|unit|helpline|academy|control room|call centre|bureau|payroll|secretariat)$",
        _SERVICE | _AGENCY,
    ),
    (
        r"\b(board|partnership|forum|committee|consortium|alliance|senate|network|taskforce|task force|panel)$",
        _PARTNERSHIP,
    ),
    (
        r"\b(joint venture|federation|coalition|collaborative|collaboration|cell|circle|group|sub-group|"
        r"commissioners)$",
        _PARTNERSHIP | _AGENCY,
    ),
    (r"\bfund$", _AGENCY | _PROGRAMME),
    (
        r"\b(house|hall|centre|building|buildings|offices|office park|depot|library|station|barn|rooms?|mill|quay|"
        r"lane|street|road|yard|church)$",
        _PLACE | _AGENCY,
    ),
    (
        r"\b(granary|maltings|guildhall|exchange|loft|pavilion|pier|lighthouse|cottage|chapel|park|campus|square|"
        r"store)$",
        _PLACE,
    ),
    (
        r"\b(agency|police|constabulary|university|college|school|schools|academies|association|society|club|union)$",
        _AGENCY,
    ),
    (
        r"\b(commission|commissioner|commissioners|inspectorate|institute|chamber of \w+|band|scouts|guides|rotary|"
        r"hospice)$",
        _AGENCY,
    ),
    (
        r"\b(museum|theatre|players|foodbank|ambulance|responders|homes|housing|healthwatch|advice|england|wales|"
        r"rail|railway)$",
        _AGENCY,
    ),
    (
        r"^(university|chamber|diocese|friends|church|healthwatch|citizens advice|historic|natural|sport) ",
        _AGENCY,
    ),
    (
        r"^(network|transport) ",
        _AGENCY | _PARTNERSHIP,
    ),
    (
        r"\b(together|volunteers|voluntary action|pilots|water|buses|trains|associates|projects|helpers|matters|"
        r"highways|authority)$",
        _AGENCY | _PARTNERSHIP,
    ),
)
_COMPILED = tuple((re.compile(pattern), kinds) for pattern, kinds in _PATTERNS)
HEADS = (
    r"Council|Councils|Authority|Board|Partnership|Forum|Committee|Trust|Agency|Service|Services|Police|Constabulary|"
    r"University|College|"
    r"School|Schools|Association|Society|Club|Charity|Foundation|Ltd|Limited|plc|PLC|LLP|CIC|CIO|Company|Group|Union|"
    r"Office|Ministry|"
    r"Department|Fund|Alliance|Consortium|Network|Commission|Commissioner|Commissioners|Programme|Project|Scheme|"
    r"Strategy|Hub|Team|Unit|"
    r"Academy|Bureau|Homes|Action|Federation|Institute|Bank|Foodbank|Ambulance|Hospital|Hospitals|Hospice|Scouts|"
    r"Band|Festival|Compact|"
    r"Concordat|Charter|Circle|Cell|Senate|Panel|Assembly|BC|DC|CC|MBC|TC|PC|England|Wales|Government|Treasury|"
    r"Church|Centre|Village|"
    r"Chamber|Companies|Buses|Trains|Water|Rail|Responders|Matters|Associates|Party|Advice|Care|Housing|Guild|Rotary|"
    r"House|Hall|Initiative|Pilots"
)
"""Words with which a complete name may end: after one of them an `and` begins another name."""


def kinds_of(name: str) -> frozenset[Kind]:
    """The kinds that a name may be; every organisation where its words do not tell."""
    lower = name.lower().replace("’", "'").removeprefix("the ").strip()
    for pattern, kinds in _COMPILED:
        if pattern.search(lower):
            return kinds
    return ORGANISATIONS


def telling(name: str) -> bool:
    """Whether the words of a name tell its kind."""
    lower = name.lower().replace("’", "'").removeprefix("the ").strip()
    return any(pattern.search(lower) for pattern, _ in _COMPILED)
