"""The frame of the command line: exit status, streams, one line for each failure. No model is needed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app import cli
from app.arguments.parser import build_parser
from app.cli import main
from newsgraph import __version__
from newsgraph.errors import ArticleError

ROOT = Path(__file__).parents[2]
COMMANDS = ("extract", "ingest", "query", "export", "review", "same", "different", "undo", "rebuild", "demo")


def newsgraph(*arguments, **options):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    command = [sys.executable, "-m", "app.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False, **options)


def test_help_is_quick_and_names_every_command():
    newsgraph("--help")
    started = time.perf_counter()
    done = newsgraph("--help")
    seconds = time.perf_counter() - started

    assert done.returncode == 0
    assert all(f"\n    {command}" in done.stdout for command in COMMANDS)
    assert seconds < 1.5, "0.1 s on an idle machine; something heavy is imported too early"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_with_examples(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])

    assert stopped.value.code == 0
    assert f"examples:\n  newsgraph {command}" in capsys.readouterr().out


def test_version(capsys):
    with pytest.raises(SystemExit):
        main(["--version"])

    assert capsys.readouterr().out == f"newsgraph {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["frobnicate"],
        ["extract"],
        ["extract", "--published", "16/3", "a.txt"],
        ["ingest", "--workers", "0"],
        ["same", "Anna Berg"],
        ["undo"],
    ],
)
def test_wrong_usage_is_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    assert stopped.value.code == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("arguments", [["-q", "ingest"], ["ingest", "-q"], ["ingest", "--quiet", "a"]])
def test_quiet_goes_before_or_after_the_command(arguments):
    assert build_parser().parse_args(arguments).quiet is True
    assert build_parser().parse_args(["ingest"]).quiet is False


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ArticleError("a.txt", "the file is empty"), "newsgraph: a.txt: the file is empty\n"),
        (
            PermissionError(13, "Permission denied", "data/graph"),
            "newsgraph: data/graph: Permission denied\n",
        ),
        (OSError(28, "No space left on device"), "newsgraph: No space left on device\n"),
        (
            ZeroDivisionError("a bug\nof ours"),
            "newsgraph: unexpected ZeroDivisionError: a bug\N{REPLACEMENT CHARACTER}of ours "
            "(set NEWSGRAPH_DEBUG=1 to see where)\n",
        ),
    ],
)
def test_a_failure_is_one_line_and_status_1(error, line, monkeypatch, capsys):
    def fail(*_):
        raise error

    monkeypatch.setattr(cli, "_run", fail)

    assert main(["demo"]) == 1
    assert capsys.readouterr().err == line


def test_an_interruption_is_one_line_and_status_130(monkeypatch, capsys):
    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", fail)

    assert main(["demo"]) == 130
    assert capsys.readouterr().err.count("\n") == 1


def test_sigterm_ends_a_command_as_ctrl_c_does(monkeypatch, capsys):
    def wait(*_):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)

    monkeypatch.setattr(cli, "_run", wait)
    before = signal.getsignal(signal.SIGTERM)

    assert main(["demo"]) == 143
    assert capsys.readouterr().err.startswith("newsgraph: interrupted; what was written is kept")
    assert signal.getsignal(signal.SIGTERM) == before


def test_debug_shows_where(monkeypatch):
    done = newsgraph("extract", "a.txt", env={"NEWSGRAPH_WORKERS": "none", "NEWSGRAPH_DEBUG": "1"})

    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_settings_that_cannot_be_used_are_told():
    done = newsgraph("extract", "a.txt", env={"NEWSGRAPH_WORKERS": "none"})

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "newsgraph: setting workers must be a whole number above 0, not 'none'\n"


def test_escape_sequences_in_names_do_not_reach_the_terminal(capsys):
    assert main(["extract", "\x1b[2Jgone\n.txt"]) == 1

    assert "\x1b" not in (error := capsys.readouterr().err)
    assert error.count("\n") == 1


@pytest.mark.parametrize("redirection", ["| head -c 0", "> /dev/full"])
def test_no_traceback_when_nobody_takes_the_output(redirection):
    code = """if True:
        import sys, types
        from app.cli import main
        sys.modules["app.demo"] = types.SimpleNamespace(run=lambda *_: print("rain" * 100_000) or 0)
        sys.exit(main(["demo"]))
    """
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", f'"$0" -c "$1" {redirection}', sys.executable, code],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )

    assert "Traceback" not in done.stderr
    if "full" in redirection:
        assert (done.returncode, done.stderr) == (1, "newsgraph: No space left on device\n")
    else:
        assert (done.returncode, done.stderr) == (0, "")
