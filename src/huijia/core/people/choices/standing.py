"""Education (GB/T 4658-2006) and political status (GB/T 4762-1984)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from huijia.core.people.choices.reading import Reader


class Education(TextChoices):
    """GB/T 4658-2006. Sheets mostly say the level only: then the group code (20, 30 …) is kept."""

    POSTGRADUATE = "10", _("postgraduate education")
    DOCTOR_GRADUATED = "11", _("doctoral studies, graduated")
    DOCTOR_COMPLETED = "12", _("doctoral studies, completed without graduating")
    DOCTOR_BROKEN_OFF = "13", _("doctoral studies, broken off")
    MASTER_GRADUATED = "14", _("master's studies, graduated")
    MASTER_COMPLETED = "15", _("master's studies, completed without graduating")
    MASTER_BROKEN_OFF = "16", _("master's studies, broken off")
    CLASS_GRADUATED = "17", _("postgraduate class, graduated")
    CLASS_COMPLETED = "18", _("postgraduate class, completed without graduating")
    CLASS_BROKEN_OFF = "19", _("postgraduate class, broken off")
    UNDERGRADUATE = "20", _("undergraduate education")
    UNDERGRADUATE_GRADUATED = "21", _("undergraduate studies, graduated")
    UNDERGRADUATE_COMPLETED = "22", _("undergraduate studies, completed without graduating")
    UNDERGRADUATE_BROKEN_OFF = "23", _("undergraduate studies, broken off")
    ORDINARY_CLASS = "28", _("ordinary university class, graduated")
    COLLEGE = "30", _("college education")
    COLLEGE_GRADUATED = "31", _("college, graduated")
    COLLEGE_COMPLETED = "32", _("college, completed without graduating")
    COLLEGE_BROKEN_OFF = "33", _("college, broken off")
    VOCATIONAL = "40", _("secondary vocational education")
    TECHNICAL_GRADUATED = "41", _("secondary technical school, graduated")
    TECHNICAL_COMPLETED = "42", _("secondary technical school, completed without graduating")
    TECHNICAL_BROKEN_OFF = "43", _("secondary technical school, broken off")
    VOCATIONAL_GRADUATED = "44", _("vocational high school, graduated")
    VOCATIONAL_COMPLETED = "45", _("vocational high school, completed without graduating")
    VOCATIONAL_BROKEN_OFF = "46", _("vocational high school, broken off")
    SKILLED_GRADUATED = "47", _("skilled workers' school, graduated")
    SKILLED_COMPLETED = "48", _("skilled workers' school, completed without graduating")
    SKILLED_BROKEN_OFF = "49", _("skilled workers' school, broken off")
    HIGH_SCHOOL = "60", _("high school education")
    HIGH_SCHOOL_GRADUATED = "61", _("high school, graduated")
    HIGH_SCHOOL_COMPLETED = "62", _("high school, completed without graduating")
    HIGH_SCHOOL_BROKEN_OFF = "63", _("high school, broken off")
    MIDDLE_SCHOOL = "70", _("middle school education")
    MIDDLE_SCHOOL_GRADUATED = "71", _("middle school, graduated")
    MIDDLE_SCHOOL_BROKEN_OFF = "73", _("middle school, broken off")
    PRIMARY_SCHOOL = "80", _("primary school education")
    PRIMARY_SCHOOL_GRADUATED = "81", _("primary school, graduated")
    PRIMARY_SCHOOL_BROKEN_OFF = "83", _("primary school, broken off")
    OTHER = "90", _("other education")


class PoliticalStatus(TextChoices):
    """GB/T 4762-1984."""

    PARTY_MEMBER = "01", _("member of the Communist Party of China")
    PROBATIONARY = "02", _("probationary member of the Communist Party of China")
    YOUTH_LEAGUE = "03", _("member of the Communist Youth League")
    RCCK = "04", _("member of the Revolutionary Committee of the Kuomintang")
    CDL = "05", _("member of the China Democratic League")
    CNDCA = "06", _("member of the National Democratic Construction Association")
    CAPD = "07", _("member of the Association for Promoting Democracy")
    CPWDP = "08", _("member of the Peasants' and Workers' Democratic Party")
    ZHI_GONG = "09", _("member of the Zhi Gong Party")
    JIU_SAN = "10", _("member of the Jiu San Society")
    TAIWAN_LEAGUE = "11", _("member of the Taiwan Democratic Self-Government League")
    NO_PARTY = "12", _("public figure without party")
    MASSES = "13", _("of the masses, without party")


parse_education = Reader(
    {
        Education.POSTGRADUATE: "研究生 研究生教育 硕士及以上 研究生及以上",
        Education.DOCTOR_GRADUATED: "博士 博士研究生 博士研究生毕业 博士毕业 博士生",
        Education.DOCTOR_COMPLETED: "博士研究生结业",
        Education.DOCTOR_BROKEN_OFF: "博士研究生肄业",
        Education.MASTER_GRADUATED: "硕士 硕士研究生 硕士研究生毕业 硕士毕业 硕士生",
        Education.MASTER_COMPLETED: "硕士研究生结业",
        Education.MASTER_BROKEN_OFF: "硕士研究生肄业",
        Education.CLASS_GRADUATED: "研究生班 研究生班毕业",
        Education.CLASS_COMPLETED: "研究生班结业",
        Education.CLASS_BROKEN_OFF: "研究生班肄业",
        Education.UNDERGRADUATE: "本科 大学本科 大学 本科教育 大学本科教育 大本 全日制本科"
        " 在职本科 学士 本科学历 本科及以上",
        Education.UNDERGRADUATE_GRADUATED: "大学本科毕业 本科毕业 大学毕业",
        Education.UNDERGRADUATE_COMPLETED: "大学本科结业 本科结业",
        Education.UNDERGRADUATE_BROKEN_OFF: "大学本科肄业 本科肄业",
        Education.ORDINARY_CLASS: "大学普通班 大学普通班毕业",
        Education.COLLEGE: "专科 大专 大学专科 专科教育 大学专科教育 高职 高职高专 大专学历"
        " 高等职业教育",
        Education.COLLEGE_GRADUATED: "大学专科毕业 专科毕业 大专毕业",
        Education.COLLEGE_COMPLETED: "大学专科结业 专科结业 大专结业",
        Education.COLLEGE_BROKEN_OFF: "大学专科肄业 专科肄业 大专肄业",
        Education.VOCATIONAL: "中职 中等职业教育 中等职业 中专技校 中专/技校 中专、技校",
        Education.TECHNICAL_GRADUATED: "中专 中等专科 中等专科毕业 中专毕业 中等专业学校 中师",
        Education.TECHNICAL_COMPLETED: "中等专科结业 中专结业",
        Education.TECHNICAL_BROKEN_OFF: "中等专科肄业 中专肄业",
        Education.VOCATIONAL_GRADUATED: "职高 职业高中 职业高中毕业 职高毕业",
        Education.VOCATIONAL_COMPLETED: "职业高中结业 职高结业",
        Education.VOCATIONAL_BROKEN_OFF: "职业高中肄业 职高肄业",
        Education.SKILLED_GRADUATED: "技校 技工学校 技工学校毕业 技校毕业",
        Education.SKILLED_COMPLETED: "技工学校结业 技校结业",
        Education.SKILLED_BROKEN_OFF: "技工学校肄业 技校肄业",
        Education.HIGH_SCHOOL: "高中 普通高中 普通高级中学 普通高级中学教育 普高 高级中学",
        Education.HIGH_SCHOOL_GRADUATED: "高中毕业 普通高中毕业",
        Education.HIGH_SCHOOL_COMPLETED: "高中结业 普通高中结业",
        Education.HIGH_SCHOOL_BROKEN_OFF: "高中肄业 普通高中肄业",
        Education.MIDDLE_SCHOOL: "初中 初级中学 初级中学教育 初中及以下",
        Education.MIDDLE_SCHOOL_GRADUATED: "初中毕业",
        Education.MIDDLE_SCHOOL_BROKEN_OFF: "初中肄业",
        Education.PRIMARY_SCHOOL: "小学 小学教育 小学及以下",
        Education.PRIMARY_SCHOOL_GRADUATED: "小学毕业",
        Education.PRIMARY_SCHOOL_BROKEN_OFF: "小学肄业",
        Education.OTHER: "其他 其它 文盲 半文盲 文盲或半文盲 无 无学历",
    }
)

parse_political_status = Reader(
    {
        PoliticalStatus.PARTY_MEMBER: "中共党员 党员 中国共产党党员 共产党员 中共正式党员 正式党员",
        PoliticalStatus.PROBATIONARY: "中共预备党员 预备党员 中国共产党预备党员",
        PoliticalStatus.YOUTH_LEAGUE: "共青团员 团员 中国共产主义青年团团员",
        PoliticalStatus.RCCK: "民革党员 民革 民革会员 中国国民党革命委员会会员",
        PoliticalStatus.CDL: "民盟盟员 民盟 中国民主同盟盟员",
        PoliticalStatus.CNDCA: "民建会员 民建 中国民主建国会会员",
        PoliticalStatus.CAPD: "民进会员 民进 中国民主促进会会员",
        PoliticalStatus.CPWDP: "农工党党员 农工党 农工民主党 中国农工民主党党员",
        PoliticalStatus.ZHI_GONG: "致公党党员 致公党 中国致公党党员",
        PoliticalStatus.JIU_SAN: "九三学社社员 九三学社 九三",
        PoliticalStatus.TAIWAN_LEAGUE: "台盟盟员 台盟 台湾民主自治同盟盟员",
        PoliticalStatus.NO_PARTY: "无党派人士 无党派 无党派民主人士",
        PoliticalStatus.MASSES: "群众 普通群众 一般群众 普通公民",
    }
)
