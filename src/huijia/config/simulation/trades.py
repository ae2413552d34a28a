"""Trades of invented employers, and how the people who work in each are composed."""

from dataclasses import dataclass
from typing import Final

from huijia.config.simulation.chance import table

LOW, MIDDLE, HIGH = 0, 1, 2
"""Leaning of education: 0 mostly school, 1 mixed, 2 mostly university."""


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of employer: the end of its name, its industry letter (GB/T 4754), its people.

    `women` and `share` (of those in the new form of employment `group`) are of a hundred.
    """

    ending: str
    industry: str
    women: int
    leaning: int = MIDDLE
    group: str = ""
    share: int = 0
    kind: str = "private"


ENTERPRISES: Final = {
    Trade("机械有限公司", "C", 28): 12,
    Trade("电器有限公司", "C", 46): 12,
    Trade("模具有限公司", "C", 22): 9,
    Trade("汽车部件有限公司", "C", 30): 9,
    Trade("服饰有限公司", "C", 72, LOW): 7,
    Trade("纺织有限公司", "C", 64, LOW): 5,
    Trade("塑料制品有限公司", "C", 40, LOW): 6,
    Trade("文具有限公司", "C", 55): 5,
    Trade("五金制品有限公司", "C", 33, LOW): 6,
    Trade("电子科技股份有限公司", "C", 45, HIGH): 4,
    Trade("食品有限公司", "C", 58, LOW): 3,
    Trade("精密轴承有限公司", "C", 26, kind="foreign"): 2,
    Trade("建设工程有限公司", "E", 14, LOW): 5,
    Trade("物流有限公司", "G", 16, LOW, "truck", 55): 4,
    Trade("速递有限公司", "G", 15, LOW, "courier", 70): 3,
    Trade("网约车服务有限公司", "G", 7, MIDDLE, "ridehail", 85): 1,
    Trade("餐饮配送有限公司", "H", 12, LOW, "rider", 80): 2,
    Trade("餐饮管理有限公司", "H", 60, LOW): 4,
    Trade("酒店有限公司", "H", 62): 3,
    Trade("保安服务有限公司", "L", 8, LOW, "guard", 75): 2,
    Trade("物业服务有限公司", "K", 48, LOW, "guard", 25): 3,
    Trade("房地产经纪有限公司", "K", 50, MIDDLE, "estate", 70): 1,
    Trade("家政服务有限公司", "O", 88, LOW, "domestic", 78): 2,
    Trade("养老服务有限公司", "Q", 82, LOW, "care", 60): 2,
    Trade("商业广场有限公司", "F", 66, MIDDLE, "mall", 20): 2,
    Trade("贸易有限公司", "F", 52): 6,
    Trade("软件有限公司", "I", 36, HIGH): 4,
    Trade("港务有限公司", "G", 20, kind="state"): 1,
    Trade("能源有限公司", "D", 24, HIGH, kind="state"): 1,
    Trade("会计师事务所", "L", 63, HIGH, kind="social"): 1,
}
PUBLIC: Final = {
    Trade("中心小学", "P", 76, HIGH, kind="institution"): 4,
    Trade("中学", "P", 62, HIGH, kind="institution"): 4,
    Trade("幼儿园", "P", 92, HIGH, kind="institution"): 3,
    Trade("医院", "Q", 74, HIGH, kind="institution"): 3,
    Trade("文化馆", "R", 55, HIGH, kind="institution"): 1,
    Trade("公共事务中心", "S", 46, HIGH, kind="authority"): 3,
}
SMALL: Final = {
    Trade("便利店", "F", 66, LOW, "mall", 12, "household"): 5,
    Trade("小吃店", "H", 52, LOW, "", 0, "household"): 5,
    Trade("快递驿站", "G", 30, LOW, "courier", 66, "household"): 4,
    Trade("外卖站点", "H", 10, LOW, "rider", 82, "household"): 4,
    Trade("家政服务部", "O", 90, LOW, "domestic", 75, "household"): 2,
    Trade("五金加工厂", "C", 26, LOW): 5,
    Trade("制衣厂", "C", 72, LOW): 3,
    Trade("货运部", "G", 12, LOW, "truck", 72, "household"): 2,
}
ENTERPRISE_TABLE: Final = table(ENTERPRISES)
PUBLIC_TABLE: Final = table(PUBLIC)
SMALL_TABLE: Final = table(SMALL)

MARK: Final = "拟"
"""First character of every invented brand: 拟 as in 模拟, simulated. No look-up of a real firm is
needed to see that the record is invented, and the credit code (`papers`) cannot be a real one."""
BRAND: Final = (
    "云禾栀岚舟澜曜屿棠晟霁沐楠桦溪语峤朔澄芷墨霖翎鸢岑颂钰珩筠葵漪钧铄砚苒渝畅骁璟弋霄荟翊苓珂潼曦榕朗岱渊湛昱锐禧泽尚诚"
    "恺铭骏彤盈鸿麟棣桐枫衡韶迅瀚泓珈黛沁茗桥铂锦森垚"
)
LIMITS: Final = {"private": "91", "foreign": "91", "state": "91", "household": "92"} | {
    "institution": "12",
    "authority": "11",
    "social": "52",
}
"""First two characters of a credit code, by the kind of employer (GB 32100)."""
