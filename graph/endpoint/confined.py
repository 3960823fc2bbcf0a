"""Shuts a process in before it runs what strangers wrote: no network, no other programs, so much memory.

The engine connects to whatever address SERVICE names, and has no switch against it; so the system refuses
sockets to the whole process (seccomp, which a process can set for itself and never undo). Where there is no
seccomp, what is left is that requests with SERVICE and LOAD are refused.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import socket
import struct
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_FILTER_MODE = 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # the latter with EPERM
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # of the kernel's packet filter language
# Numbers of socket, connect, execve, execveat, io_uring_setup, ptrace in linux/unistd.h of each architecture.
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 425, 101)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 425, 117)),
}
_X32 = 0x40000000  # numbers from here on are another way to the same calls, on x86_64


def shut_in(memory_bytes: int) -> bool:
    """Confine this process, for good, and say whether it is cut off from the network.

    Call it before any thread is started.

    Args:
        memory_bytes: Address space that it may take beyond what it has now.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_memory(memory_bytes)
    os.nice(5)  # the server answers, the ingestion writes, while it works
    return _close_network()


def die_with_parent() -> None:
    """Let the system end this process when the server is killed, even within a query."""
    if platform.system() == "Linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit_memory(more: int) -> None:
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except OSError:  # not Linux
        return
    limit = pages * resource.getpagesize() + more
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _close_network() -> bool:
    if platform.system() != "Linux" or platform.machine() not in _CALLS:
        return False
    architecture, calls = _CALLS[platform.machine()]
    program = _program(architecture, calls)
    steps = ctypes.create_string_buffer(program, len(program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(steps)))
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, *(ctypes.c_ulong(each) for each in (1, 0, 0, 0)))
    libc.prctl(_PR_SET_SECCOMP, ctypes.c_ulong(_FILTER_MODE), header)
    return not _has_network()


def _program(architecture: int, calls: tuple[int, ...]) -> bytes:
    """Return a filter: another architecture, or one of the calls, is refused; all else is allowed."""
    refuse = len(calls) + 3  # the step that refuses, as seen from the first comparison
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 0, refuse, architecture), (_LOAD, 0, 0, 0)]
    steps.append((_AT_LEAST, len(calls) + 1, 0, _X32))
    steps += [(_EQUAL, len(calls) - place, 0, call) for place, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _has_network() -> bool:
    try:
        socket.socket().close()
    except PermissionError:
        return False
    return True
