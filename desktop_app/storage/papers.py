"""Which papers were made of which case, and what each was made of: its template and what was filled in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, insert, select

from desktop_app.domain.office_records import PaperMade, Problem
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.tables import documents_issued, paper_templates, paper_values, papers

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_COLUMNS = (
    papers.c.form,
    papers.c.case_id,
    papers.c.made,
    papers.c.by,
    papers.c.sha256,
    papers.c.number,
    papers.c.template_sha256,
    papers.c.event_id,
    papers.c.file_name,
    papers.c.joint,
    papers.c.id,
    func.coalesce(documents_issued.c.voided_reason, ""),
)
_NUMBERED = papers.outerjoin(documents_issued, documents_issued.c.number_text == papers.c.number)
_OF_CASE = (
    select(*_COLUMNS)
    .select_from(_NUMBERED)
    .where(papers.c.case_id == bindparam("case"))
    .order_by(papers.c.id)
)
_ONE = (
    select(*_COLUMNS, paper_values.c.filled)
    .select_from(_NUMBERED)
    .outerjoin(
        paper_values,
        (paper_values.c.sha256 == papers.c.sha256)
        & (paper_values.c.template_sha256 == papers.c.template_sha256),
    )
    .where(papers.c.id == bindparam("wanted"))
)
_FILLED = select(paper_values.c.sha256).where(
    paper_values.c.sha256 == bindparam("of_paper"), paper_values.c.template_sha256 == bindparam("of_template")
)
_VALUES = select(paper_values.c.filled).where(
    paper_values.c.sha256 == bindparam("of_paper"), paper_values.c.template_sha256 == bindparam("of_template")
)
_KEPT = select(paper_templates.c.sha256).where(paper_templates.c.sha256 == bindparam("wanted"))
_TEMPLATE = select(paper_templates.c.content).where(paper_templates.c.sha256 == bindparam("wanted"))


class Papers:
    """Records of papers, each with what it takes to make it again to the byte."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, paper: PaperMade) -> None:
        """Records one paper; what was filled in is kept once, however often the same paper is made."""
        self._connection.execute(insert(papers), _to_params(paper))
        if paper.filled:
            self.keep_values(paper.sha256, paper.template_sha256, paper.filled)

    def keep_values(self, sha256: str, template_sha256: str, filled: str) -> None:
        """Keeps what was filled into a template, once; also of a paper that is about no one case."""
        place = {"of_paper": sha256, "of_template": template_sha256}
        if self._connection.execute(_FILLED, place).first() is None:
            row = {"sha256": sha256, "template_sha256": template_sha256, "filled": filled}
            self._connection.execute(insert(paper_values), row)

    def values(self, sha256: str, template_sha256: str) -> str | None:
        """What was filled in where that was kept, as `PaperMade.filled`; else None."""
        place = {"of_paper": sha256, "of_template": template_sha256}
        filled: str | None = self._connection.execute(_VALUES, place).scalar()
        return filled

    def of_case(self, number: str) -> list[PaperMade]:
        """The papers of a case, the first made first, without what was filled in."""
        return [_to_paper(row) for row in self._connection.execute(_OF_CASE, {"case": id_of(number)})]

    def get(self, paper_id: int) -> PaperMade | None:
        """The paper of that id with what was filled in, where that was kept; None where there is none."""
        row = self._connection.execute(_ONE, {"wanted": paper_id}).first()
        return None if row is None else _to_paper(row[:-1], row[-1] or "")

    def keep_template(self, content: bytes) -> str:
        """Keeps a template, once; returns the SHA-256 by which it is found again."""
        sha256 = hashlib.sha256(content).hexdigest()
        if self._connection.execute(_KEPT, {"wanted": sha256}).first() is None:
            self._connection.execute(insert(paper_templates), {"sha256": sha256, "content": content})
        return sha256

    def template(self, sha256: str) -> bytes | None:
        """The template of that digest, or None."""
        content: bytes | None = self._connection.execute(_TEMPLATE, {"wanted": sha256}).scalar()
        return content

    def check(self) -> Iterator[Problem]:
        """Templates that are no longer what their digest says."""
        for sha256, content in self._connection.execute(select(paper_templates)):
            if hashlib.sha256(content).hexdigest() != sha256:
                message = f"文书模板 {sha256[:12]}… 的内容与校验值不符，用它制作的文书不能原样再出。"
                yield Problem("paper", sha256, message)


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
        "joint": paper.joint,
    }


def _to_paper(row: Sequence[Any], filled: str = "") -> PaperMade:
    form, case_id, made, by, sha256, number, template, event_id, file_name, joint, paper_id, voided = row
    return PaperMade(
        form=form,
        case=number_of(case_id),
        made=made,
        by=by,
        sha256=sha256,
        number=number,
        template_sha256=template,
        event_id=event_id,
        file_name=file_name,
        filled=filled,
        joint=joint,
        id=paper_id,
        void=bool(voided),
    )
