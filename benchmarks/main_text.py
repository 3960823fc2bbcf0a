"""Compare the main text that newsgraph takes from public evaluation pages with trafilatura's own.

    python benchmarks/main_text.py trafilatura-0.4.1.tar.gz newspaper4k-0.9.6.tar.gz

Both files are source distributions on PyPI (GPL 3 the first, MIT the second; the pages are their
publishers'), given by path; nothing is downloaded and nothing of them is run. Either may be left out.

The first holds some ninety saved pages and, in its own tests, what must and what must not be in the text of
each; such phrases are counted. The second holds news pages with the text that a person took from them:
compared are words, as bags (precision, recall, F1), on the pages that say they are English.
"""

from __future__ import annotations

import ast
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import trafilatura

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # this file is run as a script, too

from ingest.decode import decode_page  # noqa: E402
from ingest.pages import main_text  # noqa: E402

Taker = Callable[[str], str]


def main() -> None:
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    for name in sys.argv[1:]:
        files = unpacked(Path(name))
        has_phrases = any(file.endswith("tests/unit_tests.py") for file in files)
        (compare_phrases if has_phrases else compare_words)(files)


def ours(page: str) -> str:
    try:
        return main_text(page)[0]
    except ValueError:
        return ""


def its_own(page: str) -> str:
    return trafilatura.extract(page, include_comments=False) or ""


TAKERS: Mapping[str, Taker] = {"newsgraph": ours, "trafilatura": its_own}


def unpacked(path: Path) -> dict[str, bytes]:
    """Return what is in the archive's tests, by path below its one folder."""
    try:
        with tarfile.open(path) as archive:
            members = [one for one in archive if one.isfile() and "/tests/" in one.name]
            opened = ((one.name.partition("/")[2], archive.extractfile(one)) for one in members)
            return {name: file.read() for name, file in opened if file}
    except (OSError, tarfile.TarError) as error:
        sys.exit(f"{path}: not a source distribution that can be read: {error}")


@dataclass
class Wanted:
    """What a text must hold and what it must not."""

    present: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


def compare_phrases(files: Mapping[str, bytes]) -> None:
    tree = ast.parse(files["tests/unit_tests.py"].decode())
    saved, wanted = saved_pages(tree), dict(wanted_phrases(tree))
    pages = {
        url: decode_page(files[f"tests/cache/{saved[url]}"])
        for url in wanted
        if f"tests/cache/{saved.get(url, '')}" in files
    }
    print(f"{len(pages)} pages with phrases")
    for name, take in TAKERS.items():
        counts = Counter[str]()
        for url, page in pages.items():
            text = take(page)
            counts["present"] += sum(phrase in text for phrase in wanted[url].present)
            counts["absent"] += sum(phrase not in text for phrase in wanted[url].absent)
        present, absent = (
            sum(len(getattr(wanted[url], kind)) for url in pages) for kind in ("present", "absent")
        )
        print(f"{name:12} wanted {counts['present']}/{present}   left out {counts['absent']}/{absent}")


def saved_pages(tree: ast.AST) -> dict[str, str]:
    """Return which file holds which page."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "MOCK_PAGES":
            pages: dict[str, str] = ast.literal_eval(node.value)
            return pages
    sys.exit("tests/unit_tests.py names no pages; is this another version?")


def wanted_phrases(tree: ast.AST) -> Iterator[tuple[str, Wanted]]:
    """Yield for each page that is taken as text what the assertions after it ask for."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        url, wanted = "", Wanted()
        for statement in statements(function.body):
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
                if url:
                    yield url, wanted
                url, wanted = page_taken(statement.value), Wanted()
            elif url and isinstance(statement, ast.Assert):
                note_phrases(statement.test, wanted)
        if url:
            yield url, wanted


def statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield what is done in ``body`` in order, loops gone through once."""
    for statement in body:
        yield from statements(statement.body) if isinstance(statement, ast.For | ast.With) else (statement,)


def page_taken(call: ast.Call) -> str:
    """Return the address of the page that is taken as text, nothing if it is another call."""
    if getattr(call.func, "id", "") != "load_mock_page" or not call.args:
        return ""
    return str(call.args[0].value) if isinstance(call.args[0], ast.Constant) else ""


def note_phrases(test: ast.expr, wanted: Wanted) -> None:
    for part in test.values if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And) else [test]:
        if not isinstance(part, ast.Compare) or not isinstance(part.left, ast.Constant):
            continue
        phrases = {ast.In: wanted.present, ast.NotIn: wanted.absent}.get(type(part.ops[0]))
        if phrases is not None and getattr(part.comparators[0], "id", "") == "result":
            phrases.append(str(part.left.value))


def compare_words(files: Mapping[str, bytes]) -> None:
    pages = {
        Path(name).stem: (decode_page(files[name]), files[gold].decode())
        for name in sorted(files)
        if name.endswith(".html") and (gold := f"tests/data/txt/{Path(name).stem}.txt") in files
    }
    english = {name: pair for name, pair in pages.items() if re.search(r"<html[^>]*\blang=.?en\b", pair[0])}
    print(f"\n{len(english)} pages in English with their text: {', '.join(english)}")
    for name, take in TAKERS.items():
        scores = [alike(words(take(page)), words(gold)) for page, gold in english.values()]
        precision, recall, f1 = (sum(column) / len(scores) for column in zip(*scores, strict=True))
        print(f"{name:12} precision {precision:.3f}   recall {recall:.3f}   F1 {f1:.3f}")


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def alike(found: Counter[str], gold: Counter[str]) -> tuple[float, float, float]:
    both = (found & gold).total()
    precision, recall = (both / max(1, side.total()) for side in (found, gold))
    return precision, recall, 2 * both / max(1, found.total() + gold.total())


if __name__ == "__main__":
    main()
