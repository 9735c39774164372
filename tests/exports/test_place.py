"""Where an export goes: it takes the place of an earlier export and of nothing else, whole or not at all."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from service.errors import StartError
from service.exports.files import WRITERS, Format
from service.exports.place import MANIFEST
from tests.cli.test_commands import ROOT, joinedup

FOLDERS, FILES = (Format.CSV, Format.PARQUET), (Format.JSON, Format.GRAPHML)

KILLED = """
import sys
from pathlib import Path
from service.exports.files import WRITERS, Format
with WRITERS[Format(sys.argv[1])](Path(sys.argv[2])) as writer:
    for i in range(20_000):
        writer.entity({"id": f"e{i}", "kind": "Agency", "name": f"Agency {i}"})
    print("half", flush=True)
    sys.stdin.read()
"""


def write(path: Path, form: Format, name: str = "Old", rows: int = 1) -> None:
    with WRITERS[form](path) as writer:
        for i in range(rows):
            writer.entity({"id": f"e{i}", "kind": "Agency", "name": name})


def held(path: Path) -> dict[str, bytes | str]:
    """Everything that stands in a folder, at any depth, hidden or not."""
    return {
        str(each.relative_to(path)): str(each.readlink()) if each.is_symlink() else each.read_bytes()
        for each in sorted(path.rglob("*"))
        if each.is_symlink() or not each.is_dir()
    }


@contextmanager
def refused(tmp_path: Path, words: str) -> Iterator[None]:
    """Nothing is written, nothing is gone, and why is told."""
    before = held(tmp_path)
    with pytest.raises(StartError, match=words):
        yield
    assert held(tmp_path) == before


@pytest.mark.parametrize("form", FOLDERS)
def test_a_folder_that_holds_anything_else_is_refused(tmp_path: Path, form: Format) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    write(folder, form)  # an empty one is taken
    thesis = folder / "thesis.txt"
    thesis.write_text("four years")
    with refused(tmp_path, r"mine holds thesis\.txt, something that no export wrote"):
        write(folder, form)
    thesis.unlink()
    (folder / "chapters").mkdir()
    with refused(tmp_path, "holds chapters, a folder that no export wrote"):
        write(folder, form)
    (folder / "chapters").rmdir()
    table = folder / f"facts.{form}"
    table.rename(tmp_path / "elsewhere")
    table.symlink_to(tmp_path / "elsewhere")
    with refused(tmp_path, rf"holds facts\.{form}, a link"):
        write(folder, form)
    table.unlink()
    table.write_bytes((tmp_path / "elsewhere").read_bytes() + b"a note of mine")
    with refused(tmp_path, "was changed since an export wrote it"):
        write(folder, form)


@pytest.mark.parametrize("form", FOLDERS)
@pytest.mark.parametrize("manifest", [None, "{", "[]", '{"files": {"facts.csv": "x"}}'])
def test_tables_of_ones_own_are_no_export(tmp_path: Path, form: Format, manifest: str | None) -> None:
    (tmp_path / "g").mkdir()
    (tmp_path / f"g/facts.{form}").write_text("mine")
    if manifest is not None:
        (tmp_path / "g" / MANIFEST).write_text(manifest)
    with refused(tmp_path, "no export wrote"):
        write(tmp_path / "g", form)


@pytest.mark.parametrize("form", FILES)
def test_a_file_that_is_no_export_is_refused(tmp_path: Path, form: Format) -> None:
    (tmp_path / "thesis.txt").write_text("four years")
    with refused(tmp_path, r"thesis\.txt is there, and is no export of this form"):
        write(tmp_path / "thesis.txt", form)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/thesis.txt").write_text("four years")
    with refused(tmp_path, "folder is a folder, and this form is one file"):
        write(tmp_path / "folder", form)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StartError, match="pipe is no file"):
        write(tmp_path / "pipe", form)


@pytest.mark.parametrize("form", Format)
def test_links_are_refused(tmp_path: Path, form: Format) -> None:
    write(tmp_path / "real", form)
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "broken").symlink_to("nowhere")
    for name in ("link", "broken"):
        with refused(tmp_path, f"{name} is a link to"):
            write(tmp_path / name, form)


@pytest.mark.parametrize("form", FOLDERS)
def test_a_file_in_place_of_a_folder_is_refused(tmp_path: Path, form: Format) -> None:
    (tmp_path / "thesis.txt").write_text("four years")
    with refused(tmp_path, r"thesis\.txt is a file, and this form is a folder"):
        write(tmp_path / "thesis.txt", form)


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("where", [".", "..", "/"])
def test_the_folder_one_stands_in_is_refused(
    tmp_path: Path, form: Format, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with refused(tmp_path, "the folder you are in, or above it"):
        write(Path(where), form)


@pytest.mark.parametrize("before", Format)
@pytest.mark.parametrize("form", Format)
def test_an_earlier_export_is_replaced_whole(tmp_path: Path, before: Format, form: Format) -> None:
    write(tmp_path / "g", before)
    if before != form and {before, form} - set(FOLDERS):
        with pytest.raises(StartError):
            write(tmp_path / "g", form)
        return
    write(tmp_path / "g", form, "New")
    write(tmp_path / "fresh", form, "New")
    assert (tmp_path / "g").is_dir() == (form in FOLDERS)
    if form in FOLDERS:
        assert held(tmp_path / "g") == held(tmp_path / "fresh")
        assert set(held(tmp_path / "g")) == {f"entities.{form}", f"facts.{form}", MANIFEST}
    else:
        assert (tmp_path / "g").read_bytes() == (tmp_path / "fresh").read_bytes()
    assert {each.name for each in tmp_path.iterdir()} == {"g", "fresh"}, "nothing is left beside it"


@pytest.mark.parametrize("form", FOLDERS)
def test_what_comes_while_it_is_written_is_kept(tmp_path: Path, form: Format) -> None:
    write(tmp_path / "g", form)
    before = held(tmp_path)
    with pytest.raises(StartError, match="thesis"), WRITERS[form](tmp_path / "g"):
        (tmp_path / "g/thesis.txt").write_text("four years")
    assert held(tmp_path) == before | {"g/thesis.txt": b"four years"}


@pytest.mark.parametrize("form", Format)
def test_a_killed_export_leaves_what_was_there(tmp_path: Path, form: Format) -> None:
    write(tmp_path / "g", form)
    before = held(tmp_path)
    command = [sys.executable, "-c", KILLED, form, str(tmp_path / "g")]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        process.send_signal(signal.SIGKILL)
    assert before.items() <= held(tmp_path).items()
    write(tmp_path / "g", form, "New")
    assert held(tmp_path)["g" if form in FILES else f"g/entities.{form}"] != before


@pytest.mark.parametrize("form", FOLDERS)
def test_killed_between_old_and_new_the_next_finds_the_old(tmp_path: Path, form: Format) -> None:
    write(tmp_path / "g", form)
    before = held(tmp_path)
    (tmp_path / "g").rename(tmp_path / ".g.before")
    with pytest.raises(RuntimeError), WRITERS[form](tmp_path / "g"):
        raise RuntimeError
    assert held(tmp_path) == before
    write(tmp_path / ".g.before", form, "Older")
    write(tmp_path / "g", form, "New")
    assert {each.name for each in tmp_path.iterdir()} == {"g"}, "killed after that, the old is cleared away"


@pytest.mark.parametrize("form", Format)
def test_a_full_disk_leaves_what_was_there(tmp_path: Path, form: Format) -> None:
    """A limit on the length of a file stands for the disk: the same error at the same calls."""
    write(tmp_path / "g", form)
    before = held(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, hard))
        with pytest.raises(StartError, match=r"g cannot be written: .*[Tt]oo large"):
            write(tmp_path / "g", form, "x" * 1000, rows=20_000)
        with pytest.raises(StartError, match=r"g cannot be written: .*[Tt]oo large"):
            write(tmp_path / "g", form, os.urandom(3000).hex())  # at the last lines
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert held(tmp_path) == before


def test_the_command_refuses_before_it_asks_the_graph(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("four years")
    for place, form in ((tmp_path, "csv"), (tmp_path, "json"), (tmp_path / "thesis.txt", "parquet")):
        done = joinedup("export", str(place), "--format", form, NEO4J_URI="bolt://127.0.0.1:1")
        assert done.returncode == 1
        assert "thesis.txt" in done.stderr or "is a folder" in done.stderr
        assert "Traceback" not in done.stderr
    assert held(tmp_path) == {"thesis.txt": b"four years"}
