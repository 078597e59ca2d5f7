"""The noun beside a name that says what it is: 電商公司 Shopee, 操作系統「…」, …平台."""

from __future__ import annotations

from kg.annotation.names.view import TextView

_QUOTES = "“”‘’「」『』《》〈〉\"' "
_OPENERS = _QUOTES + "（("
_LONGEST = 6


def kind_beside(view: TextView, start: int, end: int) -> str | None:
    """The class named by the noun right before or right after the characters, if any."""
    return kind_before(view, start) or kind_after(view, end)


def kind_before(view: TextView, start: int) -> str | None:
    """The class named by the noun that ends right before *start*."""
    before = view.before(start, _LONGEST + 2).rstrip(_OPENERS)
    return _longest(view, [before[-n:] for n in range(_LONGEST, 0, -1) if n <= len(before)])


def kind_after(view: TextView, end: int) -> str | None:
    """The class named by the noun that begins right after *end*."""
    after = view.after(end, _LONGEST + 2).lstrip(_QUOTES)
    return _longest(view, [after[:n] for n in range(min(_LONGEST, len(after)), 0, -1)])


def _longest(view: TextView, forms: list[str]) -> str | None:
    return next((view.lexicon.kinds[form] for form in forms if form in view.lexicon.kinds), None)
