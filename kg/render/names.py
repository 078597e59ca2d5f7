"""Names as the page shows them and as its search finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from kg.script import simplify, traditionalise

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
_MAX_NAME = 160


def clean(text: str) -> str:
    """*text* with ``?`` for each lone surrogate, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def clip(text: str, limit: int = _MAX_NAME) -> str:
    """*text* without lone surrogates, cut to *limit* characters with an ellipsis."""
    return clean(text if len(text) <= limit else text[: limit - 1] + "…")


def three_labels(labels: Mapping[str, str], fallback: str) -> list[str]:
    """The label in each interface language; a missing script is converted from the other."""
    hant, hans, english = (clip(labels.get(language, "")) for language in LANGUAGES)
    any_label = clip(next(filter(None, labels.values()), fallback))
    return [
        hant or (traditionalise(hans) if hans else english or any_label),
        hans or (simplify(hant) if hant else english or any_label),
        english or hant or hans or any_label,
    ]


def search_forms(names: Iterable[str]) -> list[str]:
    """Every name in both scripts and in pinyin (full, and initials), case-folded, each once."""
    each = dict.fromkeys(names)
    simplified = dict.fromkeys(map(simplify, each))
    sounds = chain.from_iterable(map(_pinyin, filter(_is_chinese, simplified)))
    forms = chain(each, simplified, map(traditionalise, each), sounds)
    return list(dict.fromkeys(form.casefold() for form in forms))


def _is_chinese(name: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in name)


def _pinyin(simplified: str) -> Iterator[str]:
    """``tengxun`` and ``tx`` for 腾讯: no tones, no spaces, other letters as they stand.

    From Simplified, whose phrases the library knows: 重慶 would be read as zhongqing.
    """
    from pypinyin import Style, lazy_pinyin

    for style in (Style.NORMAL, Style.FIRST_LETTER):
        yield "".join(filter(str.isalnum, "".join(lazy_pinyin(simplified, style=style))))
