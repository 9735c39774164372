"""A document to drafts: its names first, then lists, tables and sentences."""

from __future__ import annotations

from service.documents.document import Document
from service.documents.drafting.draft import Draft
from service.documents.drafting.gatherings import draft_gatherings
from service.documents.drafting.glossary import read_glossary
from service.documents.drafting.grant_lists import draft_item_grants
from service.documents.drafting.known import KnownNames
from service.documents.drafting.mentions import groups_in
from service.documents.drafting.prose import draft_prose
from service.documents.drafting.rosters import draft_rosters
from service.documents.drafting.setting import setting_of
from service.documents.drafting.tables import draft_tables
from service.documents.drafting.writing import Writer


def draft_document(document: Document, known: KnownNames) -> tuple[Draft, ...]:
    """The drafts of a document in the order of their quotes; none where it names no relation that the rules know."""
    glossary = read_glossary(document)
    glossary.groups |= {name for passage in document.passages for name in groups_in(passage.text)}
    writer = Writer(document, glossary, setting_of(document, glossary), known)
    listed = draft_rosters(writer)
    draft_tables(writer)
    draft_item_grants(writer)
    draft_prose(writer, listed)
    draft_gatherings(writer)
    return tuple(sorted(writer.drafts, key=lambda draft: draft.start))
