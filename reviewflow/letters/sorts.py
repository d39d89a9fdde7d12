"""Which sorts of letters there are."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LetterSort:
    """A sort of letter; its name is that of its wording under `letters/`."""

    name: str
    title: str
    short_title: str
    """As names of downloads say it."""
    draft: str
    """What it is called before it counts."""
    final: str
    issuer: str
    """The field that names who issues it."""
    masthead_tail: str = ""
    """文件 in the form of that name; notices take the form of a letter (信函格式)."""
    has_headings: bool = False
    """Its paragraphs begin with headings of their own: 一、 and （一）."""


SORTS: Mapping[str, LetterSort] = {
    sort.name: sort
    for sort in (
        LetterSort(
            name="consultation_notice",
            title="征求意见公告",
            short_title="征求意见公告",
            draft="未发布",
            final="已发布",
            issuer="unit_name",
            has_headings=True,
        ),
        LetterSort(
            name="hearing_notice",
            title="听证公告",
            short_title="听证公告",
            draft="未发布",
            final="已发布",
            issuer="unit_name",
            has_headings=True,
        ),
        LetterSort(
            name="hearing_record",
            title="听证笔录",
            short_title="听证笔录",
            draft="未登记",
            final="已登记",
            issuer="unit_name",
            has_headings=True,
        ),
        LetterSort(
            name="hearing_report",
            title="听证报告",
            short_title="听证报告",
            draft="未提交",
            final="已提交",
            issuer="unit_name",
            has_headings=True,
        ),
        LetterSort(
            name="expert_report",
            title="专家论证报告",
            short_title="专家论证报告",
            draft="未登记采纳情况",
            final="已登记采纳情况",
            issuer="unit_name",
            has_headings=True,
        ),
        LetterSort(
            name="drafting_note",
            title="起草说明",
            short_title="起草说明",
            draft="未送审",
            final="已送审",
            issuer="unit_name",
            has_headings=True,
        ),
        LetterSort(
            name="risk_report",
            title="风险评估报告",
            short_title="风险评估报告",
            draft="风险尚不可控",
            final="已登记",
            issuer="assessor",
            has_headings=True,
        ),
        LetterSort(
            name="submission_letter",
            title="送审函",
            short_title="送审函",
            draft="未签署",
            final="已签署",
            issuer="unit_name",
        ),
        LetterSort(
            name="agenda_request",
            title="提请审议的请示",
            short_title="提请审议的请示",
            draft="未提请",
            final="已提请",
            issuer="unit_name",
            masthead_tail="文件",
            has_headings=True,
        ),
        LetterSort(
            name="meeting_minutes",
            title="会议纪要",
            short_title="会议纪要",
            draft="未记录",
            final="已记录",
            issuer="organ_name",
            has_headings=True,
        ),
        LetterSort(
            name="review_opinion",
            title="合法性审查意见书",
            short_title="审查意见书",
            draft="未签发",
            final="已签发",
            issuer="office_name",
            masthead_tail="文件",
            has_headings=True,
        ),
        LetterSort(
            name="adoption_feedback",
            title="审查意见采纳情况反馈表",
            short_title="采纳情况反馈表",
            draft="未反馈",
            final="已反馈",
            issuer="unit_name",
        ),
        LetterSort(
            name="legal_advice",
            title="法律意见书",
            short_title="法律意见书",
            draft="未签署",
            final="已签署",
            issuer="letterhead",
            has_headings=True,
        ),
        LetterSort(
            name="acceptance_notice",
            title="受理通知书",
            short_title="受理通知书",
            draft="未发出",
            final="已发出",
            issuer="office_name",
        ),
        LetterSort(
            name="case_return_notice",
            title="退回通知书",
            short_title="退回通知书",
            draft="未发出",
            final="已发出",
            issuer="sender_name",
        ),
        LetterSort(
            name="supplement_notice",
            title="材料补正通知书",
            short_title="材料补正通知书",
            draft="未发出",
            final="已发出",
            issuer="office_name",
        ),
        LetterSort(
            name="extension_notice",
            title="延长审查时限通知书",
            short_title="延长审查时限通知书",
            draft="未发出",
            final="已发出",
            issuer="office_name",
        ),
        LetterSort(
            name="issuing_notice",
            title="印发通知",
            short_title="印发通知",
            draft="未公布",
            final="已公布",
            issuer="maker_name",
            masthead_tail="文件",
        ),
        LetterSort(
            name="filing_report",
            title="备案报告",
            short_title="备案报告",
            draft="未报送",
            final="已报送",
            issuer="maker_name",
            masthead_tail="文件",
        ),
        LetterSort(
            name="filing_objection",
            title="备案审查意见书",
            short_title="备案审查意见书",
            draft="未发出",
            final="已发出",
            issuer="authority_name",
        ),
        LetterSort(
            name="registration_notice",
            title="备案登记通知",
            short_title="备案登记通知",
            draft="未登记",
            final="已登记",
            issuer="authority_name",
        ),
        LetterSort(
            name="register_form",
            title="备案登记表",
            short_title="备案登记表",
            draft="未登记",
            final="已登记",
            issuer="authority_name",
        ),
        LetterSort(
            name="correction_notice",
            title="备案补正通知书",
            short_title="备案补正通知书",
            draft="未发出",
            final="已发出",
            issuer="authority_name",
        ),
        LetterSort(
            name="return_notice",
            title="不予备案登记通知书",
            short_title="不予备案登记通知书",
            draft="未发出",
            final="已发出",
            issuer="authority_name",
        ),
        LetterSort(
            name="ending_notice",
            title="失效、废止公告",
            short_title="失效、废止公告",
            draft="未公布",
            final="已公布",
            issuer="maker_name",
        ),
        LetterSort(
            *("erratum_notice", "更正公告", "更正公告", "未公布", "已公布"),
            issuer="maker_name",
        ),
    )
}
