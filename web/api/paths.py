"""Which thing an address names, by its parts."""

from typing import ClassVar

from pydantic import BaseModel

from web.api.wire import LARGEST_KEY


class CasePath(BaseModel):
    """Which case."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):case_id>"

    case_id: int


class OpinionPath(CasePath):
    """Which opinion on which case."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):opinion_id>"

    opinion_id: int


class BasisPath(CasePath):
    """Which row of the table of bases of which case."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):basis_id>"

    basis_id: int


class TaskPath(BaseModel):
    """Which task."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):task_id>"

    task_id: int


class FilingPath(BaseModel):
    """Which duty to file."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):filing_id>"

    filing_id: int


class MeetingPath(BaseModel):
    """Which meeting."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):meeting_id>"

    meeting_id: int


class BulletinPath(BaseModel):
    """Which bulletin."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):bulletin_id>"

    bulletin_id: int


class RuleListPath(BaseModel):
    """Which list of rules."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):rule_list_id>"

    rule_list_id: int


class ReportPath(BaseModel):
    """On which year."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):year>"

    year: int


class SendingPath(BaseModel):
    """Which record of the sending of a report."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):sending_id>"

    sending_id: int


class LimitPath(BaseModel):
    """Which limit."""

    RULE: ClassVar = "<limit_id>"

    limit_id: str


class ChangePath(BaseModel):
    """Which change of the law data."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):change_id>"

    change_id: int


class VersionPath(BaseModel):
    """Which version of which document."""

    RULE: ClassVar = (
        f"<int(max={LARGEST_KEY}):document_id>/versions/<int(max={LARGEST_KEY}):number>"
    )

    document_id: int
    number: int


class KindPath(BaseModel):
    """Which kind."""

    RULE: ClassVar = "<key>"

    key: str


class RegisterPath(BaseModel):
    """Which register."""

    RULE: ClassVar = "<register_name>"

    register_name: str


class HearingGroupPath(CasePath):
    """Which group of the hearing of which case."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):group_id>"

    group_id: int


class ParticipantPath(CasePath):
    """Who of those on the lists of the hearing of which case."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):participant_id>"

    participant_id: int


class CataloguePath(BaseModel):
    """Which yearly catalogue."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):catalogue_id>"

    catalogue_id: int


class CatalogueItemPath(BaseModel):
    """Which matter of a yearly catalogue."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):item_id>"

    item_id: int


class CleanupPath(BaseModel):
    """Which clean-up campaign."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):cleanup_id>"

    cleanup_id: int


class CleanupItemPath(BaseModel):
    """Which document of a clean-up campaign."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):cleanup_item_id>"

    cleanup_item_id: int


class LibraryPath(BaseModel):
    """Which document of the library."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):library_id>"

    library_id: int


class LibraryTextPath(LibraryPath):
    """Which version of the published text of which document."""

    VERSION: ClassVar = f"text/<int(max={LARGEST_KEY}):number>"

    number: int


class AssessmentPath(BaseModel):
    """Which post-assessment."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):assessment_id>"

    assessment_id: int


class ReconciliationPath(BaseModel):
    """Which list of issued documents."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):reconciliation_id>"

    reconciliation_id: int


class ReconciliationRowPath(BaseModel):
    """Which row of such a list."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):row_id>"

    row_id: int


class ItemPath(BaseModel):
    """Which item of the plan, by its number there."""

    RULE: ClassVar = f"<int(max={LARGEST_KEY}):item_number>"

    item_number: int
