"""采纳情况表: what was said of a draft, and what became of it, for everybody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap

import sqlalchemy as sa

from reviewflow import chinese, hearing_rows
from reviewflow.comments.masking import mask_name, mask_text
from reviewflow.consulted import find_consultation
from reviewflow.errors import Missing
from reviewflow.letters.workbook import Sheet
from reviewflow.model.case import Case
from reviewflow.model.consultation import Channel, Comment, Consultation, Sender
from reviewflow.model.hearing_list import HearingOpinion
from reviewflow.model.opinion import Adoption
from reviewflow.queries.consultations import GroupRow, list_groups
from reviewflow.queries.paging import Paging
from reviewflow.work import Work

TITLE = "征求意见采纳情况表"
HEADINGS = (
    *("序号", "意见来源", "方式", "意见内容"),
    *("对应条款", "采纳情况", "理由", "件数"),
)
SHARES = (2, 5, 3, 12, 4, 4, 9, 2)
"""How broad the columns are on paper."""
WHOLE, UNANSWERED, HEARD = "全文", "未答复", "听证会"
SOME = 3
"""How many masked names are told of a group."""

SENDERS = {
    Sender.PUBLIC: "公众",
    Sender.ENTERPRISE: "企业",
    Sender.ASSOCIATION: "协会",
    Sender.DEPARTMENT: "部门",
}
CHANNELS = {
    Channel.WEB: "网上",
    Channel.LETTER: "来信",
    Channel.MAIL: "电子邮件",
    Channel.MEETING: "座谈会",
    Channel.IMPORT: "汇总导入",
}
ADOPTIONS = {
    Adoption.FULL: "采纳",
    Adoption.PARTIAL: "部分采纳",
    Adoption.NONE: "未采纳",
}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of the table: nothing in it names a person."""

    number: int
    source: str
    channels: str
    text: str
    clause: str
    adoption: str
    reason: str
    comments: int

    @property
    def values(self) -> tuple[int | str, ...]:
        """The cells in the order of the headings."""
        return (
            *(self.number, self.source, self.channels, self.text),
            *(self.clause, self.adoption, self.reason, self.comments),
        )


@dataclass(frozen=True, slots=True)
class AdoptionTable:
    """The table of one consultation."""

    consultation: Consultation
    rows: list[TableRow]
    comments: int
    groups: int
    """How many of the rows answer comments; the rest were said at the hearing."""

    @property
    def heard(self) -> int:
        """How many rows were said at the hearing."""
        return len(self.rows) - self.groups

    @property
    def sheet(self) -> Sheet:
        """The table as a sheet of a workbook."""
        return Sheet(TITLE, HEADINGS, [row.values for row in self.rows])


def adoption_table(
    work: Work, consultation: Consultation, cut: Paging | None = None
) -> AdoptionTable:
    """Return the table, or a page of it; what the hearing brought comes last.

    Source: 《重大行政决策程序暂行条例》第十八条（各方面的意见归纳整理、研究论证）.
    """
    groups = list_groups(work, consultation, cut=None if cut is None else cut.window)
    wanted = None if cut is None else [row.group.id for row in groups]
    senders = _senders(work, consultation, wanted)
    first = 1 if cut is None else cut.first + 1
    rows = [
        _row(number, row, senders[row.group.id])
        for number, row in enumerate(groups, start=first)
    ]
    if cut is None or cut.number == cut.pages:
        said = hearing_rows.opinions(work, consultation.case_id)
        rows += starmap(_heard, enumerate(said, start=first + len(rows)))
    return AdoptionTable(
        consultation=consultation,
        rows=rows,
        comments=sum(row.comments for row in groups),
        groups=len(groups),
    )


def find_table(work: Work, case_id: int) -> AdoptionTable:
    """Return the whole table of a case's latest consultation.

    Raises:
        Missing: There is no such case for the actor, or the public was not asked.
    """
    consultation = find_consultation(work, work.get(Case, case_id))
    if consultation is None:
        raise Missing("本事项还没有公开征求意见，没有采纳情况表。")
    return adoption_table(work, consultation)


def _row(number: int, row: GroupRow, comments: Sequence[Comment]) -> TableRow:
    group, names = row.group, [comment.name for comment in comments]
    return TableRow(
        number=number,
        source=_source(comments, row.comments),
        channels="、".join(_unique(CHANNELS[comment.channel] for comment in comments)),
        text=mask_text(group.text, names),
        clause=mask_text(group.clause, names) or WHOLE,
        adoption=ADOPTIONS[group.adoption] if group.adoption else UNANSWERED,
        reason=mask_text(group.reason, names),
        comments=row.comments,
    )


def _heard(number: int, said: HearingOpinion) -> TableRow:
    person = said.participant
    names = [person.name]
    represents = mask_text(person.represents, names)
    return TableRow(
        number=number,
        source=f"听证参加人（{mask_name(person.name)}）"
        + (f"，{represents}" if represents else ""),
        channels=HEARD,
        text=mask_text(said.text, names),
        clause=mask_text(said.clause, names) or WHOLE,
        adoption=ADOPTIONS[said.adoption] if said.adoption else UNANSWERED,
        reason=mask_text(said.reason, names),
        comments=1,
    )


def _source(comments: Sequence[Comment], number: int) -> str:
    sorts = "、".join(_unique(SENDERS[comment.sender] for comment in comments))
    names = _unique(mask_name(comment.name) for comment in comments)
    if not names:
        return sorts
    more = "等" if number > 1 else ""
    return f"{sorts}（{'、'.join(names[:SOME])}{more}）"


def _unique(words: Iterable[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word]


def _senders(
    work: Work, consultation: Consultation, group_ids: Sequence[int] | None
) -> dict[int, list[Comment]]:
    select = sa.select(Comment).where(Comment.consultation_id == consultation.id)
    if group_ids is not None:
        select = select.where(Comment.group_id.in_(group_ids))
    found: dict[int, list[Comment]] = defaultdict(list)
    for comment in work.session.scalars(select.order_by(Comment.number)):
        if comment.group_id is not None:
            found[comment.group_id].append(comment)
    return found


def table_facts(work: Work, table: AdoptionTable) -> list[str]:
    """Return the lines above the table on paper."""
    row, case = table.consultation, work.get(Case, table.consultation.case_id)
    last = row.closed_on or row.ends_on
    days = f"{chinese.day(row.starts_on)}至{chinese.day(last)}" if last else "—"
    counted = f"收到意见：{table.comments} 条，归并为 {table.groups} 组"
    if table.heard:
        counted += f"；听证意见：{table.heard} 条"
    return [
        f"文件名称：{chinese.line(case.title)}",
        f"起草单位：{case.unit.name}　　征求意见时间：{days}　　{counted}",
    ]
