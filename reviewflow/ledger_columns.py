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
TO_NATION, BY_NATION = "报国务院日期", "国务院登记日期"
TO_PROVINCE, BY_PROVINCE = "报省政府日期", "省政府登记日期"
TO_ABOVE, BY_ABOVE = "报省人大日期", "省人大登记日期"

REQUIRED = (TITLE, NUMBER, KIND, MAKER, PUBLISHED, EFFECTIVE)

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
    Column(BY_CONGRESS, "人大常委会登记的日期。"),
    Column(JOINT, "与主办机关联合制定的其他机关，用顿号隔开；没有的不填。"),
    Column(TO_NATION, "只填政府规章：向国务院报送的日期；没有报送的不填。"),
    Column(BY_NATION, "只填政府规章：国务院备案机构登记的日期。"),
    Column(TO_PROVINCE, "只填政府规章：向省人民政府报送的日期；没有报送的不填。"),
    Column(BY_PROVINCE, "只填政府规章：省政府登记的日期。"),
    Column(TO_ABOVE, "只填政府规章：向省人大常委会报送的日期；没有报送的不填。"),
    Column(BY_ABOVE, "只填政府规章：省人大常委会登记的日期。"),
)
OF_RULES = (TO_NATION, BY_NATION, TO_PROVINCE, BY_PROVINCE, TO_ABOVE, BY_ABOVE)
"""Columns that only rules fill in: they are filed with four organs."""
NOT_OF_RULES = (
    *(SENT, RETURNED, RETURN_REASON, SENT_AGAIN, ASKED, ASK_REASON),
    *(CORRECTED, REGISTERED, REGISTER_NUMBER, JOINT),
)
"""Columns that rules leave empty."""
ADDED = (JOINT, *OF_RULES)
"""Columns that ledgers filled in for earlier templates do not have."""

DATES = (
    *(REVIEWED, DECIDED, PUBLISHED, EFFECTIVE, UNTIL, SENT, RETURNED, SENT_AGAIN),
    *(ASKED, CORRECTED, REGISTERED, TO_CONGRESS, BY_CONGRESS),
    *OF_RULES,
)
AHEAD = (EFFECTIVE, UNTIL)
"""Days that may lie ahead; the others have been."""

ORDER = (
    # the later day, and those it may not come before
    (PUBLISHED, (REVIEWED, DECIDED)),
    (EFFECTIVE, (PUBLISHED,)),
    (UNTIL, (EFFECTIVE,)),
    (SENT, (PUBLISHED,)),
    (RETURNED, (SENT,)),
    (SENT_AGAIN, (RETURNED,)),
    (ASKED, (SENT, SENT_AGAIN)),
    (CORRECTED, (ASKED,)),
    (REGISTERED, (SENT, SENT_AGAIN, CORRECTED)),
    (TO_CONGRESS, (PUBLISHED,)),
    (BY_CONGRESS, (TO_CONGRESS,)),
    (TO_NATION, (PUBLISHED,)),
    (BY_NATION, (TO_NATION,)),
    (TO_PROVINCE, (PUBLISHED,)),
    (BY_PROVINCE, (TO_PROVINCE,)),
    (TO_ABOVE, (PUBLISHED,)),
    (BY_ABOVE, (TO_ABOVE,)),
)

NEEDS = (
    # what is filled in, and what has to be filled in with it
    (CONCLUSION, REVIEWED),
    (REVIEWED, CONCLUSION),
    (RETURNED, SENT),
    (RETURN_REASON, RETURNED),
    (SENT_AGAIN, RETURNED),
    (ASKED, SENT),
    (ASK_REASON, ASKED),
    (CORRECTED, ASKED),
    (REGISTERED, SENT),
    (REGISTER_NUMBER, REGISTERED),
    (BY_CONGRESS, TO_CONGRESS),
    (BY_NATION, TO_NATION),
    (BY_PROVINCE, TO_PROVINCE),
    (BY_ABOVE, TO_ABOVE),
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
