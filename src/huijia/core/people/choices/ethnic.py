"""The ethnic groups of China (GB/T 3304-1991)."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from huijia.core.people.choices.reading import Reader


class EthnicGroup(TextChoices):
    """GB/T 3304-1991: 56 groups, other groups not yet told apart, naturalised foreigners."""

    HAN = "01", pgettext_lazy("ethnic group", "Han")
    MONGOL = "02", pgettext_lazy("ethnic group", "Mongol")
    HUI = "03", pgettext_lazy("ethnic group", "Hui")
    TIBETAN = "04", pgettext_lazy("ethnic group", "Tibetan")
    UYGUR = "05", pgettext_lazy("ethnic group", "Uygur")
    MIAO = "06", pgettext_lazy("ethnic group", "Miao")
    YI = "07", pgettext_lazy("ethnic group", "Yi")
    ZHUANG = "08", pgettext_lazy("ethnic group", "Zhuang")
    BUYEI = "09", pgettext_lazy("ethnic group", "Buyei")
    KOREAN = "10", pgettext_lazy("ethnic group", "Korean")
    MANCHU = "11", pgettext_lazy("ethnic group", "Manchu")
    DONG = "12", pgettext_lazy("ethnic group", "Dong")
    YAO = "13", pgettext_lazy("ethnic group", "Yao")
    BAI = "14", pgettext_lazy("ethnic group", "Bai")
    TUJIA = "15", pgettext_lazy("ethnic group", "Tujia")
    HANI = "16", pgettext_lazy("ethnic group", "Hani")
    KAZAK = "17", pgettext_lazy("ethnic group", "Kazak")
    DAI = "18", pgettext_lazy("ethnic group", "Dai")
    LI = "19", pgettext_lazy("ethnic group", "Li")
    LISU = "20", pgettext_lazy("ethnic group", "Lisu")
    VA = "21", pgettext_lazy("ethnic group", "Va")
    SHE = "22", pgettext_lazy("ethnic group", "She")
    GAOSHAN = "23", pgettext_lazy("ethnic group", "Gaoshan")
    LAHU = "24", pgettext_lazy("ethnic group", "Lahu")
    SUI = "25", pgettext_lazy("ethnic group", "Sui")
    DONGXIANG = "26", pgettext_lazy("ethnic group", "Dongxiang")
    NAXI = "27", pgettext_lazy("ethnic group", "Naxi")
    JINGPO = "28", pgettext_lazy("ethnic group", "Jingpo")
    KIRGIZ = "29", pgettext_lazy("ethnic group", "Kirgiz")
    TU = "30", pgettext_lazy("ethnic group", "Tu")
    DAUR = "31", pgettext_lazy("ethnic group", "Daur")
    MULAO = "32", pgettext_lazy("ethnic group", "Mulao")
    QIANG = "33", pgettext_lazy("ethnic group", "Qiang")
    BLANG = "34", pgettext_lazy("ethnic group", "Blang")
    SALAR = "35", pgettext_lazy("ethnic group", "Salar")
    MAONAN = "36", pgettext_lazy("ethnic group", "Maonan")
    GELAO = "37", pgettext_lazy("ethnic group", "Gelao")
    XIBE = "38", pgettext_lazy("ethnic group", "Xibe")
    ACHANG = "39", pgettext_lazy("ethnic group", "Achang")
    PUMI = "40", pgettext_lazy("ethnic group", "Pumi")
    TAJIK = "41", pgettext_lazy("ethnic group", "Tajik")
    NU = "42", pgettext_lazy("ethnic group", "Nu")
    UZBEK = "43", pgettext_lazy("ethnic group", "Uzbek")
    RUSSIAN = "44", pgettext_lazy("ethnic group", "Russian")
    EWENKI = "45", pgettext_lazy("ethnic group", "Ewenki")
    DEANG = "46", pgettext_lazy("ethnic group", "Deang")
    BONAN = "47", pgettext_lazy("ethnic group", "Bonan")
    YUGUR = "48", pgettext_lazy("ethnic group", "Yugur")
    GIN = "49", pgettext_lazy("ethnic group", "Gin")
    TATAR = "50", pgettext_lazy("ethnic group", "Tatar")
    DERUNG = "51", pgettext_lazy("ethnic group", "Derung")
    OROQEN = "52", pgettext_lazy("ethnic group", "Oroqen")
    HEZHEN = "53", pgettext_lazy("ethnic group", "Hezhen")
    MONBA = "54", pgettext_lazy("ethnic group", "Monba")
    LHOBA = "55", pgettext_lazy("ethnic group", "Lhoba")
    JINO = "56", pgettext_lazy("ethnic group", "Jino")
    OTHER = "97", pgettext_lazy("ethnic group", "Other")
    NATURALISED = "98", pgettext_lazy("ethnic group", "Naturalised, of foreign descent")


parse_ethnic_group = Reader(
    {
        EthnicGroup.HAN: "汉族 汉",
        EthnicGroup.MONGOL: "蒙古族 蒙古",
        EthnicGroup.HUI: "回族 回",
        EthnicGroup.TIBETAN: "藏族 藏",
        EthnicGroup.UYGUR: "维吾尔族 维吾尔 维族",
        EthnicGroup.MIAO: "苗族 苗",
        EthnicGroup.YI: "彝族 彝",
        EthnicGroup.ZHUANG: "壮族 壮",
        EthnicGroup.BUYEI: "布依族 布依",
        EthnicGroup.KOREAN: "朝鲜族 朝鲜",
        EthnicGroup.MANCHU: "满族 满",
        EthnicGroup.DONG: "侗族 侗",
        EthnicGroup.YAO: "瑶族 瑶",
        EthnicGroup.BAI: "白族 白",
        EthnicGroup.TUJIA: "土家族 土家",
        EthnicGroup.HANI: "哈尼族 哈尼",
        EthnicGroup.KAZAK: "哈萨克族 哈萨克",
        EthnicGroup.DAI: "傣族 傣",
        EthnicGroup.LI: "黎族 黎",
        EthnicGroup.LISU: "傈僳族 傈僳",
        EthnicGroup.VA: "佤族 佤",
        EthnicGroup.SHE: "畲族 畲 畬族 畬",
        EthnicGroup.GAOSHAN: "高山族 高山",
        EthnicGroup.LAHU: "拉祜族 拉祜",
        EthnicGroup.SUI: "水族 水",
        EthnicGroup.DONGXIANG: "东乡族 东乡",
        EthnicGroup.NAXI: "纳西族 纳西",
        EthnicGroup.JINGPO: "景颇族 景颇",
        EthnicGroup.KIRGIZ: "柯尔克孜族 柯尔克孜",
        EthnicGroup.TU: "土族 土",
        EthnicGroup.DAUR: "达斡尔族 达斡尔",
        EthnicGroup.MULAO: "仫佬族 仫佬",
        EthnicGroup.QIANG: "羌族 羌",
        EthnicGroup.BLANG: "布朗族 布朗",
        EthnicGroup.SALAR: "撒拉族 撒拉",
        EthnicGroup.MAONAN: "毛南族 毛南",
        EthnicGroup.GELAO: "仡佬族 仡佬",
        EthnicGroup.XIBE: "锡伯族 锡伯",
        EthnicGroup.ACHANG: "阿昌族 阿昌",
        EthnicGroup.PUMI: "普米族 普米",
        EthnicGroup.TAJIK: "塔吉克族 塔吉克",
        EthnicGroup.NU: "怒族 怒",
        EthnicGroup.UZBEK: "乌孜别克族 乌孜别克",
        EthnicGroup.RUSSIAN: "俄罗斯族 俄罗斯",
        EthnicGroup.EWENKI: "鄂温克族 鄂温克",
        EthnicGroup.DEANG: "德昂族 德昂",
        EthnicGroup.BONAN: "保安族 保安",
        EthnicGroup.YUGUR: "裕固族 裕固",
        EthnicGroup.GIN: "京族 京",
        EthnicGroup.TATAR: "塔塔尔族 塔塔尔",
        EthnicGroup.DERUNG: "独龙族 独龙",
        EthnicGroup.OROQEN: "鄂伦春族 鄂伦春",
        EthnicGroup.HEZHEN: "赫哲族 赫哲",
        EthnicGroup.MONBA: "门巴族 门巴",
        EthnicGroup.LHOBA: "珞巴族 珞巴",
        EthnicGroup.JINO: "基诺族 基诺",
        EthnicGroup.OTHER: "其他 其它 其他民族 未识别民族 未定族称",
        EthnicGroup.NATURALISED: "外国血统中国籍人士 外国血统 入籍 外籍入籍 外国血统入籍",
    }
)
