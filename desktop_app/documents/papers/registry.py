"""Which module here makes the values of which form."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from desktop_app.documents import paper_catalogue as forms
from desktop_app.documents.fields import fields_of
from desktop_app.documents.papers import (
    approval,
    deadline_note,
    explanation,
    extension,
    file_catalogue,
    file_cover,
    file_note,
    follow_up,
    instruction_report,
    investigation,
    notices,
    private_answer,
    public_reply,
    refusal,
    return_slip,
    rework,
    slip,
    supervision,
    transfer,
)
from desktop_app.documents.papers.covering import covered_values
from desktop_app.documents.recorded_values import Values
from desktop_app.services.papers import PaperSource

_Facts = TypeVar("_Facts")
_Maker = Callable[[PaperSource], Values]


def values_for(source: PaperSource) -> Values:
    """What goes into the template of the paper, covered as each field says, and nothing that it has no field for."""
    form = source.form.form
    known = _known(form)
    made = {name: value for name, value in _MAKERS[form](source).items() if name in known}
    return covered_values(source, made)


@lru_cache
def _known(form: str) -> frozenset[str]:
    return frozenset(field.group or name for name, field in fields_of(form).items())


def _of(facts: Callable[[PaperSource], _Facts], values: Callable[[_Facts], Values]) -> _Maker:
    return lambda source: values(facts(source))


_MAKERS: dict[str, _Maker] = {
    forms.SLIP: _of(slip.slip_facts, slip.slip_values),
    forms.SLIP_ANONYMOUS: _of(slip.slip_facts, slip.slip_values),
    forms.REMINDER: _of(notices.notice_facts, notices.reminder_values),
    forms.URGE: _of(notices.notice_facts, notices.urge_values),
    forms.SUPERVISION_LETTER: _of(supervision.letter_facts, supervision.letter_values),
    forms.SUPERVISION_SLIP: _of(supervision.letter_facts, supervision.supervision_slip_values),
    forms.TRANSFER_LETTER: _of(transfer.transfer_facts, transfer.transfer_letter_values),
    forms.TRANSFER_REPORT: _of(transfer.transfer_facts, transfer.transfer_report_values),
    forms.EXTENSION: _of(extension.extension_facts, extension.extension_values),
    forms.RETURN: _of(return_slip.return_facts, return_slip.return_values),
    forms.REWORK: _of(rework.rework_facts, rework.rework_values),
    forms.REFUSAL: _of(refusal.refusal_facts, refusal.refusal_values),
    forms.PRIVATE_ANSWER: _of(private_answer.private_answer_facts, private_answer.private_answer_values),
    forms.INVESTIGATION: _of(investigation.investigation_facts, investigation.investigation_values),
    forms.EXPLANATION: _of(explanation.explanation_facts, explanation.explanation_values),
    forms.APPROVAL: _of(approval.approval_facts, approval.approval_values),
    forms.REPLY: _of(public_reply.public_reply_facts, public_reply.public_reply_values),
    forms.INSTRUCTION_REPORT: _of(
        instruction_report.instruction_report_facts, instruction_report.instruction_report_values
    ),
    forms.FOLLOW_UP: _of(follow_up.follow_up_facts, follow_up.follow_up_values),
    forms.DEADLINE_NOTE: _of(deadline_note.deadline_note_facts, deadline_note.deadline_note_values),
    forms.FILE_COVER: _of(file_cover.file_cover_facts, file_cover.file_cover_values),
    forms.FILE_CATALOGUE: _of(file_catalogue.file_catalogue_facts, file_catalogue.file_catalogue_values),
    forms.FILE_NOTE: _of(file_note.file_note_facts, file_note.file_note_values),
}
