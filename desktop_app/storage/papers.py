"""Which papers were made of which case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select

from desktop_app.domain.office_records import PaperMade
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.tables import papers

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_OF_CASE = (
    select(
        papers.c.form,
        papers.c.case_id,
        papers.c.made,
        papers.c.by,
        papers.c.sha256,
        papers.c.number,
        papers.c.template_sha256,
        papers.c.event_id,
        papers.c.file_name,
    )
    .where(papers.c.case_id == bindparam("case"))
    .order_by(papers.c.id)
)


class Papers:
    """Records of papers; the papers themselves are made anew from the events whenever they are wanted."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, paper: PaperMade) -> None:
        """Records one paper."""
        self.add_many([paper])

    def add_many(self, made: Sequence[PaperMade]) -> None:
        """Records a batch of papers."""
        if made:
            self._connection.execute(insert(papers), [_to_params(paper) for paper in made])

    def of_case(self, number: str) -> list[PaperMade]:
        """The papers of a case, the first made first."""
        return [_to_paper(row) for row in self._connection.execute(_OF_CASE, {"case": id_of(number)})]


def _to_params(paper: PaperMade) -> dict[str, Any]:
    return {
        "case_id": id_of(paper.case),
        "form": paper.form,
        "number": paper.number,
        "made": paper.made,
        "by": paper.by,
        "sha256": paper.sha256,
        "template_sha256": paper.template_sha256,
        "event_id": paper.event_id,
        "file_name": paper.file_name,
    }


def _to_paper(row: Sequence[Any]) -> PaperMade:
    form, case_id, made, by, sha256, number, template_sha256, event_id, file_name = row
    return PaperMade(form, number_of(case_id), made, by, sha256, number, template_sha256, event_id, file_name)
