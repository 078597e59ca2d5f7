"""Quantities of Chinese news: modifier, numeral, unit (超過100個, 破千萬, 數十家, 逾16億美元).

Values are in base units: 2.1萬個 is 21,000 個, 140億元 is 1.4e10 元. Shares are percentages
(三成, 百分之三十 and 一半 have the unit ``%``); a rank (第三位, 全球第一) has the unit 位. A vague
count is the range that it leaves open: 數十家 is 10 to 99, 三四家 3 to 4, 8位數美元 1e7 to 99,999,999.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from kg.annotate.numerals import CHINESE_DIGIT, NOT_INSIDE, NUMERAL, halfwidth, read_numeral
from kg.model import Comparator, Quantity, QuantityMention, Span, TimeMention

_GAP = r"[ \u3000]{0,2}"
_BEFORE: dict[str, Comparator] = {
    **dict.fromkeys(
        ("突破", "超过", "超逾", "多于", "高于", "大于", "超出", "高过", "超", "逾", "破", "过"), ">"
    ),
    **dict.fromkeys(("至少", "不低于", "不少于", "最少", "起码", "不下于", "不下", "上"), ">="),
    **dict.fromkeys(("不超过", "不高于", "不多于", "不大于", "至多", "最多", "不逾", "不过"), "<="),
    **dict.fromkeys(("不到", "不足", "少于", "低于", "小于", "不及", "未满", "不满", "未到"), "<"),
    **dict.fromkeys(("大约", "约为", "约", "将近", "接近", "近", "大概", "差不多", "几近"), "~"),
    **dict.fromkeys(("多达", "高达", "最高", "达到", "合共", "共计"), "="),
}
_AFTER: dict[str, Comparator] = {
    **dict.fromkeys(("或以上", "及以上", "以上", "或更多", "起"), ">="),
    **dict.fromkeys(("或以下", "及以下", "以下", "以内", "之内"), "<="),
    **dict.fromkeys(("左右", "上下", "许"), "~"),
    "之多": "=",
}


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_CURRENCY_SIGN = (
    r"(?<![A-Za-z])(?:US\$|HK\$|NT\$|RMB|USD|HKD|CNY|TWD|EUR|GBP|JPY|[A-Z]{0,2}\$)|[¥€£]"
    r"|人民币|新台币|美元|美金|港币|港元|欧元|日元|英镑"
)
_CURRENCIES = (
    "元人民币 元港币 元新台币 元 美元 美金 美圆 港元 港币 港圆 欧元 日元 日圆 英镑 人民币 新台币 台币 台元 韩元 韩圆 "
    "卢布 卢比 瑞士法郎 法郎 加元 加币 澳元 澳币 新加坡元 坡元 新元 令吉 泰铢 越南盾 印尼盾 比索 雷亚尔 里拉 奈拉 "
    "比特币 以太币 块钱 块 毛 美分 欧分 分钱"
).split()
_MEASURES = (
    "个 家 款 种 名 位 项 类 场 次 部 架 辆 艘 件 份 张 册 本 篇 首 条 座 栋 幢 间 所 处 套 批 组 支 只 枚 颗 株 笔 "
    "宗 起 例 届 期 轮 站 集 层 户 口 头 匹 棵 片 段 页 字 句 步 股 手 票 席 桌 台 把 块 副 对 双 门 道 桩 员 队 派 "
    "则 幅 封 盘 盒 瓶 箱 车 艇 剂 针 门类 样 排 环 圈 顶 朵 根 滴 碗 杯 盏 节 堂 课 单 通 声 番 遍 趟 回 任 波"
).split()
_COUNTED = (
    "人 人次 人口 用户 员工 企业 会员 读者 观众 玩家 粉丝 订单 场次 架次 班次 客户 商户 学生 居民 民众 股东 网民 "
    "开发者 国家 城市 地区 公司 机构 倍 港人 市民 选民 示威者 警员 师生 职位 单位 户次 例次 平方米 平方公里 平方呎 "
    "平方尺 平方英尺 公里 千米 海里 英里 里 米 厘米 公分 毫米 微米 纳米 英尺 英寸 呎 尺 吋 毫克 微克 公斤 千克 克 "
    "斤 吨 公吨 磅 盎司 升 公升 毫升 加仑 桶 亩 公顷 坪 立方米 千瓦 千瓦时 兆瓦 瓦 赫兹 千卡 大卡 卡路里 千比特 "
    "比特 字节 摄氏度 岁 周岁 周年 两 伏 安培 节点 基点 个基点 点子"
).split()
_DURATIONS = (
    "年 个月 月 个星期 星期 个礼拜 礼拜 周 天 日 个小时 小时 个钟头 钟头 个钟 分钟 秒 秒钟 毫秒 个季度 季度 季 "
    "个世纪 世纪 个工作日 工作日 昼夜 年间 整年 光年"
).split()
_LATIN_UNITS = (
    "GB TB MB KB PB kg km cm mm nm ml mg GHz MHz Hz kHz mAh kWh MWh GWh GW MW kW dB km2 m2 m L W g"
).split()
_AFTER_DIGITS = "度 点 级 代 大 分 国 省 市".split()
_SHARES = "个百分点 % ‰ 成 折".split()
_GENERIC = frozenset((*_MEASURES, "人", "天", "日", "大", "代", "级", "国", "周", "里", "两", "点", "季"))
_NOT_SHARE = r"[立为功本员果长交都熟就绩因分语品名型见像份]"

_UNIT = (
    rf"个百分点|%|‰|成(?!{_NOT_SHARE})|折(?!叠)|(?i:{_any(_LATIN_UNITS)})(?![A-Za-z0-9])"
    rf"|个(?P<part>半|多)(?:月|星期|礼拜|小时|钟头|世纪)|{_any((*_CURRENCIES, *_COUNTED, *_DURATIONS))}"
    rf"|{_any(_MEASURES)}|(?<=\d)(?:{_GAP})(?:{_any(_AFTER_DIGITS)})"
)
_MODIFIER = rf"(?P<before>{_any(tuple(_BEFORE))})[了有]?"
