"""Kills a process just before a call to the system that changes files: the first, the second, … of all.

The calls are seen through ptrace(2), from all threads, the database's own, too; so there is no point at which
a crash could catch the process that is not one of those tried. Linux only.
"""

import ctypes
import os
import platform
import signal
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEIZE, INTERRUPT, SYSCALL, SYSCALL_INFO = 0x4206, 0x4207, 24, 0x420E
TELL_SYSCALLS, FOLLOW_THREADS, DIE_WITH_ME = 0x1, 0x8, 0x100000
WAIT_FOR_ALL = 0x40000000  # __WALL: threads, too
AT_SYSCALL, ENTERING, INFO_BYTES = signal.SIGTRAP | 0x80, 1, 88
# write, pwrite64, writev, fsync, fdatasync, ftruncate, fallocate, sync_file_range, rename*, mkdir*, rmdir,
# link*, symlink*, unlink*
CHANGING = {
    "x86_64": {1, 18, 20, 74, 75, 77, 285, 277, 82, 264, 316, 83, 258, 84, 86, 265, 88, 266, 87, 263},
    "aarch64": {64, 68, 66, 82, 83, 46, 47, 84, 38, 276, 34, 37, 36, 35},
}
OPENAT = {"x86_64": 257, "aarch64": 56}

# Forks, for each line (a function of the module, a folder), a process that does it: imports are made once.
FORKING = """
import os, signal, sys
from importlib import import_module
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
module = import_module(sys.argv[1])
print("ready", flush=True)
for line in sys.stdin:
    name, folder, gate = line.rstrip("\\n").split("\\t")
    if child := os.fork():
        print(child, flush=True)
        continue
    open(gate).close()
    try:
        getattr(module, name)(folder)
    except BaseException:
        import traceback
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
"""


def is_possible():
    """Say whether processes can be watched here."""
    return sys.platform == "linux" and platform.machine() in CHANGING and _may_watch()


def _may_watch():
    with subprocess.Popen(["sleep", "30"]) as process:
        try:
            _ptrace(SEIZE, process.pid, 0, DIE_WITH_ME)
        except OSError:
            return False
        else:
            return True
        finally:
            process.kill()


@contextmanager
def acting(module, gate):
    """Give ``run(name, folder, at)``: does a function of a module, which is killed before its at-th change.

    It returns how many changes of files were begun: fewer than ``at`` if the function came to its end.
    """
    os.mkfifo(gate)
    command = [sys.executable, "-c", FORKING, module]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, cwd=ROOT, **pipes) as process:
        assert process.stdout.readline() == "ready\n"
        yield partial(_run, process, gate)
        process.stdin.close()


def _run(process, gate, name, folder, at=None):
    process.stdin.write(f"{name}\t{folder}\t{gate}\n")
    process.stdin.flush()
    child = int(process.stdout.readline())
    _ptrace(SEIZE, child, 0, TELL_SYSCALLS | FOLLOW_THREADS | DIE_WITH_ME)
    _ptrace(INTERRUPT, child)
    opened = os.open(gate, os.O_RDWR)  # which lets it begin; to open it for writing would wait for it
    try:
        return _watched(child, at)
    finally:
        os.close(opened)


def _watched(child, at):
    info, begun, machine = ctypes.create_string_buffer(INFO_BYTES), 0, platform.machine()
    while True:
        thread, status = os.waitpid(-1, WAIT_FOR_ALL)
        if os.WIFEXITED(status) or os.WIFSIGNALED(status):
            if thread == child:
                assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
                return begun
            continue
        stop = os.WSTOPSIG(status)
        try:
            if stop == AT_SYSCALL:
                _ptrace(SYSCALL_INFO, thread, INFO_BYTES, ctypes.addressof(info))
                begun += _is_change(info.raw, machine)
                if begun == at:
                    os.kill(child, signal.SIGKILL)
                    at = None
            is_event = status >> 16 or stop in (AT_SYSCALL, signal.SIGTRAP)
            _ptrace(SYSCALL, thread, 0, 0 if is_event else stop)
        except ProcessLookupError:  # it is dying
            continue


def _is_change(info, machine):
    number = int.from_bytes(info[24:32], "little")
    flags = int.from_bytes(info[48:56], "little")
    creates = number == OPENAT[machine] and bool(flags & os.O_CREAT)
    return info[0] == ENTERING and (creates or number in CHANGING[machine])


def _ptrace(request, pid, address=0, data=0):
    call = ctypes.CDLL(None, use_errno=True).ptrace
    number, pointer = ctypes.c_long, ctypes.c_void_p
    call.argtypes, call.restype = [number, number, pointer, pointer], number
    if call(request, pid, address, data) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
