"""The words that times are made of, as patterns over Simplified, half-width text.

A rule's ``after`` says which kinds of part its word may follow ("" is: it may begin an
expression), so that 初 is read in 2018年初 and nowhere else. The first rule that matches is
taken, so the longer stands before the shorter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.annotation import time_words as words
from kg.annotation.time_words import Anchor, Match, Part


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of word: what it may follow, its pattern, and how it is read."""

    after: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Callable[[Match, Anchor], Part | None]


GAP = r"[ \u3000]{0,2}+"
LINK = rf"{GAP}(?:直?到|至|[-~—–]{{1,2}}){GAP}"
_TENS = "[一二三四五六七八九]"
_N = rf"(?:\d{{1,2}}|{_TENS}?十{_TENS}?|[一二两三四五六七八九])"
_FREE = r"(?<![\d一二三四五六七八九十百千万亿零〇几数第])(?<!\d[.,])"
_ALONE = rf"{_FREE}(?<![\d一二两三四五六七八九][、到至-])"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|{_TENS})"
_MONTH_SIGN = rf"{GAP}月(?![天饼球台星经夜河])(?:份(?!额))?"
_DAY = rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十{_TENS}?|{_TENS})"
_COUNT = rf"(?:(?!0)\d{{1,3}}|[一二三四五六七八九]?十{_TENS}?|{_TENS}|[两半]|[几数]十?|百)"
_UNIT = (
    rf"((?:年|个{GAP}半?多?月|(?<=[两几])月|个?季度|个?星期|个?礼拜|周(?![年岁边期刊])|天|日)半?)"
)
_PAUSE = r"[,，。、；;:：)）」』”\s]|$"
_NOT_BEFORE = r"[往后夕首总任述台端行列主董财美港所去身景瞻提期方进沿线高妻夫外线年]"
_NOT_AFTER = r"[来续代人台者端期卫方排勤备市盘面天年]"

BEFORE = re.compile(
    rf"{GAP}(?:(?:及|或)?(?:之|以)前|为止|前(?={_PAUSE}|[完实达将会需须要必的就已不未有提交开举向在推上]))"
)
SINCE = re.compile(
    rf"{GAP}(?:以来|至今|迄今|到现在|开始|(?:及|或)?(?:之|以)后"
    rf"|后(?={_PAUSE}|[的就再又才将会已首开仍更可不没成])"
    r"|起(?![诉草步点码飞源伏家用价初来到]))"
)

_YEAR = r"(?:1\d|20)\d\d|[一二][〇零一二三四五六七八九]{3}"
_BARE = r"(?<![0-9A-Za-z.\-/:_])(?<!\d,)((?:19|20)\d\d)"
_THEN = (
    rf"(?={GAP}(?:第?[一二三四1-4]季|Q[1-4](?!\d)|[上下]半年|年?[底初末](?!\w)|的[^\d]|[、和及]{GAP}(?:19|20)?\d\d年))"
    rf"|(?={LINK}(?:19|20)\d\d{GAP}(?:年|学年|赛季|{_PAUSE}))"
)
_LUNAR_DAY = rf"(?:大年|正月|腊月)(?:初(?:{_TENS}|十)|三十|十{_TENS})"
_HALF_DAY = (
    r"凌晨|清晨|早晨|早上|早间|上午|中午|午间|午后|下午|傍晚|晚上|晚间|深夜|夜间|夜晚|半夜"
    r"|晚(?![会些宴报年期点于餐])|早(?![已些就日期前盘于餐])|夜(?![市总间店])"
)
_CLOCK = (
    rf"(?:({_N}){GAP}[点时](?![间代尚评候装期报]|\d*[%个])"
    rf"(?:{GAP}({_N}){GAP}分(?:{GAP}{_N}秒)?|(半|一刻|三刻|整))?(?:钟?许|钟|多)?"
    r"|(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:]))"
)

_START = ("",)
_MAYBE_YEAR = ("", "year")
_YEAR_SAID = ("year",)
_MONTH_SAID = ("month",)

_FORMS: tuple[tuple[tuple[str, ...], str, Callable[[Match, Anchor], Part | None]], ...] = (
    # Whole expressions that would be cut short by what comes below.
    (
        _START,
        r"(?<![\dA-Za-z./])(?<![A-Za-z]-)((?:19|20)\d\d)(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})"
        r"|\.(\d{1,2})\.(\d{1,2}))(?!\d(?!\d?:)|[./]\d|-\d(?!\d{3}))",
        words.full_date,
    ),
    (
        _START,
        rf"(?:(上|本|{_FREE}{_N})个?世纪{GAP})?{_FREE}"
        rf"([1-9]0|{_TENS}?十|(?:1[5-9]|20)\d0|[一二][〇零一二三四五六七八九]{{2}}[〇零])年代",
        words.decade,
    ),
    (
        _START,
        rf"(过去|(?<![时达了耗费最附将])近|最近|这|未来|今后|接下来|往后)的?{GAP}({_COUNT})"
        rf"{GAP}{_UNIT}(?:{GAP}(?:以?来(?!自)|里|内|间))?",
        words.window,
    ),
    (
        _START,
        rf"{_ALONE}({_COUNT})([多余几])?{GAP}{_UNIT}多?(?:[之以]?前(?!{_NOT_BEFORE})"
        rf"|[之以]?(后)(?!{_NOT_AFTER}))",
        words.ago,
    ),
    (_START, rf"{_ALONE}({_COUNT})多?{GAP}{_UNIT}以?来(?![自到源说])", words.so_long),
    (
        _START,
        r"近年来?|近几年来?|近[日期来](?:以来)?|日前|最近(?![的距一])|前不久|不久前|多年来"
        r"|(?<![\w])至今|迄今(?:为止)?|(?:其后|随后|此后)[数几](?:日|天|周|个月|年)|现今",
        words.lost,
    ),
    # Years.
    (
        _START,
        rf"{_FREE}((?:19|20)\d\d)[/-](?:20)?\d\d{GAP}(?:财政年度|年度|财年|学年|赛季)",
        words.two_years,
    ),
    (_START, rf"{_FREE}((?:19|20)\d\d){GAP}财年", words.fiscal_year),
    (_START, rf"(?:公元|西元){GAP}(\d{{1,4}}){GAP}年", words.year),
    (
        _START,
        rf"民国{GAP}(元|\d{{1,3}}|[〇零一二三四五六七八九十百]{{1,6}}){GAP}年",
        words.republic_year,
    ),
    (
        _START,
        rf"{_FREE}({_YEAR}){GAP}(?:年(?![级代限])|学年|赛季)(?:度|{GAP}全年度?)?",
        words.year,
    ),
    (_START, rf"{_FREE}(1[01]\d)年(?={GAP}{_MONTH}{GAP}月)", words.republic_year),
    (_START, rf"{_FREE}(0\d|[零〇]{_TENS}){GAP}年(?![级代])", words.short_year),
    (_START, rf"{_FREE}(\d\d){GAP}年(?={GAP}{_MONTH}{GAP}月)", words.short_year),
    (_START, rf"公元前{GAP}\d{{1,4}}{GAP}年", words.lost),
    (_START, rf"{_BARE}(?:{_THEN})", words.year),
    (
        _START,
        r"(大前|(?<!大)前|今|本|去|明|(?<!\w)来|(?<![今先之以])后|上(?=年[度同末底初]))年度?(?![级货轮])",
        words.relative_year,
    ),
    (_START, r"(?<![正相])(当|同|翌|次|隔)年(?![度级龄代])", words.relative_year),
    # Parts of a year.
    (("fiscal",), rf"第?(?:{_TENS}|\d)财?季度?|Q[1-4]|[上下]半年", words.fiscal_period),
    (_MAYBE_YEAR, r"([上下前后])半年度?", words.half),
    (_MAYBE_YEAR, r"[前首]([二三两2-3])个?季度?(?![军后])", words.first_quarters),
    (
        _MAYBE_YEAR,
        r"第?([一二三四1-4])季度|([首末])季度?(?![军度])|(?<![A-Za-z0-9迪])Q([1-4])(?![A-Za-z0-9])",
        words.quarter,
    ),
    (
        _MAYBE_YEAR,  # not the third season of a series
        r"第([一二三四1-4])季(?=业绩|总|净|毛|纯|营|收[入益]|利润|财报|盈|亏|销|每股|出货)",
        words.quarter,
    ),
    (_START, r"(本|上个?|下个?|这个)季度?(?![后军])", words.relative_quarter),
    (_YEAR_SAID, r"第([一二三四1-4])季|Q([1-4])(?!\d)", words.quarter),
    (_YEAR_SAID, rf"[前首]{GAP}({_N}){GAP}个?月", words.first_months),
    (_YEAR_SAID, rf"最后{GAP}({_N}){GAP}个?月", words.last_months),
    (_YEAR_SAID, rf"第({_N})个月", words.month),
    (_YEAR_SAID, r"(春|夏|秋|冬)(?:天|季)", words.season),
    (
        _YEAR_SAID,
        r"年?(?:(初)(?![步始级审次中露创代期一二三四五六七八九十])|([底末终尾])(?!盘)"
        rf"|(中)(?={_PAUSE}|[的起至到]))",
        words.phase,
    ),
    (
        _START,
        r"(?<![\d一二三四五六七八九十几两半每多少天近万百千新周])年([初底末终])(?![步始级一二三四五六七八九十])",
        words.phase,
    ),
    # Months.
    (_MAYBE_YEAR, rf"{_FREE}(?<![周期拜])({_MONTH})(?={LINK}{_MONTH}{GAP}月)", words.month),
    (_YEAR_SAID, rf"({_MONTH}){_MONTH_SIGN}", words.month),
    # Not after a year that no rule reads, of an era such as 令和.
    (_START, rf"(?<![元\d一二三四五六七八九十]年){_FREE}({_MONTH}){_MONTH_SIGN}", words.month),
    (
        _START,
        r"(本|这个|(?<![以晚早马])上个?|下个?|当|同|次|翌)月(?:份(?!额))?",
        words.relative_month,
    ),
    (
        _MONTH_SAID,
        rf"[上中下]旬|初(?![{_TENS[1:-1]}十步])|[底末](?!盘)|中(?={_PAUSE})",
        words.month_phase,
    ),
    (
        _START,
        r"(?<![\d一二三四五六七八九十每个本上下正腊])月[初底末中](?![期央])",
        words.this_month,
    ),
    # Days of the lunar calendar: only their year can be told.
    (_YEAR_SAID, _LUNAR_DAY, words.lunar),
    (_START, _LUNAR_DAY, words.lost),
    # Weeks and days.
    (
        _START,
        r"(上上|下下|(?<![以晚早])上|下|本|这|该)个?(?:周|星期|礼拜)(?![期刊年边转])([一二三四五六日天末](?!\d))?",
        words.week,
    ),
    (
        _START,
        rf"()(?<![一二两三四五六七八九十百\d每双几整半个逢])(?:周|星期|礼拜)([{_TENS[1:7]}日天])(?![年\d岁围])",
        words.week,
    ),
    (_MONTH_SAID, rf"({_DAY})(?={LINK}{_DAY}{GAP}[日号])", words.day),
    (_MONTH_SAID, rf"({_DAY}){GAP}[日号]", words.day),
    (
        _START,
        rf"(?<![第每近连这达共期])(?<![第每近连这达共期] )"
        rf"{_FREE}(3[01]|[12]?\d|三十一?|二?十{_TENS})"
        rf"{GAP}日(?![元圆内间游均线行薪币耳]|自我|隔离|强制|检疫|{GAP}\d{{1,2}}[夜晚])",
        words.day,
    ),
    (
        _START,
        r"(?<!《)(今|昨|大前|(?<!以)前|明|大后|(?<!以)后|当|同|次|翌|隔|第二|即)(?:天|日(?![元圆本报]))"
        r"(?!头条|之后|方舟|之星|资本|俄罗斯)()",
        words.relative_day,
    ),
    (
        _START,
        r"(今|昨|前|明)(?:[（(]\d{1,2}[）)]日|(?=[（(](?:\d{1,2}月)?\d{1,2}[日号]))()",
        words.relative_day,
    ),
    (_START, r"(?<![之以])(前|后)一(?:天|日)(?![比到])", words.day_beside),
    (
        _START,
        r"(?<![《如现只])(今|昨|(?<!大)前|明|当|即|翌)(早|晚|晨|夜|午)(?![会报年])(?:间|上(?!演|映))?",
        words.relative_day,
    ),
    # The time of day.
    (("day",), rf"({_HALF_DAY})", words.half_day),
    (_START, rf"({_HALF_DAY})(?={GAP}{_CLOCK})", words.half_day),
    (("day", "part"), _CLOCK, words.clock),
    (
        _START,
        rf"{_FREE}({_N})[点时]({_N})分(?:{_N}秒)?|(?<![\d:])([01]\d|2[0-4]):([0-5]\d)(?![\d:])",
        words.plain_clock,
    ),
)

RULES = tuple(Rule(after, re.compile(form), read) for after, form, read in _FORMS)
_FIRST = (
    "〇零一二三四五六七八九十两半几数百第首末前后上中下本今昨明当同翌次隔即大去来公西民过近最这未接往日不多至迄"
    "年月周星礼该凌清早午傍晚深夜正腊其随此现Q"
)
#: Where an expression may begin; the first characters alone rule out most places at once.
START = re.compile(
    rf"(?:(?=[{_FIRST}])|(?<!\d)(?=\d))(?:"
    + "|".join(f"(?:{form})" for after, form, _ in _FORMS if "" in after)
    + ")"
)
