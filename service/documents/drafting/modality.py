"""Whether a sentence says that something is so, will be, was, is asked for, might be, or is not.

What is refused, deferred or denied makes no draft; would, might, could and if make hypothetical; asked, sought and
bid make
proposed; will, subject to and promised make planned. Where words of several kinds stand together the weaker one wins.
"""

from __future__ import annotations

import re

from service.documents.reading.origin import DATE, date_in
from service.model.vocabulary import Modality

_NOT = re.compile(
    r"\b(refus\w+|reject\w*|declin\w+|turned? down|unsuccessful|not (?:been )?(?:success\w+|succeed\w*|agreed|"
    r"awarded|approved|funded|given|paid|"
    r"supported|accepted|granted|available)|did not succeed|had not succeeded|said no|says no|told no|no money|could "
    r"not help|defer\w*|"
    r"put off|lie over|withdrawn|called off|abandon\w*|cancel\w*|dropped|no reply|not (?:yet )?repl\w+|not answered|"
    r"no answer|not written|"
    r"nothing (?:has been|had been|was|is) (?:agreed|settled|decided)|never|neither|nor|nobody|no one|none of|cannot|"
    r"isn[’']t|lost\b(?=,)|"
    r"not borne out|is not (?:a|in|part|its|one|among)|are not (?:a|in|members|part)|not members|no say|no vote and|"
    r"without leave|went home|"
    r"not signed|has not|have not|had not|does not|do not|did not|will not|is no\b|not renewed|not received|not be|"
    r"not local|not (?:yet )?settled|"
    r"fell through|fell\b(?=\.|$)|sent back|repaid|paid back|handed back|thought better|out of scope|ineligible|no "
    r"figure)\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(would|might|could|should|ought|(?-i:may)\b(?! (?:\d|20))|(?-i:can)\b|if (?!in\b)|were (?:the|it|they|an?) |"
    r"were \w+ \w+ to |had \w+ \w+ (?:given|paid)|"
    r"hop(?:e|ed|es|ing) (?:to|for|that)|means to|mean to|meant to|possible|perhaps|wonder\w*|mused|what if|in "
    r"principle|unless|thinks? we|"
    r"thought of|talk of|spoken of|idea|rumou?r\w*|reportedly|allegedly|it is said|believed|minded to|likely to|"
    r"whether)\b",
    re.IGNORECASE,
)
_PROPOSED = re.compile(
    r"\b(propos\w+|ask(?:s|ed|ing)? (?:to|for|whether|if|that|the)|has been asked|have been asked|was asked|were "
    r"asked|been offered|"
    r"sought|seek(?:s|ing)?|bid|bids|application|applied|appl(?:y|ies)|request\w*|enquir\w+|invit\w+|quoted|"
    r"consider(?:s|ed|ing)?|recommend\w*|"
    r"sounding|to be put to|floated|explor\w+|in discussion|under discussion with)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(will|shall|is to|are to|to be (?:paid|given|sealed|signed|held|met|opened|transferred)|subject to|provided "
    r"that|on condition|conditional|"
    r"promis\w+|pledged|undertak(?:es|en) to|undertook to|agreed to|has agreed|have agreed|set aside|earmark\w*|"
    r"ring-?fenced|planned|plans to|"
    r"intend\w*|committed to|due to (?:be|join|move|open|start|begin)|expected|not yet (?:paid|received|drawn)|"
    r"invoiced|outstanding|offered|accept(?:s|ed|ing)?|awaits?|awaited|"
    r"waits only|next year|"
    r"on signing|once |in principle|"
    r"from (?:\d{1,2} )?(?:january|february|march|april|may|june|july|august|september|october|november|december) "
    r"20\d\d|"
    r"be (?:renewed|admitted|awarded|granted|paid|given|released|transferred|approved)|match(?:ed)? by|put back to|"
    r"when .* (?:is|are) (?:met|signed|instructed))\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(former|formerly|until|ended|ceased|no longer|lapsed|wound up|wound itself up|closed|withdrew|left (?:in|on|"
    r"the|us)|left\b|finished|"
    r"(?<!what )used to|expired|dissolved|stopped|had run|ran until|completed|came to an end|in the past|had been "
    r"run)\b",
    re.IGNORECASE,
)


def refused(text: str) -> bool:
    """Whether the words say that it is not so, was refused, or was put off."""
    return bool(_NOT.search(text))


_IF = re.compile(
    r"\b(if (?!in\b|any\b)|were (?:the|it|they|an?|\w+ \w+) to\b|should (?:the|there|it|an?) |unless)\b", re.IGNORECASE
)
_BEGINS = re.compile(
    r", (?:and |but |though |although |while |whereas |which |who |when |as |so |since )|\band that\b|\band "
    r"(?=(?:would|will|might|may|could|means to|hopes|plans|expects)\b)|: ",
    re.IGNORECASE,
)


def modality_of(text: str, *, ended: bool = True) -> Modality | None:
    """The modality of what `text` (a clause, or the cells that say how a row stands) says; None where it is not so."""
    if refused(text):
        return None
    if _HYPOTHETICAL.search(text):
        return Modality.HYPOTHETICAL
    if _PROPOSED.search(text):
        return Modality.PROPOSED
    if _PLANNED.search(text):
        return Modality.PLANNED
    if ended and _ENDED.search(text):
        return Modality.ENDED
    return Modality.ACTUAL


def modality_at(clause: str, start: int, end: int, *, ended: bool = True) -> Modality | None:
    """The modality of `clause[start:end]`: its own part of the clause decides, a condition anywhere in the clause
    weakens it."""
    begin = max((found.end() for found in _BEGINS.finditer(clause) if found.end() <= start + 1), default=0)
    stop = min((found.start() for found in _BEGINS.finditer(clause) if found.start() >= end), default=len(clause))
    own = modality_of(clause[begin:stop], ended=ended)
    condition = _IF.search(clause[:stop] if re.match(r"\s*,? ?and \w", clause[stop:]) else clause)
    return Modality.HYPOTHETICAL if own is Modality.ACTUAL and condition else own


def still_to_come(words: str, today: str | None) -> bool:
    """Whether it is to be in, on, from or after a day that had not come when the document was written."""
    for found in re.finditer(r"\b(?:in|on|from|after|by) (?=\w)", words):
        day = DATE.match(words, found.end())
        if day and today and (date_in(day.group()) or "") > today:
            return True
    return False
