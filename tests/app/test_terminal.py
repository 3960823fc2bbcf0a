"""What a terminal shows of a run while it goes on."""

import io

import pytest

from app.terminal import Terminal
from newsgraph.records import Rejection


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def screen(monkeypatch):
    monkeypatch.setattr("app.terminal.EVERY_SECONDS", 0)
    monkeypatch.setenv("COLUMNS", "40")
    return Screen()


def test_what_is_being_read_takes_one_line_whatever_the_file_is_called(screen):
    terminal = Terminal(quiet=False, stream=screen)

    terminal.reading(32, "data/raw/\x1b[2J" + "long" * 20)
    shown = screen.getvalue().removeprefix("\r\x1b[K")
    terminal.note("done")

    assert shown == "32 articles read; reading data/raw/\ufffd[2J"
    assert screen.getvalue().endswith("\r\x1b[Kdone\n")


def test_quiet_is_quiet(screen):
    Terminal(quiet=True, stream=screen).reading(32, "a.txt")

    assert screen.getvalue() == ""


@pytest.mark.parametrize(
    ("rejection", "line"),
    [
        (Rejection("a.txt", "no words in it", "a"), "set aside: a.txt: no words in it\n"),
        (
            Rejection("x.warc.gz:9931", "the file is empty", "https://wire.example/a"),
            "set aside: x.warc.gz:9931 (https://wire.example/a): the file is empty\n",
        ),
    ],
)
def test_what_is_set_aside_is_told_with_the_address_it_came_from(rejection, line):
    stream = io.StringIO()

    Terminal(quiet=True, stream=stream).reject(rejection)

    assert stream.getvalue() == line
