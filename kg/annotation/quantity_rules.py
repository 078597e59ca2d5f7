"""The units that Chinese news counts in, and the patterns of its quantities.

All are for Simplified, half-width text. What stands in brackets after a unit is a condition.
"""

from __future__ import annotations

import re

from kg.annotation.numerals import CHINESE_DIGIT, NOT_INSIDE, NUMERAL
from kg.model import Comparator

_GAP = r"[ \u3000]{0,2}+"
SCALE = "[十百千万亿兆]"

_CURRENCIES = (
    r"元人民币|元港币|元新台币|元(?![旦素老宇件首朝帅气化论])|美元|美金|美圆|港元|港币|港圆|"
    r"欧元|日元|日圆|英镑|人民币|新台币|台币|台元|韩元|韩圆|卢布|卢比|瑞士法郎|法郎|加元|加币|"
    r"澳元|澳币|新加坡元|坡元|新元|令吉|泰铢|越南盾|印尼盾|比索|雷亚尔|里拉|奈拉|个?比特币|"
    r"以太币|块钱|美分"
)
_CURRENCY_SIGNS = (
    r"(?<![A-Za-z])(?:US\$|HK\$|NT\$|S\$|A\$|C\$|RMB|USD|HKD|CNY|TWD|EUR|GBP|JPY|\$)|[¥€£]"
    r"|人民币|新?台币|美元|美金|港币|港元|欧元|日元|英镑"
)
_MEASURES = (
    r"个(?![人别性股体案中])|家(?![庭长电具居族属])|款(?!项)|种(?![族植子])|"
    r"名(?![单义字叫为牌气])|位(?![于置列数])|项|类(?![似别型])|场(?![景地馆所面合])|"
    r"次(?![级要元贷席日年])|部(?![门分份长队署委落件位])|架|辆|艘|件|份(?!子)|张|册|"
    r"本(?![地身周月年人土次届报港来质科])|篇|首(?![次席批相脑都府家个先要])|条(?![件例约])|座|"
    r"栋|幢|间(?![谍接隔断])|所(?![有以谓得在需属说])|处(?![理于罚分长])|套|批(?![评准判])|"
    r"组(?![织合成长])|支(?![持援出付撑部])|只(?![有是要能会])|枚|颗|株|笔|宗(?![教旨])|"
    r"起(?![诉来草步点用飞初])|例(?![如外])|届|期(?![间货待望权末中])|轮(?![流到船])|"
    r"站(?![台在起点])|集(?![团合中体])|层(?![面次级])|户(?!外)|匹|棵|页|股(?![市票东权份价指])|"
    r"席|块|门(?![槛户店口])|道(?![路德理])|员(?!工)|队(?!伍)|台(?![湾北])|艇|则(?!是)|幅(?!度)|"
    r"封(?!锁)|瓶|箱|剂|针(?!对)|节(?!目)"
)
_COUNTED = (
    r"人(?![均类工权才道])|人次|人口|用户|员工|企业|会员|读者|观众|玩家|粉丝|订单|场次|架次|班次|"
    r"客户|商户|学生|居民|民众|股东|网民|市民|选民|开发者|国家|城市|地区|公司|机构|单位|倍|户次|"
    r"例次|平方米|平方公里|平方呎|平方尺|平方英尺|公里|千米|海里|英里|米(?![饭粉其兰尔歇])|厘米|"
    r"公分|毫米|微米|纳米|英尺|英寸|呎|毫克|微克|公斤|千克|克(?![服隆里拉])|斤|公吨|吨|磅|盎司|"
    r"升(?![级值至幅温势])|公升|毫升|加仑|桶|亩|公顷|坪(?!林)|立方米|千瓦|千瓦时|兆瓦|赫兹|千卡|"
    r"大卡|卡路里|兆?字节|兆?比特|兆赫兹?|千赫|摄氏度|周?岁|周年|节点|个?基点"
)
_DURATIONS = (
    r"年(?![级代轮货])|个月|(?<=两)月|个?星期|个?礼拜|周(?![边刊期])|天(?![然津空气])|"
    r"日(?![本元圆报])|个?小时|个?钟头|分钟|秒钟?|毫秒|个?季度|个?世纪|个?工作日|个?交易日|光年"
)
_AFTER_DIGITS = r"度(?!假)|点(?![钟名评\d])|级(?!别)|代(?!表)|大(?![学小家陆量厦])|国|省|市(?!场)"
_LATIN = (
    r"GB|TB|MB|KB|PB|kg|KG|km|KM|cm|CM|mm|nm|ml|mg|m|GHz|MHz|kHz|Hz|mAh|kWh|MWh|GWh|GW|MW|kW|dB"
)
_SHARES = r"%|‰|成(?![立为功本员果长交都熟就绩因分语品名型见像份])|折(?!叠)"

#: Units that with 一 are mostly grammar, not a count: 一个, 一家, 一次, 一人.
GENERIC = re.compile(rf"{_MEASURES}|人|[天日]$|单位|公司|国家|城市")


def _any(*units: str) -> str:
    """Any of *units*, the longer before the shorter."""
    every = "|".join(units).split("|")
    return "|".join(sorted(every, key=lambda unit: -len(re.sub(r"\(.*?\)|\?", "", unit))))


_CURRENCY = _any(_CURRENCIES)
_EVERY_UNIT = (
    rf"个百分点|个[半多](?:月|星期|礼拜|小时|钟头|世纪)|{_any(_CURRENCIES, _COUNTED, _DURATIONS)}"
    rf"|{_SHARES}|(?:{_any(_LATIN)})(?![A-Za-z0-9])|{_any(_MEASURES)}"
    rf"|(?<=[\d ])(?:{_AFTER_DIGITS})"
)
# The first character of a unit is one of all of them: a glance at it spares the long list.
_CHARACTERS = "".join(sorted(set(re.findall(r"[\w%‰]", _EVERY_UNIT))))
_UNIT = rf"(?=[{_CHARACTERS}])(?:{_EVERY_UNIT})"

#: Which comparator the group of a modifier stands for.
COMPARATORS: dict[str, Comparator] = {
    "most": "<=",
    "least": ">=",
    "less": "<",
    "more": ">",
    "about": "~",
    "just": "=",
    "or_more": ">=",
    "or_less": "<=",
    "roughly": "~",
    "fully": "=",
}
# What is negated stands before what it negates.
_MODIFIER = (
    r"(?:(?P<most>不超过|不高于|不多于|不大于|至多|最多|不逾|(?<=[^，,。；;：:、\s])不过)"
    rf"|(?P<least>至少|不低于|不少于|最少|起码|不下于?|(?<!以)(?<!成[百千])上(?={SCALE}))"
    r"|(?P<less>不到|不足|少于|低于|小于|不及|未满|不满)"
    r"|(?P<more>(?<!不)超[过逾出]?|逾|突?破|多于|[高大]于|高过|(?<![超不通经])过(?=[百千万亿半一]))"
    r"|(?P<about>大约|约为|(?<![合条预签契解违制纽邀节])约|将近|接近|(?<![最附邻亲靠])近|大概|差不多)"
    r"|(?P<just>多达|高达))[了有]?"
)
_BEFORE = rf"(?:{_MODIFIER}{_GAP})?"
#: A modifier of a share that stands apart from it: 不超过总股本的17.5%.
APART = re.compile(rf"{_MODIFIER}[\u4e00-\u9fff]{{1,10}}的{_GAP}$")
_AFTER = (
    rf"(?:{_GAP}(?:(?P<or_more>[或及]?以上|或更多)|(?P<or_less>[或及]?以下|[以之]内)"
    r"|(?P<roughly>左右|上下)|(?P<fully>之多)))?"
)
_LINK = rf"{_GAP}(?:至|到|[-~—–]{{1,2}}){_GAP}"
# The unit of a range's first number: 減 15% 至 85 億元 is no range.
_SAME_UNIT = rf"[%％](?={_LINK}{NUMERAL}{_GAP}[%％])|(?![%％])(?:{_UNIT})"
_NOT_ODD = "[成十百千万次个名家种年数项人元样国少为达方半]"

PLACES = re.compile(
    rf"{_BEFORE}{NOT_INSIDE}(?P<number>\d{{1,2}}|{CHINESE_DIGIT}|十){_GAP}位数{_GAP}"
    rf"(?P<unit>{_CURRENCY})?"
)
RANK = re.compile(
    rf"第{_GAP}(?P<number>{NUMERAL}){_GAP}(?P<unit>位|名(?!单)|大)"
    rf"|(?<=[球界国名列居排率洲业场省市港])第(?P<bare>{NUMERAL})(?!\w)"
)
FRACTION = re.compile(
    rf"{_BEFORE}{NOT_INSIDE}(?P<minus>负)?(?P<whole>[\d,]{{1,9}}|[一二三四五六七八九十百千万亿零]{{1,9}})"
    rf"{_GAP}分{_GAP}之{_GAP}(?P<part>{NUMERAL}){_AFTER}"
)
HALF = re.compile(
    rf"{_BEFORE}(?:(?<!第)一半(?![导径])|半数|(?<=[过逾超])半(?![导径年个数天小])"
    r"|(?<![上下前后一大多两夜个\d])半(?P<unit>年(?!度)|个月|个?小时|个?钟头|个?世纪)(?P<odd>多)?)"
    rf"{_AFTER}"
)
_FIRST = (
    "〇零一二三四五六七八九十两百千万亿兆壹贰叁肆伍陆柒捌玖拾佰仟几数负不至最起少低小未超逾突破多高大过约将接近"
    "差上A-Z$¥€£人新美港欧日英-"
)
PLAIN = re.compile(
    rf"(?:(?=[{_FIRST}])|(?<!\d)(?=\d)){_BEFORE}(?:(?P<sign>{_CURRENCY_SIGNS}){_GAP}|{NOT_INSIDE})(?P<minus>负|(?<![0-9A-Za-z%）)])-)?"
    rf"(?P<several>[数几](?={SCALE}))?(?P<number>{NUMERAL})"
    rf"(?:(?P<odd>[多余几]|来(?=[个天年岁])){_GAP}(?P<scale>[百千万亿]{{1,2}}(?!分之))?)?"
    rf"(?:{_GAP}(?:{_SAME_UNIT})?{_LINK}(?P<upper>{NUMERAL}))?"
    rf"(?:{_GAP}(?P<unit>{_UNIT})(?P<half>半(?![导年径数])|(?<=成)[一二三四五六七八九](?!{_NOT_ODD}))?(?P<over>[多余](?!{_NOT_ODD}))?)?"
    rf"{_AFTER}"
)
