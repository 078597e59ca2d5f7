"""Lines at an article's head and foot that are not the article: credits, rights, follow us."""

from __future__ import annotations

import re

from kg.annotation.names.view import TextView
from kg.model import Span

_LINE = re.compile(r"[^\n]+")
_HEAD, _FOOT = 400, 500


def boilerplate_lines(view: TextView) -> list[Span]:
    """The lines near either end of the text that hold one of the lexicon's set phrases."""
    phrases = view.lexicon.words("lex:Boilerplate")
    length = len(view.text)
    return [
        Span(*match.span())
        for match in _LINE.finditer(view.simplified)
        if (match.start() < _HEAD or match.end() > length - _FOOT)
        and len(match[0]) < 200
        and any(phrase in match[0] for phrase in phrases)
    ]
