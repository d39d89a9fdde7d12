"""How documents of a case look."""

from typing import Any

from pydantic import Field

from web.api.wire import Answer, Body, Instant


class DocumentVersion(Answer):
    """One upload."""

    number: int
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    uploaded_at: Instant
    uploaded_by_id: int


class Document(Answer):
    """One item of a dossier; its last version counts."""

    id: int
    case_id: int
    role: str
    title: str
    versions: list[DocumentVersion]


class Upload(Body):
    """A file, and which item of the dossier it is."""

    role: str = Field(max_length=100)
    file: Any = Field(json_schema_extra={"type": "string", "format": "binary"})
