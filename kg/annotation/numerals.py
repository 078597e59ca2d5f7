"""Numerals: Arabic, Chinese and mixed (``2.1万``, ``三千五百``, ``5亿4千万``).

One grammar for times and quantities. It reads Simplified, half-width text: what
:func:`kg.script.simplify` and then :func:`halfwidth` make of an article, of the same length.
"""

from __future__ import annotations

import re
from decimal import Decimal

_WIDE = {**{code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}}
_WIDE |= {
    ord(wide): ord(narrow) for wide, narrow in zip("％．：／－＋～＄￥−", "%.:/-+~$¥-", strict=True)
}

_WIDE_COMMA = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")

_DIGITS = {char: n % 10 for n, char in enumerate("〇一二三四五六七八九零壹贰叁肆伍陆柒捌玖")}
_DIGITS["两"] = 2
_SCALES = {"兆": 10**12, "亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_PLAIN = str.maketrans("仟佰拾", "千百十", ", \u3000")
_LONGEST = 40
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_POINT = re.compile(rf"(.+)点([{''.join(_DIGITS)}]+)([{''.join(_SCALES)}]*)")

CHINESE_DIGIT = "[〇零一二三四五六七八九两]"
ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,9})?(?![\d]|\.\d|,\d{3})"
_FORMAL = "[壹贰叁肆伍陆柒捌玖拾佰仟]"
#: A scale that is not the beginning of a unit (百分点, 千克, 兆瓦).
_SCALE = "(?:[十万亿]|百(?!分(?!钟))|千(?![克米瓦卡赫])|兆(?![瓦赫字比]))"
_CHINESE = (
    rf"(?:{CHINESE_DIGIT}|{_SCALE}|{_FORMAL}(?={_FORMAL}|{_SCALE}))"
    rf"(?:{CHINESE_DIGIT}|{_SCALE}|{_FORMAL}){{0,38}}(?:点{CHINESE_DIGIT}{{1,9}}[万亿]{{0,2}})?"
)
_SMALLER = r"(?:零?\d{1,4}(?:\.\d{1,9})?[百千万亿]{1,2})*(?:零?\d{1,4}(?![\d.]))?"
#: An Arabic, a Chinese or a mixed numeral, as a pattern without groups.
NUMERAL = rf"(?:{ARABIC}(?: {{0,2}}{_SCALE}{_SCALE}?{_SMALLER})?|{_CHINESE})"
#: What must not stand before a numeral: it would be cut out of a longer number or a Latin name.
NOT_INSIDE = (
    r"(?<![0-9A-Za-z_=&%?#@])(?<![A-Za-z][-./])(?<![0-9][-.,:/+~])"
    rf"(?<![第几数廿卅{''.join(_DIGITS)}{''.join(_SCALES)}])"
)


def halfwidth(text: str) -> str:
    """*text* with full-width digits, letters and number signs made ASCII; of the same length."""
    return _WIDE_COMMA.sub(",", text).translate(_WIDE)


def read_numeral(numeral: str) -> float | None:
    """The value of *numeral*, or None if it is none.

    ``四百五`` is 450, ``九万四`` 94,000, ``二〇一八`` 2018, ``万亿`` 1e12, ``1,300`` 1300.
    """
    plain = numeral.translate(_PLAIN)
    if not plain or len(plain) > _LONGEST:
        return None
    match = _POINT.fullmatch(plain)
    value = _pointed(*match.groups()) if match else _scaled(plain)
    return None if value is None else float(value)


def _pointed(whole: str, decimals: str, scales: str) -> Decimal | None:
    """六点五万: the decimals belong to what the scales multiply."""
    value = _scaled(whole)
    fraction = Decimal(_arabic(decimals)).scaleb(-len(decimals))
    times = _scaled(scales) if scales else Decimal(1)
    return None if value is None or times is None else (value + fraction) * times


def _scaled(plain: str) -> Decimal | None:
    """Split at the last of the greatest scales: what is left of it is multiplied by it."""
    for sign, scale in _SCALES.items():
        left, found, right = plain.rpartition(sign)
        if found:
            left = left.lstrip("零〇")
            times = _scaled(left) if left else Decimal(1)
            rest = _rest(right, scale)
            return None if times is None or rest is None else times * scale + rest
    arabic = _arabic(plain)
    return Decimal(arabic) if _NUMBER.fullmatch(arabic) else None


def _rest(right: str, scale: int) -> Decimal | None:
    """What follows a scale; a lone digit counts the next scale down (四百五 is 450)."""
    value = _scaled(right) if right else Decimal(0)
    if value is not None and len(right) == 1 and right not in _SCALES and scale > 10:
        return value * scale / 10
    return value


def _arabic(digits: str) -> str:
    return "".join(str(_DIGITS.get(char, char)) for char in digits)
