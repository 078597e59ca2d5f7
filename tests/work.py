"""Counts what code does, so that a test can tell how work grows without a clock."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, SupportsIndex

import kg

_OURS = str(Path(kg.__file__).parent)


def steps(call: Callable[[], object]) -> Counter[str]:
    """How many lines run in *call*, by function of ours; each turn of a loop is a line."""
    counts: Counter[str] = Counter()

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        code = frame.f_code
        if not code.co_filename.startswith(_OURS):
            return None
        if event == "line":
            counts[f"{Path(code.co_filename).stem}.{code.co_qualname}"] += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return counts


class ReadText(str):
    """A text that counts the characters that are read of it, by slices and by ``count``."""

    read = 0

    def __getitem__(self, key: SupportsIndex | slice[Any, Any, Any]) -> str:
        found = super().__getitem__(key)
        self.read += len(found)
        return found

    def count(self, *arguments: Any) -> int:
        """As ``str.count``, between the positions of *arguments*."""
        _, start, end = (*arguments, 0, len(self))[:3] if len(arguments) < 3 else arguments
        self.read += end - start
        return super().count(*arguments)
