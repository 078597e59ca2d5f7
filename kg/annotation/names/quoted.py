"""Names in marks: 《works》, and 「」 or “” after or before a noun that says what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.annotation.names.kinds import kind_after, kind_before
from kg.annotation.names.view import TextView
from kg.lexicon import PRODUCT, WORK
from kg.model import Mention

_WORK = re.compile(r"《([^《》\n]{1,60})》|〈([^〈〉\n]{1,40})〉")
_QUOTE = re.compile(
    r"[「『“]([^「」『』“”\n，。！？；()（）]{2,24})(?:[(（][^()（）\n]{1,60}[)）])?[」』”]"
)
_NAMING = re.compile(
    r"(?:旗下|旗下的|名为|名叫|叫做|称为|称作|所谓|命名为|题为|取名|名称为)[^，。]{0,4}$"
)
_LISTING = frozenset(("、", "和", "与", "及", "以及"))
_LIST_BEFORE = re.compile(r"》(?:、|和|与|及|以及|，)$")


def find_works(view: TextView) -> Iterator[Mention]:
    """What stands in 《》: a work, unless the noun before it says game, app, law and so on."""
    inherited: str | None = None
    for match in _WORK.finditer(view.text):
        group = 1 if match[1] else 2
        start, end = match.span(group)
        in_list = _LIST_BEFORE.search(view.before(match.start(), 4)) is not None
        cls = _near_kind(view, match.start()) or kind_after(view, match.end())
        cls = cls or (inherited if in_list else None)
        inherited = cls
        yield view.mention(start, end, cls or WORK, 0.85, "title-marks")


def _near_kind(view: TextView, start: int) -> str | None:
    direct = kind_before(view, start)
    if direct:
        return direct
    before = view.before(start, 10)
    owner = re.search(r"(游戏|手游)[^，。；]{0,8}$", before)
    return view.lexicon.kinds.get(owner[1]) if owner else None


def find_quoted_names(view: TextView) -> Iterator[Mention]:
    """What stands in quotes and is named so: after a naming word, beside a kind noun, in a list."""
    last: str | None = None  # of which class the quoted name before it is
    end_of_last = 0
    for match in _QUOTE.finditer(view.text):
        start, end = match.span(1)
        cls = (
            _own_kind(view, end, (4, 3, 2))  # the head of 晶片「四方聯盟」 is its last word
            or kind_before(view, match.start())
            or kind_after(view, match.end())
            or _own_kind(view, end, (1,))
        )
        named = _NAMING.search(view.before(match.start(), 8)) is not None
        listed = last if view.simplified[end_of_last : match.start()] in _LISTING else None
        last, end_of_last = cls or (PRODUCT if named else listed), match.end()
        if cls:
            yield view.mention(start, end, cls, 0.7, "quoted")
        elif last:
            yield view.mention(start, end, last, 0.55, "quoted")


def _own_kind(view: TextView, end: int, lengths: tuple[int, ...]) -> str | None:
    """The class of what is quoted, by its own last word of one of these *lengths*."""
    endings = (view.before(end, length) for length in lengths)
    return next(
        (view.lexicon.quoted[form] for form in endings if form in view.lexicon.quoted), None
    )
