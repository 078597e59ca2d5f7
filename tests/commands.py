"""Running the command ``kg`` in tests."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

ARTICLE = """海風科技宣布與東嶺大學合作
2021年5月6日

海風科技有限公司5月5日宣布與東嶺大學合作。海風科技有限公司昨日推出了新產品。
"""
SECOND = """北辰集團收購南斗公司
2022年8月1日

北辰集團宣布收購南斗公司。
"""
COMMAND = [sys.executable, "-c", "import sys; from kg.cli import main; sys.exit(main())"]


@dataclass(frozen=True, slots=True)
class Result:
    status: int
    out: str
    err: str


Run = Callable[..., Result]


def one_line(result: Result) -> str:
    """The only line on stderr, without its beginning; nothing was printed."""
    assert result.out == ""
    assert re.fullmatch(r"kg: .+\n", result.err), result.err
    return result.err.removeprefix("kg: ").rstrip("\n")
