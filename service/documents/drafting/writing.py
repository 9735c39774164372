"""What every rule is given, and how it writes a draft down: ends checked against the vocabulary, quotes by their
place."""

from __future__ import annotations

from dataclasses import dataclass, field

from service.documents.document import Document, Passage
from service.documents.drafting.draft import Draft, End
from service.documents.drafting.glossary import Glossary
from service.documents.drafting.kinds import kinds_of
from service.documents.drafting.known import KnownNames
from service.documents.drafting.mentions import Mention, mentions_in
from service.documents.drafting.setting import Setting
from service.model.vocabulary import ORGANISATIONS, RELATIONS, Basis, Kind, Modality


@dataclass
class Writer:
    """Collects the drafts of one document."""

    document: Document
    glossary: Glossary
    setting: Setting
    known: KnownNames
    drafts: list[Draft] = field(default_factory=list)
    _claims: set[tuple[object, ...]] = field(default_factory=set)
    _joints: int = 0

    def mentions(self, text: str) -> list[Mention]:
        return mentions_in(text, self.glossary)

    def organisations(self, text: str) -> list[str]:
        """The bodies and groups that a cell or an entry names, in full."""
        return [m.name for m in self.mentions(text) if m.is_organisation and m.name is not None]

    def joint(self) -> str:
        """A new mark for drafts that share one sum."""
        self._joints += 1
        return f"joint-{self._joints}"

    def write(
        self,
        rule: str,
        passage: Passage,
        span: tuple[int, int],
        subject: str | None,
        relation: str,
        object: str | None,
        *,
        role: str | None = None,
        amount: float | None = None,
        currency: str | None = "GBP",
        joint: str | None = None,
        modality: Modality | None = Modality.ACTUAL,
        basis: Basis = Basis.STATED,
        subject_kinds: frozenset[Kind] | None = None,
        object_kinds: frozenset[Kind] | None = None,
    ) -> None:
        """Draft a fact whose quote is `passage.text[span]`; nothing where an end is open or of a kind that cannot be.

        A modality of None says that the words deny it.
        """
        if not subject or not object or modality is None or subject.casefold() == object.casefold():
            return
        ends = RELATIONS[relation]
        subjects = (subject_kinds or kinds_of(subject)) & ends.subjects
        objects = (object_kinds or kinds_of(object)) & ends.objects
        if not subjects or not objects:
            return
        start, end = self._quote(passage, *span)
        draft = Draft(
            source=self.document.file,
            quote=self.document.text[start:end],
            start=start,
            subject=End(subject, subjects, self.known.sure(subject, subjects)),
            relation=relation,
            object=End(object, objects, self.known.sure(object, objects)),
            rule=rule,
            passage=passage.kind,
            role=role if role in ends.roles else None,
            amount=amount,
            currency=currency if amount is not None else None,
            joint=joint,
            modality=modality,
            basis=basis,
            page=self.document.place(start).page,
        )
        if draft.claim not in self._claims:
            self._claims.add(draft.claim)
            self.drafts.append(draft)

    def _quote(self, passage: Passage, a: int, b: int) -> tuple[int, int]:
        while a < b and passage.text[a].isspace():
            a += 1
        while b > a and passage.text[b - 1].isspace():
            b -= 1
        start, end = passage.span(a, b)
        text = self.document.text
        # In Markdown, stars that open or close within the quote belong to it.
        while passage.offsets and start > 0 and text[start - 1] in "*_" and text[start:end].count(text[start - 1]) % 2:
            start -= 1
        while passage.offsets and end < len(text) and text[end] in "*_" and text[start:end].count(text[end]) % 2:
            end += 1
        return start, end


def organisation_like(name: str) -> bool:
    return bool(kinds_of(name) & ORGANISATIONS)
