"""Recording a step on a case: the one way in which a case changes.

One act, one transaction: checked against the rules, numbered and chained in the journal, projected, indexed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.domain.accused_guards import refuse_newly_barred
from desktop_app.domain.actions import ACTIONS, NO, YES, Key, KeyKind
from desktop_app.domain.case import Case
from desktop_app.domain.corrections import CORRECT, WITH, Step, effective_steps, standing_corrections
from desktop_app.domain.events import Event
from desktop_app.domain.history import DOCUMENT, REGISTER, apply
from desktop_app.domain.message_text import well_formed
from desktop_app.domain.messages import Message
from desktop_app.domain.projection import row_of
from desktop_app.domain.regulation import ActionRule, Regulation
from desktop_app.domain.situation import Situation
from desktop_app.domain.step_dates import check_dates
from desktop_app.domain.word_answers import CLEARED, with_answers
from desktop_app.domain.workflow import STAYS, check_role, check_state, find_rule, prepare, replayed
from desktop_app.errors import Refusal
from desktop_app.services import duplicates
from desktop_app.services.case_loading import Loaded, load_case, situation_of
from desktop_app.services.document_numbers import settle_numbers, with_document
from desktop_app.services.figure_facts import keep
from desktop_app.services.journaling import note
from desktop_app.services.overtaken import refuse_if_overtaken
from desktop_app.services.pressure import deliver
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a step: the case's number, its state now, the event recorded, the due date that stands."""

    number: str
    status: str
    event: int
    due: date | None
    document: str = ""


def act(
    session: Session,
    number: str,
    action: str,
    keys: Mapping[str, str],
    on: date | None = None,
    *,
    seen: int | None = None,
) -> Done:
    """Record one step that happened on `on` (default today). Raises a Refusal; then nothing has changed.

    `seen` is the version in which the case was shown (`CaseView.version`), or any later event: where somebody else
    has recorded something on it since, the Refusal is `Overtaken`. None: whatever stands there now.
    """
    with session.change() as work:
        return act_in(session, work, number, action, keys, on or session.today, seen=seen)


def act_in(
    session: Session,
    work: Work,
    number: str,
    action: str,
    keys: Mapping[str, str],
    on: date,
    *,
    seen: int | None = None,
) -> Done:
    """The same within a transaction that the caller holds open."""
    loaded = load_case(work, number)
    refuse_if_overtaken(session, work, loaded, seen)
    if action == CORRECT:
        situation = situation_of(session, work, loaded, _cases_named(loaded, keys))
        done = _correct(session, work, loaded, situation, keys, on)
        duplicates.retie(session, work, loaded, load_case(work, done.number), on)
        return done
    situation = situation_of(session, work, loaded, case_words(action, keys))
    keys = _with_answers(session, situation, action, keys)
    step = prepare(situation, action, keys, on, session.roles)
    done = record_prepared(session, work, loaded, with_document(session, work, loaded, step))
    deliver(session, work, loaded, step)
    return duplicates.follow(session, work, loaded, step, done)


def _with_answers(
    session: Session, situation: Situation, action: str, keys: Mapping[str, str]
) -> Mapping[str, str]:
    """Protected words answered one by one; before them comes what every step is asked first."""
    if keys.get(CLEARED, "").strip() in ("", YES, NO):
        return keys
    rule = find_rule(situation.regulation, action)
    check_role(rule, session.roles)
    check_state(situation.case, situation.regulation, rule)
    return with_answers(situation, action, keys)


def record_prepared(session: Session, work: Work, loaded: Loaded, step: Step) -> Done:
    """Write down a step that was prepared: journal, projection, index. The caller gave it its document number."""
    event = _append(session, work, loaded.case.number, step.action, step.on, step.keys)
    step = replace(step, id=event.id)
    settle_numbers(work, loaded, [*loaded.steps, step])
    case = apply(loaded.case, step, loaded.regulation)
    return settle(session, work, loaded, case, event, step.get(DOCUMENT))


def case_words(action: str, keys: Mapping[str, str]) -> list[str]:
    """The words among a step's keys that name other cases."""
    shape = ACTIONS.get(action)
    named = [key.name for key in shape.keys if key.kind is KeyKind.CASE] if shape is not None else []
    return [keys[name].strip() for name in named if keys.get(name, "").strip()]


def _cases_named(loaded: Loaded, keys: Mapping[str, str]) -> list[str]:
    """Other cases that any step of the history names, or its correction would."""
    recorded = [word for step in loaded.steps for word in case_words(step.action, step.keys)]
    return [*recorded, *(keys[name] for name in ("of",) if keys.get(name))]


def _append(
    session: Session, work: Work, number: str, action: str, on: date, keys: Mapping[str, str]
) -> Event:
    protected = {name: value for name, value in keys.items() if is_protected(action, name)}
    facts = {name: value for name, value in keys.items() if name not in protected}
    return note(session, work, action, facts, protected, number, on)


def is_protected(action: str, name: str) -> bool:
    """Whether a key is free text that may name a citizen, and so lies beside the journal."""
    if action == CORRECT and name.startswith(WITH):
        bare = name.removeprefix(WITH)
        return any(_is_text(key) for shape in ACTIONS.values() if (key := shape.key(bare)) is not None)
    shape = ACTIONS.get(action)
    key = shape.key(name) if shape is not None else None
    return key is not None and _is_text(key)


def _is_text(key: Key) -> bool:
    return key.kind is KeyKind.TEXT


def settle(
    session: Session, work: Work, loaded: Loaded, case: Case, event: Event, document: str = ""
) -> Done:
    """Let row, figures and search index be what the case has become by the event, in the journal already."""
    row = row_of(case, loaded.message, loaded.regulation, session.calendar(), loaded.row.batch)
    if row != loaded.row:
        work.cases.update(row)
    keep(session, work, case, loaded.message, loaded.regulation, event.id)
    texts = searchable(loaded.message, case)
    if texts != searchable(loaded.message, loaded.case):
        work.search.put(case.number, texts)
    return Done(case.number, case.status, event.id, row.due, document)


def searchable(message: Message, case: Case) -> list[str]:
    """What a search looks through: title, text, replies, numbers, units."""
    texts = [message.title, message.text, message.board_number, case.number]
    texts += [one.unit for one in case.assignments]
    texts += [case.taken_over.lead] if case.taken_over is not None else []
    texts += [one.number for one in case.assignments]
    texts += [one.number for one in case.pressure]
    texts += [reply.text for one in case.assignments for reply in one.replies]
    texts += [one.text for one in case.publications]
    return [text for text in texts if text]


def _correct(
    session: Session, work: Work, loaded: Loaded, situation: Situation, given: Mapping[str, str], on: date
) -> Done:
    """Void a recorded step, or give it another day or other keys; the later history is replayed and must stand."""
    regulation = loaded.regulation
    rule = find_rule(regulation, CORRECT)
    check_role(rule, session.roles)
    check_state(loaded.case, regulation, rule)
    wanted = _event_named(rule, given)
    check_dates(situation, Step(0, CORRECT, on, {}))
    target = _standing_event(loaded, wanted)
    new = {name: value.strip() for name, value in given.items() if name not in ("event", "reason")}
    reason = well_formed(given["reason"].strip())
    if DOCUMENT in new:
        raise Refusal(
            "unknown_value",
            "文书字号由程序编，不能更正。",
            None,
            "印废的文书，请作废它的文号，程序另编一号。",
        )
    if target.action == CORRECT:
        return _undo_correction(session, work, loaded, situation, target, new, reason, on)
    steps = _steps_with(loaded, regulation, target, new)
    case, read = replayed(situation, steps, target.id)
    refuse_newly_barred(replace(situation, case=case), loaded.case)
    keys = {"event": str(target.id), "reason": reason}
    if new:
        keys |= _differences(loaded.steps, read, target.id)
    settle_numbers(work, loaded, read, reason)
    event = _append(session, work, loaded.case.number, CORRECT, on, keys)
    return settle(session, work, loaded, case, event)


def _event_named(rule: ActionRule, given: Mapping[str, str]) -> str:
    """The number of the record to correct, which stands there beside the reason why."""
    wanted = given.get("event", "").strip()
    if not wanted:
        raise Refusal("missing_key", "更正须写明更正哪一条记录（event）。", rule.article or None)
    if not given.get("reason", "").strip():
        raise Refusal("missing_key", "更正须写明理由（reason）。", rule.article or None)
    if not (wanted.isascii() and wanted.isdigit()):
        raise Refusal("unknown_value", f"记录号（event）应为数字，现为“{wanted}”。", rule.article or None)
    return wanted.lstrip("0")


def _standing_event(loaded: Loaded, wanted: str) -> Event:
    target = next((event for event in loaded.events if str(event.id) == wanted), None)
    if target is None:
        raise Refusal("nothing_to_undo", f"{loaded.case.number} 没有第 {wanted} 号记录。")
    standing = {step.id for step in loaded.steps} | set(standing_corrections(loaded.events))
    if target.id not in standing:
        raise Refusal("nothing_to_undo", f"第 {wanted} 号记录已经作废。")
    return target


def _steps_with(loaded: Loaded, regulation: Regulation, target: Event, new: Mapping[str, str]) -> list[Step]:
    if target.action not in regulation.actions and target.action != REGISTER:
        raise Refusal("nothing_to_undo", f"第 {target.id} 号记录不是办理步骤，不能更正。")
    if target.action == REGISTER and set(new) != {"on"}:
        raise Refusal(
            "nothing_to_undo", "登记本身不能作废，只能更正收件日期（on）；整批导入有误的请撤销导入。"
        )
    if not new:
        return [step for step in loaded.steps if step.id != target.id]
    return [_replaced(step, new) if step.id == target.id else step for step in loaded.steps]


def _replaced(step: Step, new: Mapping[str, str]) -> Step:
    on = step.on
    if "on" in new:
        try:
            on = date.fromisoformat(new["on"])
        except ValueError:
            raise Refusal("unknown_value", f"日期应为 2026-10-09 这样，现为“{new['on']}”。") from None
    keys = {**step.keys, **{name: value for name, value in new.items() if name != "on"}}
    return replace(step, on=on, keys={name: value for name, value in keys.items() if value})


def _differences(old: Iterable[Step], read: Iterable[Step], target: int) -> dict[str, str]:
    """What the corrected step says otherwise than before, as the regulation's words; empty for what fell away."""
    before = next(step for step in old if step.id == target)
    after = next(step for step in read if step.id == target)
    changed = {
        name: after.keys.get(name, "")
        for name in (*before.keys, *after.keys)
        if before.keys.get(name) != after.keys.get(name)
    }
    if after.on != before.on:
        changed["on"] = after.on.isoformat()
    if not changed:
        raise Refusal("nothing_to_undo", "更正后与原记录相同，没有需要更正的内容。")
    return {WITH + name: value for name, value in changed.items()}


def _undo_correction(
    session: Session,
    work: Work,
    loaded: Loaded,
    situation: Situation,
    target: Event,
    new: Mapping[str, str],
    reason: str,
    on: date,
) -> Done:
    """Void a correction: what it had changed stands again as it was recorded."""
    if new:
        raise Refusal("nothing_to_undo", "更正记录只能作废；要改内容，请对原记录再作一次更正。")
    named = {"event": str(target.id)}
    trial = Event(loaded.events[-1].id + 1, CORRECT, on, session.user.name, "", loaded.case.number, named, {})
    steps = effective_steps([*loaded.events, trial])
    case, read = replayed(situation, steps, int(target.keys["event"]))
    refuse_newly_barred(replace(situation, case=case), loaded.case)
    settle_numbers(work, loaded, read, reason)
    keys = {"event": str(target.id), "reason": reason}
    event = _append(session, work, loaded.case.number, CORRECT, on, keys)
    return settle(session, work, loaded, case, event)


def plain_keys(event: Event) -> dict[str, str]:
    """An event's keys as the operator gave them: without marks the program added."""
    return {name: value for name, value in event.all_keys.items() if name != STAYS}
