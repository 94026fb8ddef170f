"""Scans and files that belong to a case."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.case_rows import CaseRow
from desktop_app.domain.office_records import Attachment
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services.case_loading import find_row
from desktop_app.services.journaling import note
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

KINDS = {"signed-reply": "签章答复", "scan": "扫描件", "other": "其他"}
"""What an attachment may be, in the command line's words and in the office's."""


def attach(session: Session, number: str, file: Path, kind: str) -> Attachment:
    """Keep a file with its case, encrypted. Refusal `unknown_case`, `unknown_value`, `wrong_state` for an archived one."""
    with session.change() as work:
        row = find_row(work, number)
        session.require(Right.WORK_ON_CASES)
        if kind not in KINDS:
            raise Refusal("unknown_value", f"没有“{kind}”这种附件；可用：{'、'.join(KINDS)}。")
        refuse_archived(row)
        return keep_in(session, work, row.number, file, file.name, kind)


def refuse_archived(row: CaseRow) -> None:
    """What has been archived is added to only once it was opened again for a recorded reason. Refusal `wrong_state`."""
    if row.archived is not None:
        raise Refusal(
            "wrong_state",
            f"{row.number} 已经归档，案卷不再增减。",
            None,
            "确须补入的，请审核人先“重新办理”到待归档，写明理由。",
        )


def keep_in(
    session: Session,
    work: Work,
    number: str,
    content: Path | bytes,
    name: str,
    kind: str,
    facts: Mapping[str, str] | None = None,
) -> Attachment:
    """The same within a transaction that the caller holds open; `facts` stand in its event besides."""
    kept = work.attachments.add(
        number, content, kind, session.user.name, name=name, added=session.clock.now()
    )
    told = {"as": kind, "sha256": kept.sha256, "attachment": str(kept.id), **(facts or {})}
    note(session, work, "attach", told, {"file": kept.name}, number)
    return kept


def read_attachment(session: Session, number: str, attachment: int) -> bytes:
    """The bytes of one of the case's attachments. Refusal `unknown_value` where it is not of that case."""
    with session.read() as work:
        row = find_row(work, number)
        session.require(Right.SEE_CASES)
        if all(one.id != attachment for one in work.attachments.of_case(row.number)):
            raise Refusal("unknown_value", f"{row.number} 没有这个附件。")
        return work.attachments.read(attachment)
