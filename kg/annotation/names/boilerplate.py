"""Lines at an article's head and foot that are not the article: credits, rights, datelines."""

from __future__ import annotations

import re

from kg.annotation.names.view import TextView
from kg.model import Span

_LINE = re.compile(r"[^\n]+")
# Who wrote it, from where: 記者王某／高雄報導.
_BYLINE = re.compile(r"记者.{2,20}(?:报导|报道)\W*$")
_HEAD, _FOOT = 400, 500
_DATE = r"(?:19|20)\d\d(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?(?: \d{1,2}:\d{2}(?::\d{2})?)?"
#: A date with who reports, from where: below the title, and no sentence.
_DATELINE = re.compile(
    rf"\s*(?:{_DATE}[^，。：；！？,;!?]{{0,30}}|[^，。：；！？,;!?]{{0,30}}{_DATE})\s*"
)


def boilerplate_lines(view: TextView) -> list[Span]:
    """The lines near either end with a byline, a dateline or one of the lexicon's set phrases."""
    phrases = view.lexicon.words("lex:Boilerplate")
    length = len(view.text)
    return [
        Span(*match.span())
        for match in _LINE.finditer(view.simplified)
        if (match.start() < _HEAD or match.end() > length - _FOOT)
        and len(match[0]) < 200
        and (
            any(phrase in match[0] for phrase in phrases)
            or _BYLINE.search(match[0])
            or _is_dateline(match)
        )
    ]


def _is_dateline(line: re.Match[str]) -> bool:
    return 0 < line.start() < _HEAD and _DATELINE.fullmatch(line[0]) is not None
