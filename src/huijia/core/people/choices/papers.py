"""Sex (GB/T 2261.1) and the kinds of identity papers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from huijia.core.people.choices.reading import Reader


class Sex(TextChoices):
    """GB/T 2261.1-2003."""

    UNKNOWN = "0", _("unknown")
    MALE = "1", _("male")
    FEMALE = "2", _("female")
    UNSTATED = "9", _("not stated")


class PaperKind(TextChoices):
    """The papers a worker in China identifies with; the codes are our own and stable."""

    RESIDENT = "resident", _("Resident identity card")
    HK_MACAO = "hk_macao", _("Mainland travel permit for Hong Kong and Macao residents")
    TAIWAN = "taiwan", _("Mainland travel permit for Taiwan residents")
    HMT_RESIDENCE = "hmt_permit", _("Residence permit for Hong Kong, Macao or Taiwan residents")
    PERMANENT = "permanent", _("Permanent residence card of a foreigner")
    PASSPORT = "passport", _("Passport")


parse_sex = Reader(
    {
        Sex.UNKNOWN: "未知 未知的性别 不详",
        Sex.MALE: "男 男性 男的 M male 先生",
        Sex.FEMALE: "女 女性 女的 F female 女士",
        Sex.UNSTATED: "未说明 未说明的性别",
    }
)

parse_paper_kind = Reader(
    {
        PaperKind.RESIDENT: "居民身份证 身份证 中华人民共和国居民身份证 二代身份证 第二代居民身份证"
        " 二代居民身份证 公民身份证 公民身份号码 身份证号 身份证号码 内地居民身份证 大陆居民身份证",
        PaperKind.HK_MACAO: "港澳居民来往内地通行证 港澳居民往来内地通行证 港澳通行证 回乡证"
        " 港澳来往内地通行证 港澳居民通行证 来往内地通行证",
        PaperKind.TAIWAN: "台湾居民来往大陆通行证 台湾居民往来大陆通行证 台胞证 台湾通行证"
        " 台湾居民通行证 来往大陆通行证",
        PaperKind.HMT_RESIDENCE: "港澳台居民居住证 港澳台居住证 居住证"
        " 香港居民居住证 澳门居民居住证 台湾居民居住证 港澳居民居住证",
        PaperKind.PERMANENT: "外国人永久居留身份证 外国人永久居留证 永久居留身份证 永久居留证"
        " 外国人居留证 五星卡 永居证 外国人永居证",
        PaperKind.PASSPORT: "护照 普通护照 外国护照 中国护照 passport",
    }
)
