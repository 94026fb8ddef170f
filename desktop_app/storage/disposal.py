"""Forgetting what a case holds of its citizen: the events stay, with the digests of their words, the words go.

Salts go with the words: without its salt no digest can be tried against a name that somebody guesses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, exists, func, select, update

from desktop_app.storage.attachment_contents import contents_of
from desktop_app.storage.case_ids import id_of
from desktop_app.storage.tables import attachments, drafts, events, paper_values, papers, protected_words

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection


class Disposal:
    """What is disposed of within one transaction. Files are taken away only once it stands."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        self._connection = connection
        self._contents = contents_of(connection, folder)

    def words(self, number: str) -> int:
        """Disposes of the protected words of every event of the case so far; how many there were."""
        of_case = select(events.c.id).where(events.c.case_id == id_of(number))
        here = and_(protected_words.c.event_id.in_(of_case), protected_words.c.words.is_not(None))
        count = self._connection.execute(
            select(func.count()).select_from(protected_words).where(here)
        ).scalar_one()
        self._connection.execute(update(protected_words).where(here).values(words=None, salt=""))
        return int(count)

    def filled_papers(self, number: str) -> int:
        """Disposes of what was filled into the case's papers, joint ones too; that they were made stays on record."""
        same = and_(
            papers.c.sha256 == paper_values.c.sha256,
            papers.c.template_sha256 == paper_values.c.template_sha256,
            papers.c.case_id == id_of(number),
        )
        return self._connection.execute(delete(paper_values).where(exists().where(same))).rowcount

    def drafts(self, number: str) -> None:
        """Disposes of what anybody typed about the case and never saved."""
        self._connection.execute(delete(drafts).where(drafts.c.case_id == id_of(number)))

    def attachments(self, number: str) -> list[str]:
        """Forgets the scans and files of the case; the names under which they lie, for `remove_files`."""
        here = attachments.c.case_id == id_of(number)
        files = list(self._connection.execute(select(attachments.c.file).where(here)).scalars())
        self._connection.execute(delete(attachments).where(here))
        self._contents.drop_with_rows(files)
        return files

    def remove_files(self, files: list[str]) -> None:
        """Takes away what is not gone with the transaction, once that stands; one that is gone is no fault."""
        self._contents.drop_after_rows(files)
