"""Lines at an article's head and foot that are not the article: credits, rights, follow us."""

from __future__ import annotations

import re

from kg.annotation.names.view import TextView
from kg.model import Span

_LINE = re.compile(r"[^\n]+")
# Who wrote it, from where: 記者王某／高雄報導.
_BYLINE = re.compile(r"记者.{2,20}(?:报导|报道)\W*$")
_HEAD, _FOOT = 400, 500


def boilerplate_lines(view: TextView) -> list[Span]:
    """The lines near either end of the text that hold a byline or one of the set phrases."""
    phrases = view.lexicon.words("lex:Boilerplate")
    length = len(view.text)
    return [
        Span(*match.span())
        for match in _LINE.finditer(view.simplified)
        if (match.start() < _HEAD or match.end() > length - _FOOT)
        and len(match[0]) < 200
        and (_BYLINE.search(match[0]) or any(phrase in match[0] for phrase in phrases))
    ]
