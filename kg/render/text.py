"""Text of strangers, made fit to stand in a line, a table or a drawing."""

from __future__ import annotations

import re
import unicodedata

# Backslash escapes of CommonMark and of GitHub's tables, strikethrough and mathematics.
_MARKDOWN = re.compile(r"([\\`*_\[\]|#~$!])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# Marks and overrides of direction: they let a name rewrite the line it stands in.
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NARROW = 0.56
_CAPITAL = 0.7


def plain(text: str, most: int = 400) -> str:
    """*text* in one line, without control characters, cut to *most* characters."""
    head = text[: 4 * most]
    line = " ".join("".join(_visible(char) for char in head).split())
    return line if len(line) <= most and len(head) == len(text) else line[: most - 1] + "…"


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    hidden = unicodedata.category(char) in ("Cc", "Cs", "Cn") or char in _DIRECTION
    return "\ufffd" if hidden else char


def markdown(text: str) -> str:
    """*text* in one line that Markdown shows as it is: no markup, no HTML."""
    safe = "".join(_ENTITIES.get(char, char) for char in plain(text))
    return _MARKDOWN.sub(r"\\\1", safe)


def width(text: str) -> float:
    """About how wide *text* is, in ems: a Chinese character is one, a Latin letter about half."""
    return sum(map(_advance, text))


def _advance(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    breadth = unicodedata.east_asian_width(char)
    # Of the ambiguous ones letters are narrow everywhere, signs are wide in a Chinese font.
    if breadth in "WF" or (breadth == "A" and not char.isalpha()):
        return 1.0
    return _CAPITAL if char.isupper() or char in "mw—@%" else _NARROW


def shorten(text: str, ems: float) -> str:
    """*text* in one line of at most *ems*, the rest an ellipsis."""
    line = plain(text)
    if width(line) <= ems:
        return line
    kept, used = [], 1.0
    for char in line:
        used += _advance(char)
        if used > ems:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"
