"""The command, as a shell would call it."""

import pytest

from app.cli import main


@pytest.fixture
def run(capsys):
    def run(*arguments):
        status = main(list(arguments))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run
