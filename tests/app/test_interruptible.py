import subprocess
import sys
from pathlib import Path
from threading import get_ident

import pytest

from app.interruptible import interruptible

ROOT = Path(__file__).parents[2]
NEVER_ENDS = """
import os, signal, threading
from app.interruptible import interruptible

signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may not hear it

def call():
    os.kill(os.getpid(), signal.SIGINT)
    threading.Event().wait()

try:
    interruptible(call)
except KeyboardInterrupt:
    print("heard")
"""


def test_what_a_call_returns_or_raises_comes_back():
    assert interruptible(lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        interruptible(lambda: 1 // 0)


def test_what_a_failed_call_held_ends_in_its_own_thread():
    ended = []

    class Held:
        def __del__(self):
            ended.append(get_ident())

    def call():
        held = {0: Held()}
        try:
            return held[1]
        except KeyError:
            raise ValueError from None

    with pytest.raises(ValueError, match=r"^$"):
        interruptible(call)

    assert len(ended) == 1
    assert ended != [get_ident()]


def test_ctrl_c_is_heard_while_a_call_runs_and_the_call_does_not_keep_the_program():
    command = [sys.executable, "-c", NEVER_ENDS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stdout, done.stderr) == (0, "heard\n", "")
