"""Which formats there are, how a file's name tells them, and how a file comes to be: whole or not at all."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

from graph.export.cytoscape import write_cytoscape
from graph.export.gexf import write_gexf
from graph.export.graphml import write_graphml
from graph.export.page import write_page
from graph.export.sheet import Sheet
from graph.export.tables import write_csv, write_neo4j, write_parquet
from newsgraph.errors import ExportError

ONE_FILE: Mapping[str, Callable[[Sheet, BinaryIO], None]] = {
    "gexf": write_gexf,
    "graphml": write_graphml,
    "cyjs": write_cytoscape,
    "html": write_page,
}
TWO_FILES: Mapping[str, Callable[[Sheet, Path], None]] = {
    "csv": write_csv,
    "neo4j": write_neo4j,
    "parquet": write_parquet,
}
NETWORK_FORMATS = (*ONE_FILE, *TWO_FILES)
RDF_FORMATS = ("trig", "nq", "jsonld", "ttl")
FORMATS = (*NETWORK_FORMATS, *RDF_FORMATS)
_SUFFIXES = {
    **{one: one for one in (*ONE_FILE, *RDF_FORMATS)},
    "htm": "html",
    "turtle": "ttl",
    "nquads": "nq",
}
_OWN_FILES = {"nodes.csv", "edges.csv", "relationships.csv", "nodes.parquet", "edges.parquet"}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # in archives: the same network, the same bytes


def format_of(target: str, chosen: str | None) -> str:
    """Return the format of a file: the chosen one, else by its suffix; "-" is GEXF.

    Raises:
        ExportError: If the name tells none, or another way of writing than the chosen format has.
    """
    suffix = Path(target).suffix.lower().removeprefix(".") if target != "-" else ""
    if chosen is not None and chosen in TWO_FILES:
        if target == "-" or suffix in {*_SUFFIXES, "csv", "parquet"}:
            raise ExportError(f"{target}: {chosen} is two files: name a folder, or a .zip")
        return chosen
    if chosen is not None:
        if suffix == "zip":
            raise ExportError(f"{target}: {chosen} is one file, no archive")
        return chosen
    if target == "-":
        return "gexf"
    if suffix in {"csv", "parquet"}:
        raise ExportError(f"{target}: {suffix} is two files: name a folder, or a .zip, and --format {suffix}")
    if suffix not in _SUFFIXES:
        known = ", ".join(f".{one}" for one in (*ONE_FILE, *RDF_FORMATS))
        raise ExportError(f"{target}: the name tells no format; end it in {known}, or say --format")
    return _SUFFIXES[suffix]


def write_file(sheet: Sheet, path: Path, form: str) -> None:
    """Write a network to a file, a folder or an archive; what is there is replaced once that is complete.

    Raises:
        ExportError: If it cannot be written in that form or to that place.
    """
    if form in ONE_FILE:
        with complete_file(path) as file:
            ONE_FILE[form](sheet, file)
    elif form in TWO_FILES:
        with _complete_folder(path) as folder:
            TWO_FILES[form](sheet, folder)
    else:
        raise ExportError(f"{path}: {form} is no network format; there are {', '.join(NETWORK_FORMATS)}")


@contextmanager
def complete_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the place of ``path`` if all goes well.

    Raises:
        ExportError: If it cannot be written.
    """
    if path.is_dir():
        raise ExportError(f"{path}: is a folder; name a file")
    unfinished = _unfinished(path)
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


@contextmanager
def _complete_folder(path: Path) -> Iterator[Path]:
    """Give a folder to write to, which as such, or zipped, takes the place of ``path`` if all goes well."""
    is_archive = path.suffix.lower() == ".zip"
    if not is_archive:
        _check_replaceable(path)
    unfinished = path.with_name(f"{_unfinished(path).name}.folder")
    try:
        unfinished.mkdir()
        yield unfinished
        if is_archive:
            with complete_file(path) as file:
                _zip(unfinished, file)
        else:
            _replace_folder(unfinished, path)
    except OSError as error:
        raise ExportError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _unfinished(path: Path) -> Path:
    """Return where to write until all is complete, and sweep away what killed exports left there."""
    begin = f".{path.name}."
    for stray in path.parent.glob(f"{escape(begin)}*"):
        number = stray.name.removeprefix(begin).partition(".")[0]
        if number.isascii() and number.isdigit() and not _is_alive(int(number)):
            shutil.rmtree(stray) if stray.is_dir() else stray.unlink()
    return path.with_name(f"{begin}{os.getpid()}")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _check_replaceable(path: Path) -> None:
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise ExportError(f"{path}: is there already, and is no folder")
    if path.is_dir() and (others := {one.name for one in path.iterdir()} - _OWN_FILES):
        raise ExportError(f"{path}: holds other things, such as {min(others)}; name a new or an empty folder")


def _replace_folder(finished: Path, path: Path) -> None:
    """Put a folder in the place of another; two complete ones are there for a moment, never half of one."""
    old = finished.with_name(f"{finished.name}.old")
    if path.exists():
        path.rename(old)
    finished.rename(path)
    shutil.rmtree(old, ignore_errors=True)


def _zip(folder: Path, file: BinaryIO) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in sorted(folder.iterdir()):
            entry = zipfile.ZipInfo(one.name, _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with one.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target)
