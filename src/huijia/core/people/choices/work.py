"""How a person works: employment, household, groups in new forms of employment.

The codes are our own and stable; the official collection sheets give words, not codes.
"""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from huijia.core.people.choices.reading import Reader


class EmploymentStatus(TextChoices):
    """就业状态: what decides whether a membership is active or retained."""

    EMPLOYED = "employed", _("employed")
    FLEXIBLE = "flexible", _("in flexible employment")
    OFF_POST = "off_post", _("employed, off the post")
    EARLY_RETIRED = "pre_retired", _("retired within the unit")
    RETIRED = "retired", _("retired")
    UNEMPLOYED = "unemployed", _("unemployed")
    MILITARY = "military", _("in military service")


class HouseholdKind(TextChoices):
    """户籍类型: since 2014 new registers no longer tell town from country."""

    URBAN = "urban", _("urban household")
    RURAL = "rural", _("rural household")
    RESIDENT = "resident", _("resident household, kind not told apart")


class NewEmployment(TextChoices):
    """新就业群体: the eight groups of 2018, the ride-hailing drivers of 2021, and others."""

    TRUCK_DRIVER = "truck", _("truck driver")
    COURIER = "courier", _("courier")
    CARE_WORKER = "care", _("care worker")
    DOMESTIC_WORKER = "domestic", _("domestic worker")
    SHOP_ASSISTANT = "mall", _("shop information assistant")
    DELIVERY_RIDER = "rider", _("delivery rider")
    ESTATE_AGENT = "estate", _("estate agent")
    SECURITY_GUARD = "guard", _("security guard")
    RIDE_HAILING_DRIVER = "ridehail", _("ride-hailing driver")
    OTHER = "other", _("other new form of employment")


EIGHT_GROUPS: Final = frozenset(NewEmployment) - {
    NewEmployment.RIDE_HAILING_DRIVER,
    NewEmployment.OTHER,
}
"""八大群体, whom the national federation asks unions to enrol since 2018."""

KEY_GROUPS: Final = frozenset(
    {
        NewEmployment.TRUCK_DRIVER,
        NewEmployment.RIDE_HAILING_DRIVER,
        NewEmployment.COURIER,
        NewEmployment.DELIVERY_RIDER,
    }
)
"""四类重点群体 of the national campaign since 2021."""


parse_employment_status = Reader(
    {
        EmploymentStatus.EMPLOYED: "在职 在岗 就业 已就业 在业 从业 在职在岗 在岗职工 正常 合同制"
        " 单位就业 正式就业 在编 全日制就业",
        EmploymentStatus.FLEXIBLE: "灵活就业 自由职业 自主就业 个体经营 自主创业 非全日制"
        " 非全日制就业 新就业形态",
        EmploymentStatus.OFF_POST: "待岗 不在岗 离岗 病休 长休 停薪留职 下岗 在职不在岗",
        EmploymentStatus.EARLY_RETIRED: "内退 内部退养 内部退休 离岗退养",
        EmploymentStatus.RETIRED: "退休 离休 离退休 已退休 退职",
        EmploymentStatus.UNEMPLOYED: "失业 未就业 无业 待业 登记失业",
        EmploymentStatus.MILITARY: "服役 服兵役 参军 入伍",
    }
)

parse_household_kind = Reader(
    {
        HouseholdKind.URBAN: "城镇 非农业 非农 城镇户口 非农业户口 非农户口 城市 城市户口 城镇户籍"
        " 非农业家庭户口 非农业集体户口 非农业户籍 本地城镇 外地城镇 本市城镇 外埠城镇",
        HouseholdKind.RURAL: "农业 农村 农村户口 农业户口 农业户籍 农村户籍 农户 农业家庭户口"
        " 农业集体户口 本地农村 外地农村 本市农村 外埠农村",
        HouseholdKind.RESIDENT: "居民户口 居民家庭户口 居民集体户口 统一居民户口 家庭户 集体户"
        " 居民户 居民",
    }
)

parse_new_employment = Reader(
    {
        NewEmployment.TRUCK_DRIVER: "货车司机 货车驾驶员 卡车司机 货运司机 大货车司机",
        NewEmployment.COURIER: "快递员 快递小哥 快递 快递从业人员 快递配送员",
        NewEmployment.CARE_WORKER: "护工护理员 护工 护理员 护工、护理员 护工/护理员 养老护理员",
        NewEmployment.DOMESTIC_WORKER: "家政服务员 家政 家政人员 家政服务人员 家政工",
        NewEmployment.SHOP_ASSISTANT: "商场信息员 商场信息人员 信息员",
        NewEmployment.DELIVERY_RIDER: "网约送餐员 外卖配送员 送餐员 外卖员 外卖送餐员 外卖骑手"
        " 骑手 外卖小哥 网约配送员 餐饮外卖配送员",
        NewEmployment.ESTATE_AGENT: "房产中介员 房产中介 房地产中介 房产中介人员 房产经纪人"
        " 房地产经纪人 房地产中介员",
        NewEmployment.SECURITY_GUARD: "保安员 保安 保安人员",
        NewEmployment.RIDE_HAILING_DRIVER: "网约车司机 网约车驾驶员 网约车 网约出租车司机"
        " 网络预约出租车司机",
        NewEmployment.OTHER: "其他 其它 其他新就业形态劳动者 其他新就业群体 其他新就业形态"
        " 网络主播 代驾 代驾司机 代驾员",
    }
)


_SAID_TO_BE_IN_NONE: Final = frozenset(
    {"否", "无", "不是", "非", "不属于", "没有", "N", "0", "0.0", "/", "—", "-"}
)


def is_said_to_be_none(text: str) -> bool:
    """Whether a cell says that the worker belongs to no such group, which is no mistake."""
    return text.strip() in _SAID_TO_BE_IN_NONE
