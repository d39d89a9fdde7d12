"""The columns of a ledger: what stands in each, and how they hang together."""

from typing import NamedTuple

from reviewflow.comments.sheets import Layout


class Column(NamedTuple):
    """One column of the sheet, and what is told of it in the template."""

    heading: str
    hint: str

    @property
    def is_required(self) -> bool:
        """Every row has to fill it in."""
        return self.heading in REQUIRED

    @property
    def longest(self) -> int:
        """How many characters it may have."""
        return SHORT if self.heading in (NUMBER, REGISTER_NUMBER) else LONG


class FilingColumns(NamedTuple):
    """The columns that tell of the filings with one organ, in the order of the days."""

    organ: str
    sent: str
    returned: str
    sent_again: str
    asked: str
    """The day it asked for a supplement; of a rule, deferred its registration."""
    corrected: str
    registered: str
    return_reason: str = ""
    """Where the reason stands, if there is a column for it; so the next two."""
    ask_reason: str = ""
    register_number: str = ""

    @property
    def days(self) -> tuple[str, ...]:
        """The columns of days."""
        return self[1:7]

    @property
    def order(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The later day, and those it may not come before."""
        return (
            (self.sent, (PUBLISHED,)),
            (self.returned, (self.sent,)),
            (self.sent_again, (self.returned,)),
            (self.asked, (self.sent, self.sent_again)),
            (self.corrected, (self.asked,)),
            (self.registered, (self.sent, self.sent_again, self.corrected)),
        )

    @property
    def needs(self) -> tuple[tuple[str, str], ...]:
        """What is filled in, and what has to be filled in with it."""
        return (
            (self.returned, self.sent),
            (self.sent_again, self.returned),
            (self.asked, self.sent),
            (self.corrected, self.asked),
            (self.registered, self.sent),
        )


SHORT, LONG = 60, 200
TITLE, NUMBER, KIND, MAKER = "文件名称", "文号", "类别", "制定机关"
DRAFTING, MEETING, DECIDED = "起草单位", "审议会议", "审议日期"
REVIEWED, CONCLUSION = "审查日期", "审查结论"
PUBLISHED, CHANNEL, EFFECTIVE, UNTIL = "公布日期", "公布渠道", "施行日期", "有效期至"
SENT, RETURNED, RETURN_REASON = "报送日期", "退回日期", "退回理由"
SENT_AGAIN, ASKED, ASK_REASON = "重新报送日期", "补正通知日期", "补正理由"
CORRECTED, REGISTERED, REGISTER_NUMBER = "补正日期", "登记日期", "登记号"
TO_CONGRESS, BY_CONGRESS = "报人大日期", "人大登记日期"
JOINT = "联合制定机关"
GOVERNMENT = FilingColumns(
    *("备案机关", SENT, RETURNED, SENT_AGAIN, ASKED, CORRECTED, REGISTERED),
    *(RETURN_REASON, ASK_REASON, REGISTER_NUMBER),
)
CONGRESS = FilingColumns(
    *("人大常委会", TO_CONGRESS, "人大退回日期", "重报人大日期"),
    *("人大通知补正日期", "人大补正日期", BY_CONGRESS),
)
NATION = FilingColumns(
    *("国务院", "报国务院日期", "国务院退回日期", "重报国务院日期"),
    *("国务院暂缓日期", "补报国务院日期", "国务院登记日期"),
)
PROVINCE = FilingColumns(
    *("省人民政府", "报省政府日期", "省政府退回日期", "重报省政府日期"),
    *("省政府暂缓日期", "补报省政府日期", "省政府登记日期"),
)
ABOVE = FilingColumns(
    *("省人大常委会", "报省人大日期", "省人大退回日期", "重报省人大日期"),
    *("省人大暂缓日期", "补报省人大日期", "省人大登记日期"),
)
RULE_FILINGS = (NATION, PROVINCE, ABOVE)
"""Organs with which only rules are filed."""
FILINGS = (GOVERNMENT, CONGRESS, *RULE_FILINGS)

REQUIRED = (TITLE, NUMBER, KIND, MAKER, PUBLISHED, EFFECTIVE)


def _of_rules(filing: FilingColumns) -> tuple[Column, ...]:
    """Return what the template says of the filings of a rule with an organ."""
    hints = (
        f"向{filing.organ}报送的日期；没有报送的不填。",
        "不予备案登记、退回的日期；没有退回的不填。",
        "退回后重新报送的日期。",
        "收到暂缓办理备案登记通知的日期；没有暂缓的不填。",
        "暂缓后补充或者重新报送的日期；没有补报的不填，到期即为逾期未补正。",
        f"{filing.organ}登记的日期；还没有登记的不填。",
    )
    named = zip(filing.days, hints, strict=True)
    return tuple(Column(heading, f"只填政府规章：{hint}") for heading, hint in named)


COLUMNS = (
    Column(TITLE, "与公布的文本一致，不带书名号。"),
    Column(
        NUMBER,
        "发文字号，例如：六政办〔2024〕15号；政府规章填令号，例如："
        "六安市人民政府令第12号。每件一个，不能重复。",
    ),
    Column(KIND, "填“政府规范性文件”“部门规范性文件”或者“政府规章”。"),
    Column(MAKER, "机构名册中的全称或者简称；联合制定的填主办机关。"),
    Column(DRAFTING, "全称或者简称；不填的，为制定机关，政府的文件为其办公机构。"),
    Column(REVIEWED, "出具合法性审查意见的日期。"),
    Column(CONCLUSION, "填“合法”“应当予以修改”或者“不合法”。"),
    Column(MEETING, "审议的会议，例如：市政府第50次常务会议。"),
    Column(DECIDED, "会议审议的日期。"),
    Column(PUBLISHED, "例如：2024-01-15。报备期限从这一天起算。"),
    Column(CHANNEL, "例如：市政府网站。"),
    Column(EFFECTIVE, "例如：2024-03-01。"),
    Column(UNTIL, "文件没有写明的不填。"),
    Column(SENT, "首次向政府系统的备案机关报送的日期；没有报送的不填，到期即为未报。"),
    Column(RETURNED, "因报送途径错误被退回的日期；没有退回的不填。"),
    Column(RETURN_REASON, "退回的理由。"),
    Column(SENT_AGAIN, "退回后重新报送的日期。"),
    Column(ASKED, "备案机关通知补正的日期；没有要求补正的不填。"),
    Column(ASK_REASON, "通知补正的理由。"),
    Column(CORRECTED, "补正材料送达的日期。"),
    Column(REGISTERED, "备案机关登记的日期；还没有登记的不填。"),
    Column(REGISTER_NUMBER, "备案登记号；台账没有的不填，系统不代为编号。"),
    Column(TO_CONGRESS, "向同级人大常委会报送的日期；没有报送的不填，到期即为未报。"),
    Column(CONGRESS.returned, "人大常委会退回的日期；没有退回的不填。"),
    Column(CONGRESS.sent_again, "退回后重新报送的日期。"),
    Column(
        CONGRESS.asked,
        "人大常委会通知补正的日期，政府规章填通知暂缓登记的日期；没有的不填。",
    ),
    Column(CONGRESS.corrected, "补正材料送达的日期，政府规章填补报的日期。"),
    Column(BY_CONGRESS, "人大常委会登记的日期。"),
    Column(JOINT, "与主办机关联合制定的其他机关，用顿号隔开；没有的不填。"),
    *(column for filing in RULE_FILINGS for column in _of_rules(filing)),
)
OF_RULES = tuple(heading for filing in RULE_FILINGS for heading in filing.days)
"""Columns that only rules fill in: they are filed with four organs."""
NOT_OF_RULES = (
    *(SENT, RETURNED, RETURN_REASON, SENT_AGAIN, ASKED, ASK_REASON),
    *(CORRECTED, REGISTERED, REGISTER_NUMBER, JOINT),
)
"""Columns that rules leave empty."""
ADDED = (JOINT, *CONGRESS.days[1:5], *OF_RULES)
"""Columns that ledgers filled in for earlier templates do not have."""

DATES = (
    *(REVIEWED, DECIDED, PUBLISHED, EFFECTIVE, UNTIL),
    *(heading for filing in FILINGS for heading in filing.days),
)
AHEAD = (EFFECTIVE, UNTIL)
"""Days that may lie ahead; the others have been."""

ORDER = (
    # the later day, and those it may not come before
    (PUBLISHED, (REVIEWED, DECIDED)),
    (EFFECTIVE, (PUBLISHED,)),
    (UNTIL, (EFFECTIVE,)),
    *(one for filing in FILINGS for one in filing.order),
)

NEEDS = (
    # what is filled in, and what has to be filled in with it
    (CONCLUSION, REVIEWED),
    (REVIEWED, CONCLUSION),
    (RETURN_REASON, RETURNED),
    (ASK_REASON, ASKED),
    (REGISTER_NUMBER, REGISTERED),
    *(one for filing in FILINGS for one in filing.needs),
)

CONCLUSIONS = {"合法": "LEGAL", "应当予以修改": "REVISE", "不合法": "ILLEGAL"}

MOST_ROWS = 5_000
LAYOUT = Layout(
    tuple(column.heading for column in COLUMNS),
    "表格里没有文件，请从第 2 行起逐行填写，一件文件一行。",
    MOST_ROWS,
    ADDED,
    "台账",
)
