"""What a worker process may not do, kept by the kernel whatever a query says.

The guard refuses queries that would reach out; should one slip through, its process has no way to
open a socket or to write a file, and its memory and time are bounded.
"""

from __future__ import annotations

import ctypes
import platform
import resource
from collections.abc import Iterable
from pathlib import Path

from kg.serve.limits import Limits

# System calls by architecture: their number, for those that matter here.
_CALLS = {
    "x86_64": {"socket": 41, "connect": 42, "open": 2, "openat": 257, "execve": 59},
    "aarch64": {"socket": 198, "connect": 203, "openat": 56, "execve": 221},
}
_LOAD_NUMBER, _JUMP_EQUAL, _RETURN = (0x20, 0, 0, 0), 0x15, 0x06
_ALLOW, _KILL, _DENY = 0x7FFF0000, 0x80000000, 0x00050000 | 1  # 1 is EPERM
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("jt", ctypes.c_ubyte),
        ("jf", ctypes.c_ubyte),
        ("k", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.POINTER(_Instruction)))


def confine(limits: Limits) -> None:
    """Bound this process' memory, and forbid it files to write, sockets and programs to start."""
    size = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + limits.memory, size + limits.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    forbid(("socket", "connect", "execve"))


def allow_time(seconds: float) -> None:
    """Let this process run for *seconds* more of CPU time; the system ends it then."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soon = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soon, resource.RLIM_INFINITY))


def forbid(calls: Iterable[str], *, kill: bool = False) -> bool:
    """Refuse system calls to this thread from now on, or *kill* the process that makes one.

    False where the kernel has no such filter (seccomp) or the architecture is not known.
    """
    numbers = _CALLS.get(platform.machine(), {})
    code = [_Instruction(*_LOAD_NUMBER)]
    for number in (numbers[name] for name in calls if name in numbers):
        code += [_Instruction(_JUMP_EQUAL, 0, 1, number)]
        code += [_Instruction(_RETURN, 0, 0, _KILL if kill else _DENY)]
    code.append(_Instruction(_RETURN, 0, 0, _ALLOW))
    return bool(numbers) and _install(code)


def _install(code: list[_Instruction]) -> bool:
    try:
        call = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return False
    program = _Program(len(code), (_Instruction * len(code))(*code))
    call(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(call(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)
