"""Numerals: Arabic, Chinese and mixed (``2.1万``, ``三千五百``, ``5亿4千万``).

One grammar for times and quantities. It reads Simplified, half-width text: what
:func:`kg.script.simplify` and then :func:`halfwidth` make of an article, of the same length.
"""

from __future__ import annotations

import re

_WIDE = {**{code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}}
_WIDE |= {ord(wide): ord(narrow) for wide, narrow in zip("％．：／－＋～＄￥−", "%.:/-+~$¥-", strict=True)}

_DIGITS = {char: n % 10 for n, char in enumerate("〇一二三四五六七八九零壹贰叁肆伍陆柒捌玖")}
_DIGITS["两"] = 2
_SCALES = {"兆": 1e12, "亿": 1e8, "万": 1e4, "千": 1e3, "百": 1e2, "十": 10.0}
_PLAIN = str.maketrans("仟佰拾", "千百十", ", \u3000")
_LONGEST = 40
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_POINT = re.compile(rf"(.+)点([{''.join(_DIGITS)}]+)([{''.join(_SCALES)}]*)")

CHINESE_DIGIT = "[〇零一二两三四五六七八九]"
ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(?:\.\d{1,9})?(?![\d]|\.\d|,\d{3})"
_BARE_ARABIC = r"\d{1,4}(?:\.\d{1,9})?"
_SCALED = "[十百千万亿兆]"
_FORMAL = "[壹贰叁肆伍陆柒捌玖拾佰仟]"
CHINESE = (
    rf"(?:{CHINESE_DIGIT}|{_SCALED}(?!分之)|{_FORMAL}(?={_FORMAL}|{_SCALED})|(?<={_FORMAL}){_FORMAL})"
    rf"(?:{CHINESE_DIGIT}|{_SCALED}(?!分[之点])|{_FORMAL}){{0,24}}"
    rf"(?:点{CHINESE_DIGIT}{{1,9}}[万亿]{{0,2}})?"
)
#: An Arabic, a Chinese or a mixed numeral, as a pattern without groups.
NUMERAL = (
    rf"(?:{ARABIC}(?: {{0,2}}[百千万亿兆](?!分[之点])[万亿]?(?:零?{_BARE_ARABIC}[百千万](?!分))*"
    rf"(?:(?<=[百千万亿])零?\d(?![\d.]))?)?|{CHINESE})"
)
#: What must not stand before a numeral: it would be cut out of a longer number or a Latin name.
NOT_INSIDE = r"(?<![0-9A-Za-z_.,\-/:=&%?#+~])"


def halfwidth(text: str) -> str:
    """*text* with full-width digits, letters and number signs made ASCII; of the same length."""
    return text.translate(_WIDE)


def read_numeral(numeral: str) -> float | None:
    """The value of *numeral*, or None if it is none.

    ``四百五`` is 450, ``九万四`` 94,000, ``二〇一八`` 2018, ``万亿`` 1e12, ``1,300`` 1300.
    """
    plain = numeral.translate(_PLAIN)
    if not plain or len(plain) > _LONGEST:
        return None
    if match := _POINT.fullmatch(plain):
        whole, decimals, scales = match.groups()
        value = read_numeral(whole)
        fraction = int(_arabic(decimals)) / 10 ** len(decimals)
        return None if value is None else (value + fraction) * (_scaled(scales) or 1.0)
    return _scaled(plain)


def _scaled(plain: str) -> float | None:
    """Split at the last of the greatest scales: what is left of it is multiplied by it."""
    for sign, scale in _SCALES.items():
        left, found, right = plain.rpartition(sign)
        if found:
            times = _scaled(left.lstrip("零〇")) if left.strip("零〇") else 1.0
            rest = _rest(right, scale)
            return None if times is None or rest is None else times * scale + rest
    return _unscaled(plain)


def _rest(right: str, scale: float) -> float | None:
    """What follows a scale; a lone digit counts the next scale down (四百五 is 450)."""
    if not right:
        return 0.0
    value = _scaled(right)
    if value is not None and len(right) == 1 and scale > 10:
        return value * scale / 10
    return value


def _unscaled(digits: str) -> float | None:
    arabic = _arabic(digits)
    return float(arabic) if _NUMBER.fullmatch(arabic) else None


def _arabic(digits: str) -> str:
    return "".join(str(_DIGITS.get(char, char)) for char in digits)
