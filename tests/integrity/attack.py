"""What somebody can do who may write the database and the folder of files."""

import sqlite3
from pathlib import Path


class Attack:
    """A connection past the program: triggers dropped, foreign keys off."""

    def __init__(self, folder: Path) -> None:
        """Open the database of that installation and take off its guards."""
        self.folder = folder
        self._line = sqlite3.connect(folder / "reviewflow.db", isolation_level=None)
        guards = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in self._line.execute(guards).fetchall():
            self._line.execute(f"DROP TRIGGER {name}")

    def run(self, statement: str, **values: object) -> int:
        """Run a statement; return how many rows it touched."""
        return self._line.execute(statement, values).rowcount

    def one(self, statement: str, **values: object) -> str:
        """Return the first column of the first row."""
        return str(self._line.execute(statement, values).fetchone()[0])

    def file(self, case_id: int) -> Path:
        """Return a stored file of that case."""
        of_case = """SELECT v.sha256 FROM document_version v JOIN document d
            ON d.id = v.document_id WHERE d.case_id = :id ORDER BY v.id"""
        digest = self.one(of_case, id=case_id)
        return self.folder / "files" / digest[:2] / digest

    def close(self) -> None:
        """Go away."""
        self._line.close()
