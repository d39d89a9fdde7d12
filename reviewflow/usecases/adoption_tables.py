"""The adoption table as a document of the dossier."""

from reviewflow.consulted import may_consult
from reviewflow.errors import Refused
from reviewflow.model.case import Case
from reviewflow.model.document import DocumentVersion
from reviewflow.usecases.documents import Upload, attach_document
from reviewflow.work import Work

ROLE = "adoption_table"


def file_table(work: Work, case_id: int, upload: Upload) -> DocumentVersion:
    """Put the table made from the answers into the dossier.

    Raises:
        Missing, Conflict, Invalid: As `attach_document`.
        Refused: The actor does not draft in the unit that asked, or has no task.
    """
    if not may_consult(work.actor, work.get(Case, case_id)):
        raise Refused("采纳情况表由起草单位存入，请联系起草承办人。")
    return attach_document(work, case_id, ROLE, upload)
