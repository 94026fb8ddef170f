"""The chain of evidence of a case out of storage: its steps, with the papers made and the scans kept of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.domain.evidence import Evidence, KeptFile, evidence_of
from desktop_app.domain.office_records import Attachment, PaperMade
from desktop_app.domain.paper_codes import read_code
from desktop_app.services.case_loading import Loaded


def chain_of(
    loaded: Loaded, papers: Sequence[PaperMade], attachments: Sequence[Attachment], late: Mapping[int, str]
) -> tuple[Evidence, ...]:
    """The whole chain. A scan belongs to the step whose paper's code was read off it when it was filed."""
    codes = {
        event.keys["attachment"]: event.keys["code"]
        for event in loaded.events
        if event.action == "attach" and event.keys.get("code")
    }
    files = [_kept(one, codes.get(str(one.id), "")) for one in attachments]
    return evidence_of(loaded.case, loaded.regulation, papers, files, late)


def _kept(one: Attachment, code: str) -> KeptFile:
    read = read_code(code) if code else None
    added = date.fromisoformat(one.added[:10])
    if read is None:
        return KeptFile(one.name, one.kind, added)
    return KeptFile(one.name, one.kind, added, read.event, read.form)
