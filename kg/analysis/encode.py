"""Findings as JSON, the same bytes in each run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kg.analysis.measures import DIGITS
from kg.findings import Analysis, Brokerage, Path


def to_json(
    analysis: Analysis, brokerage: Brokerage | None = None, paths: Iterable[Path] = ()
) -> bytes:
    """``analysis.json``: the network, and between the chosen pair the brokers and the paths.

    Keys are sorted, floats have six digits, the text is UTF-8 and ends in a line feed.
    """
    pair = asdict(brokerage) if brokerage else None
    found = {"network": asdict(analysis), "pair": pair, "paths": [*map(_path, paths)]}
    text = json.dumps(_rounded(found), ensure_ascii=False, indent=1, sort_keys=True)
    # A lone surrogate, which no file in UTF-8 may hold, can come in by a hostile name.
    return text.encode("utf-8", "replace") + b"\n"


def _path(path: Path) -> dict[str, Any]:
    return {"confidence": path.confidence, "steps": [asdict(step) for step in path.steps]}


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return value
