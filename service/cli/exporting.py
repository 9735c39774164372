"""`joinedup export`: the graph, or a part of it, as a file that others open."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.answers.ask import Questions
from service.answers.catalog import read_catalog
from service.answers.filters import Filters
from service.cli.asking import query_parameters
from service.cli.progress import Steps
from service.cli.session import with_store
from service.errors import BadParameter
from service.exports.export import Exported
from service.exports.export import export as export_graph
from service.exports.files import WRITERS, Format
from service.graph.revisions import of_one_revision
from service.graph.store import Store
from service.settings import Settings


def export(
    path: Annotated[Path, typer.Argument(help="A .json or .graphml file; of csv and parquet a folder.")],
    query: Annotated[list[str] | None, typer.Argument(help="Parameters of --query: --body Winchester.")] = None,
    format: Annotated[Format | None, typer.Option(help="The form; by the path's ending if left out.")] = None,
    dataset: Annotated[str | None, typer.Option(help="Only what one import, or `seeds`, holds.")] = None,
    of: Annotated[str | None, typer.Option("--query", help="Only what the rows of a query rest on.")] = None,
) -> None:
    """Export entities and facts, each with its evidence: for a spreadsheet, Gephi, a notebook, or another joinedup.

    joinedup export winchester.graphml --query partners-sharing-services --body Winchester

    `joinedup import graph` makes an export into the same graph again.
    """
    catalog, settings, steps = read_catalog(), Settings(), Steps()
    form = format or next((each for each in Format if path.suffix == f".{each}"), None)
    if form is None:
        raise BadParameter(f"{path} does not say its form; say --format {', '.join(Format)}")
    if query and not of:
        raise BadParameter(f"{' '.join(query)} is a parameter of no query; say --query NAME too")
    WRITERS[form](path).check()

    async def work(store: Store) -> Exported:
        async def written(revision: str) -> Exported:
            facts, sources = None, list[str]()
            if of is not None:
                questions = Questions(store, catalog, row_limit=settings.row_limit, timeout=settings.query_timeout)
                answer = await questions.run(of, query_parameters(query or [], catalog, of), Filters(), revision)
                facts = [fact["id"] for fact in answer.evidence]
                sources = sorted({fact["source"] for fact in answer.evidence})
            return await export_graph(store, path, form, dataset=dataset, facts=facts, sources=sources, progress=steps)

        done = await of_one_revision(await store.revision(), store.revision, written)
        steps.finish()
        return done

    done = with_store(settings, steps, work)
    print(f"{path}: {done.entities:,} entities and {done.facts:,} facts")
