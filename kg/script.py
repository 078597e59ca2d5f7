"""Traditional and Simplified: conversion for matching, and telling the two apart.

A converted text never carries offsets of its own: :func:`simplify` keeps the length, character
for character, so a span found in it is a span of the original.
"""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

from kg.model import Script

_SAMPLE = 20_000
_INTERPUNCT = re.compile("[•．‧・∙]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


def _convert(config: str, text: str) -> str:
    """OpenCC's conversion; lone surrogates, which it cannot take, are left as they are."""
    if not _SURROGATE.search(text):
        return str(_converter(config).convert(text))
    parts = re.split(f"({_SURROGATE.pattern})", text)
    return "".join(p if _SURROGATE.match(p) else _convert(config, p) for p in parts)


def simplify(text: str) -> str:
    """*text* in Simplified characters, of the same length in code points.

    OpenCC's ``t2s`` works on phrases and could change the length; then each line, and at last
    each character, is converted alone, and a character that would not stay one is kept.
    """
    converted = _convert("t2s", text)
    if len(converted) == len(text):
        return converted
    return "".join(_simplify_line(line) for line in text.splitlines(keepends=True))


def _simplify_line(line: str) -> str:
    converted = _convert("t2s", line)
    return converted if len(converted) == len(line) else "".join(map(_simplify_character, line))


@cache
def _simplify_character(character: str) -> str:
    converted = _convert("t2s", character)
    return converted if len(converted) == 1 else character


def traditionalise(text: str) -> str:
    """*text* in Traditional characters, for labels only (the length may change)."""
    return _convert("s2t", text)


def match_key(name: str) -> str:
    """The form in which names are compared: Simplified, case-folded, no spaces, one interpunct.

    Variants that Hong Kong writes (衞生署) are what others write (衛生署).
    """
    return _INTERPUNCT.sub("·", "".join(_convert("hk2s", name).casefold().split()))


def detect_script(text: str) -> Script:
    """Which script *text* is written in, by the characters that only one of them has."""
    sample = text[:_SAMPLE]
    if not any("\u3400" <= char <= "\u9fff" for char in sample):
        return "Latn"
    only_traditional = _changed(sample, simplify(sample))
    only_simplified = _changed(sample, traditionalise(sample))
    return "Hans" if only_simplified > only_traditional else "Hant"


def _changed(before: str, after: str) -> int:
    return sum(a != b for a, b in zip(before, after, strict=False))


LANGUAGE_OF_SCRIPT: dict[Script, str] = {"Hant": "zh-Hant", "Hans": "zh-Hans", "Latn": "en"}
