"""What a worker process may not do, kept by the kernel whatever a query says.

The guard refuses queries that would reach out; should one slip through, its process has no way to
open a socket or to write a file, and its memory and time are bounded.
"""

from __future__ import annotations

import ctypes
import platform
import resource
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.serve.limits import Limits


@dataclass(frozen=True, slots=True)
class _Machine:
    """The kernel's name of an architecture (``AUDIT_ARCH_…``), and the numbers of system calls.

    Numbers from ``foreign`` on are those of another way to call on the same architecture.
    """

    name: int
    calls: Mapping[str, int]
    foreign: int | None = None


_MACHINES = {
    "x86_64": _Machine(
        0xC000003E,
        {
            "socket": 41, "connect": 42, "open": 2, "openat": 257, "openat2": 437, "execve": 59,
            "execveat": 322, "io_uring_setup": 425,
        },
        foreign=0x40000000,  # x32
    ),
    "aarch64": _Machine(
        0xC00000B7,
        {
            "socket": 198, "connect": 203, "openat": 56, "openat2": 437, "execve": 221,
            "execveat": 281, "io_uring_setup": 425,
        },
    ),
}  # fmt: skip
_NOT_HERE = ("socket", "connect", "execve", "execveat", "io_uring_setup")
# Instructions of the filter; what it looks at are the call's number and then the architecture.
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4
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
    forbid(_NOT_HERE)


def allow_time(seconds: float) -> None:
    """Let this process run for *seconds* more of CPU time; the system ends it then."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soon = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soon, resource.RLIM_INFINITY))


def forbid(calls: Iterable[str], *, kill: bool = False) -> bool:
    """Refuse system calls to this thread from now on, or *kill* the process that makes one.

    A process that calls in the way of another architecture, where the numbers are others, is
    killed. False where the kernel has no such filter (seccomp) or the architecture is not known.
    """
    machine = _MACHINES.get(platform.machine())
    return machine is not None and _install(_filter(machine, calls, _KILL if kill else _DENY))


def _filter(machine: _Machine, calls: Iterable[str], verdict: int) -> list[_Instruction]:
    """The program that the kernel runs at each call; a jump passes over the one line after it."""
    code = [
        _Instruction(_LOAD, 0, 0, _ARCHITECTURE),
        _Instruction(_JUMP_EQUAL, 1, 0, machine.name),
        _Instruction(_RETURN, 0, 0, _KILL),
        _Instruction(_LOAD, 0, 0, _NUMBER),
    ]
    if machine.foreign is not None:
        code.append(_Instruction(_JUMP_AT_LEAST, 0, 1, machine.foreign))
        code.append(_Instruction(_RETURN, 0, 0, _KILL))
    for number in (machine.calls[name] for name in calls if name in machine.calls):
        code.append(_Instruction(_JUMP_EQUAL, 0, 1, number))
        code.append(_Instruction(_RETURN, 0, 0, verdict))
    return [*code, _Instruction(_RETURN, 0, 0, _ALLOW)]


def _install(code: list[_Instruction]) -> bool:
    try:
        call = ctypes.CDLL(None, use_errno=True).prctl
    except (OSError, AttributeError):
        return False
    program = _Program(len(code), (_Instruction * len(code))(*code))
    call(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return bool(call(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)
