"""`joinedup read` and `joinedup draft`: somebody's own documents, without a database."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from service.documents.document import Document
from service.documents.drafting.draft import Draft
from service.documents.drafting.drafting import draft_document
from service.documents.drafting.known import KnownNames
from service.documents.reading.formats import ENDINGS
from service.documents.reading.worker import read_document
from service.errors import DocumentRefused, UnknownResource
from service.settings import Settings
from service.sources.validate import read_seeds

SeedsOption = Annotated[Path | None, typer.Option("--seeds", help="Folder of seeds whose names are known.")]


def read(
    path: Annotated[Path, typer.Argument(help="A .txt, .md, .html, .docx or .pdf, or a folder of them.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, a line each document.")] = False,
    text: Annotated[bool, typer.Option("--text", help="Print the text that quotes are taken from.")] = False,
) -> None:
    """Read documents: what each is, how much text it holds, and which cannot be read and why.

    The text is what quotes are taken from: the file itself for .txt and .md, else derived, with white space joined. It
    is read once and kept by the file's sha256. Exit code 1 where one of them was refused.
    """
    kept = Settings().cache_dir / "documents"
    refused = 0
    for file in _files(path):
        try:
            document = read_document(file, kept)
        except DocumentRefused as error:
            refused += 1
            print(
                json.dumps({"file": str(file), "refused": error.detail}, ensure_ascii=False)
                if as_json
                else f"{file}: {error.detail}"
            )
            continue
        if text:
            print(document.text)
        elif as_json:
            print(json.dumps(_described(document), ensure_ascii=False))
        else:
            print(_sentence(file, document))
    if refused:
        raise typer.Exit(1)


def draft(
    path: Annotated[Path, typer.Argument(help="A .txt, .md, .html, .docx or .pdf.")],
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Print JSON, a line each draft.")] = False,
    seeds: SeedsOption = None,
) -> None:
    """Draft the facts that a document states, each with its quote, for a person to accept, change or reject.

    Nothing is loaded, and no database is needed: names known beforehand are those of the seeds. A name is linked to a
    known body only where that is sure; `id` is null elsewhere.
    """
    settings = Settings()
    if not path.is_file():
        raise UnknownResource(f"{path} is no file; `joinedup read` takes a folder")
    known = KnownNames.of(read_seeds(seeds or settings.seeds_dir).entities)
    drafts = draft_document(read_document(path, settings.cache_dir / "documents"), known)
    for each in drafts:
        print(json.dumps(each.as_dict(), ensure_ascii=False) if jsonl else shown(each))
    if not jsonl:
        print(f"{len(drafts)} drafts" if drafts else f"{path}: no sentence, list or table says what the rules look for")


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise UnknownResource(f"{path} is neither a file nor a folder")
    found = sorted(each for each in path.rglob("*") if each.is_file() and each.suffix.lower() in ENDINGS)
    if not found:
        raise UnknownResource(f"no document is in {path}: {', '.join(ENDINGS)} are read")
    return found


def _described(document: Document) -> dict[str, Any]:
    return {
        "file": document.file,
        "format": document.format.value,
        "sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "reader": document.reader,
        "title": document.title,
        "publisher": document.publisher,
        "date": document.date,
        "characters": len(document.text),
        "pages": max((mark.place.page or 0 for mark in document.marks), default=0) or None,
        "passages": dict(Counter(passage.kind.value for passage in document.passages)),
    }


def _sentence(file: Path, document: Document) -> str:
    kinds = Counter(passage.kind.value for passage in document.passages)
    said = ", ".join(f"{count} {kind}s" for kind, count in kinds.most_common())
    origin = " · ".join(filter(None, (document.title, document.publisher, document.date)))
    return f"{file}: {origin or 'no title'} ({len(document.text):,} characters: {said})"


def shown(draft: Draft) -> str:
    """A draft for a reader: what it claims, and the words beneath."""
    amount = f", {draft.amount:,.0f} {draft.currency or ''}".rstrip() if draft.amount is not None else ""
    extra = "".join(
        f", {value}" for value in (draft.role, None if draft.modality == "actual" else draft.modality) if value
    )
    where = f"p. {draft.page}: " if draft.page else ""
    quote = " ".join(draft.quote.split())
    return f"{draft.subject.text} {draft.relation} {draft.object.text}{amount}{extra}\n    {where}“{quote}”"
