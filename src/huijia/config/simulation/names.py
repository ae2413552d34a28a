"""Names of persons: the commonest surnames, by frequency, with characters given to children.

A name proves nobody: any combination may be the name of a living person. What makes a simulated
person nobody is the identity number (`papers`).
"""

from typing import Final

from huijia.config.simulation.chance import BITS, SIZE, table

# Weights: about how many in a thousand bear each surname.
_COMMON: Final = {
    "王": 72, "李": 71, "张": 67, "刘": 51, "陈": 57, "杨": 30, "黄": 22, "赵": 20, "周": 21,
    "吴": 21, "徐": 17, "孙": 15, "胡": 14, "朱": 14, "高": 11, "林": 14, "何": 11, "郭": 11,
    "马": 10, "罗": 9, "梁": 8, "宋": 7, "郑": 9, "谢": 7, "韩": 6, "唐": 6, "冯": 6, "于": 6,
    "董": 5, "萧": 2, "程": 5, "曹": 5, "袁": 5, "邓": 5, "许": 5, "傅": 4, "沈": 6, "曾": 5,
    "彭": 5, "吕": 5, "苏": 4, "卢": 4, "蒋": 5, "蔡": 4, "贾": 3, "丁": 5, "魏": 4, "薛": 3,
    "叶": 5, "阎": 2, "余": 5, "潘": 4, "杜": 3, "戴": 3, "夏": 3, "钟": 3, "汪": 3, "田": 3,
    "任": 3, "姜": 3, "范": 3, "方": 4, "石": 3, "姚": 3, "谭": 3, "廖": 3, "邹": 3, "熊": 2,
    "金": 4, "陆": 4, "郝": 2, "孔": 2, "白": 2, "崔": 2, "康": 2, "毛": 3, "邱": 3, "秦": 2,
    "江": 2, "史": 2, "顾": 2, "侯": 2, "邵": 3, "孟": 2, "龙": 2, "万": 2, "段": 2, "章": 2,
    "钱": 2, "汤": 2, "尹": 2, "黎": 2, "易": 2, "常": 2, "武": 2, "乔": 1, "贺": 1, "赖": 1,
    "龚": 2, "庞": 1, "樊": 1, "殷": 1, "施": 2, "洪": 2, "翁": 1, "俞": 2, "裘": 1, "竺": 1,
}  # fmt: skip
_COMPOUND: Final = {"欧阳": 5, "上官": 1, "司马": 1, "诸葛": 2, "皇甫": 1, "司徒": 1, "夏侯": 1}
_GIVEN_TO_GIRLS: Final = (
    "婷芳娜静敏丽艳娟霞秀玲燕萍红梅莉兰英华慧巧美雅芝玉茹洁琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞桂娣叶璧璐娅琦晶妍茜"
    "秋珊莎锦黛青倩婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽"
)
_GIVEN_TO_BOYS: Final = (
    "伟强磊军洋勇杰涛明超辉刚平健俊帆飞鹏浩亮峰波斌宇凯鑫龙林建国文志海晓春江东宁毅旭晨阳博达诚振壮会思群豪心邦承乐绍功松善厚"
    "庆民友裕河哲义武新利清彬富顺信子胜学祥才发成康星光天良茂进敬之兴生安山仁世广根全元力永贵福亨恒奇"
)
_UYGUR_FIRST: Final = (
    "阿依古丽", "买买提", "艾力", "热娜", "吐尔逊", "帕丽旦", "库尔班",
    "迪丽拜尔", "玉素甫", "古丽娜",
)  # fmt: skip
_UYGUR_SECOND: Final = (
    "艾合买提", "吾守尔", "亚森", "卡德尔", "托合提", "萨迪克", "依明",
    "热合曼", "达吾提", "尼亚孜",
)  # fmt: skip
_PER_TWO_CHARACTERS: Final = 70
"""Of 512 names, so many have one given character; three are of four characters."""


def _spread(characters: str) -> tuple[str, ...]:
    """Characters met at the beginning of the list are given more often."""
    return table({each: 1.0 + 3.0 / (1 + place / 12) for place, each in enumerate(characters)})


SURNAMES: Final = table(_COMMON)
COMPOUND_SURNAMES: Final = table(_COMPOUND)
GIVEN: Final = {"1": _spread(_GIVEN_TO_BOYS), "2": _spread(_GIVEN_TO_GIRLS)}
_MASK: Final = SIZE - 1


def name(bits: int, sex: str) -> str:
    """The name that 36 bits of chance make for a person of a sex (GB/T 2261.1)."""
    given = GIVEN[sex]
    first = given[bits & _MASK]
    form = bits >> BITS & _MASK
    surname = SURNAMES[bits >> 2 * BITS & _MASK]
    if form < _PER_TWO_CHARACTERS:
        return surname + first
    second = given[bits >> 3 * BITS & _MASK]
    if form > _MASK - 3:
        surname = COMPOUND_SURNAMES[bits >> 2 * BITS & _MASK]
    return surname + first + second


def uygur_name(bits: int) -> str:
    """A name of the form with a middle dot."""
    first, second = bits & 0xFF, bits >> 8 & 0xFF
    return f"{_UYGUR_FIRST[first % 10]}·{_UYGUR_SECOND[second % 10]}"
