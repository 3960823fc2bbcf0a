"""Merges that tests/graph/test_killed_merges.py kills, as functions that another process is told by name."""

from datetime import UTC, datetime
from pathlib import Path

from flows.ingest import Portion, Tally, as_it_is, write_left_behind
from flows.progress import Silence
from flows.timing import Stopwatch
from graph import journal
from graph.articles import retract
from graph.prepared import prepare
from graph.rebuild import rebuild
from graph.review import same, undo
from graph.snapshots import open_reader
from graph.store import open_writer
from tests.graph.made import LATER, RUN, made

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEFORE = [
    made("a"),
    made("b", speaker="Ann Berg", other="Emil Falk"),
    made("c", speaker="Carl Dorn", verb="said", other="Anna Berg", object_="Su-27"),
]
# Copies, a correction, the same people: what merges when it comes.
COME = [
    made("a", verb="said"),
    made("d", speaker="Anna Berg", publisher="Southern Wire"),
    made("e", speaker="Emil Falk", other="Ann Berg", object_="MQ-9"),
]


def begin(folder):
    with open_writer(Path(folder)) as writer:
        writer.add(BEFORE, RUN)


def join(folder):
    same(Path(folder), "Anna Berg", "Ann Berg", by="sam", at=NOON, reason="seen")


def part(folder):
    [decision] = open_reader(Path(folder)).decisions().by_id
    undo(Path(folder), decision, by="kim", at=NOON)


def take_out(folder):
    retract(Path(folder), "a", by="sam", at=NOON, reason="withdrawn")


def come(folder):
    portion = Portion(Path(folder), LATER, Tally(Silence(), Stopwatch()), as_it_is)
    portion.add(1, [prepare(*pair) for pair in COME])
    portion.write()
    portion.close()


def come_in_a_large_change(folder):
    """The same past the transaction, in many pieces, as thousands of articles come."""
    journal.LARGE, journal.LOADED = 50, 200
    come(folder)


def come_again(folder):
    """Do what the next ingest does: write what was left, read what is missing."""
    tally = Tally(Silence(), Stopwatch())
    write_left_behind(Path(folder), LATER, tally)
    with open_writer(Path(folder)) as writer:
        known = writer.known([article for article, _ in COME], LATER)
        writer.add([pair for pair in COME if pair[0].id not in known], LATER)


def make_anew(folder):
    rebuild(Path(folder))


def open_and_close(folder):
    with open_writer(Path(folder)):
        pass
