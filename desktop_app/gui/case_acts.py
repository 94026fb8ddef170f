"""What the page of a case has done for it by services, and how it is told afterwards. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date

from desktop_app.domain.corrections import CORRECT
from desktop_app.domain.wording import long_date
from desktop_app.errors import StorageProblem
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_shapes import ActionForm
from desktop_app.gui.messages import Message
from desktop_app.services.case_view import CaseView
from desktop_app.services.cases import Done, act
from desktop_app.services.drafts import drop_draft
from desktop_app.services.session import Session

_EVENT, _SEEN = "event", "version"
UNDO_REASON = "当即撤销"


def do(
    session: Session, number: str, action: str, keys: Mapping[str, str], on: date, seen: int | None = None
) -> Done:
    """Record the step, `seen` as in `cases.act`; what had been typed for it is no draft any more."""
    done = act(session, number, action, keys, on, seen=seen)
    with suppress(StorageProblem):  # the step stands, and must not be told as failed for a draft that stays
        drop_draft(session, number, action)
    return done


def numbers_touched(file: CaseFile, keys: Mapping[str, str]) -> frozenset[str]:
    """The case, those answered together with it, and the one that the step names: all may change with it."""
    case = file.view.case
    named = (keys.get("of", ""), case.linked_to, *case.linked)
    return frozenset((file.number, *filter(None, named)))


def undo(session: Session, done: Done) -> Done:
    """Void the step just recorded. Refusal `Overtaken` where others went on from there."""
    keys = {"event": str(done.event), "reason": UNDO_REASON}
    return act(session, done.number, CORRECT, keys, seen=done.event)


def as_draft(form: ActionForm, values: Mapping[str, str], seen: int = 0) -> dict[str, str]:
    """What is worth keeping: nothing where all stands as it was proposed. `seen` is the version it was typed on."""
    if all(values.get(field.name, "") == field.default for field in form.fields):
        return {}
    marks = {_EVENT: form.event, _SEEN: seen}
    return {**values, **{name: str(mark) for name, mark in marks.items() if mark}}


def draft_for(form: ActionForm, file: CaseFile) -> dict[str, str]:
    """The draft that belongs to this form; that of another event's correction does not."""
    draft = dict(file.drafts.get(form.action, {}))
    draft.pop(_SEEN, None)
    return draft if int(draft.pop(_EVENT, "0") or 0) == form.event else {}


def version_typed_on(action: str, file: CaseFile) -> int:
    """The version of the case on which the draft of that step was typed; the present one where there is none."""
    return int(file.drafts.get(action, {}).get(_SEEN, "0") or 0) or file.view.version


def drafts_with(file: CaseFile, action: str, draft: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    others = {name: one for name, one in file.drafts.items() if name != action}
    return {**others, action: draft} if draft else others


def with_revealed(file: CaseFile, revealed: CaseView | None) -> CaseFile:
    """The file with what the operator revealed of this case in the clear; what came since stays masked."""
    if revealed is None or revealed.row.number != file.number:
        return file
    known = {event.id: event.keys for event in revealed.events}
    events = tuple(replace(one, keys=known.get(one.id, one.keys)) for one in file.view.events)
    # A step taken since is masked in the case as well, and so then is the whole of it.
    case = file.view.case if any(one.id not in known for one in file.view.events) else revealed.case
    view = replace(file.view, message=revealed.message, events=events, case=case, revealed=True)
    situation = replace(file.situation, case=case, citizen=revealed.message.citizen)
    return replace(file, view=view, situation=situation)


def done_message(form: ActionForm, before: CaseFile, done: Done, undo: Callable[[], None] | None) -> Message:
    """``2026-0312 “交办”已记下，通民盼办〔2026〕118号，现为“待签收”，2026年10月16日到期。``"""
    document = f"，{done.document}" if done.document else ""
    moved = done.due is not None and done.due != before.view.row.due
    due = f"，{long_date(done.due)}到期" if moved and done.due is not None else ""
    what = "已更正" if form.action == CORRECT else f"“{form.title}”已记下"
    return Message(f"{done.number} {what}{document}，现为“{done.status}”{due}。", "done", None, undo)


def undone_message(done: Done) -> Message:
    return Message(
        f"{done.number} 已撤销刚才的登记，现为“{done.status}”。原记录留在经过里，注明作废。", "done"
    )
