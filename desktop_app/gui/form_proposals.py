"""What a form proposes before anything is typed: from the case, the unit register and the rules. No Qt here.

Proposals are for the operator to change; what she must decide herself (whether a paper is stamped, which ground)
is never proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop_app.domain.actions import NO, YES
from desktop_app.domain.clocks import base_limit
from desktop_app.domain.deadlines import UNIT_WORDS, proposed_rework_date, remaining_extension
from desktop_app.domain.guards import latest_date_for_rework
from desktop_app.domain.history import approval_chain, granted_so_far, text_to_publish
from desktop_app.domain.units import Unit
from desktop_app.domain.wording import date_words
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_shapes import Choice
from desktop_app.gui.story_state import effective_keys
from desktop_app.services.pressure import REMIND, addressee


@dataclass(frozen=True, slots=True)
class Proposals:
    """By field: values filled in beforehand, words beside the field, words offered while typing, lists of its own."""

    values: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    suggestions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)


def proposals(file: CaseFile, action: str, item: str = "") -> Proposals:
    """What is proposed for the step's form; nothing for most steps."""
    if action == "waive":
        return _waive(file, item)
    propose = _PROPOSE.get(action)
    return propose(file) if propose is not None else Proposals()


def _lead_unit(file: CaseFile) -> Unit | None:
    held = file.view.case.lead
    return file.units.find(held.unit) if held is not None else None


def _named(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def _accept(file: CaseFile) -> Proposals:
    view = file.view
    known = view.regulation.term("category", view.message.kind)
    return Proposals(
        {
            "category": known.value if known is not None else "",
            "urgency": view.case.urgency or view.regulation.values("urgency")[0],
        },
        suggestions={"topic": _named(view.message.domain)},
    )


def _refuse(file: CaseFile) -> Proposals:
    return Proposals(
        hints={
            "duplicate_of": "写登记号，如 2026-0312；不在本登记簿的，写明是哪一件",
            "suggestion": "向何处反映、怎样反映",
        }
    )


def _dispatch(file: CaseFile) -> Proposals:
    view = file.view
    limit = view.regulation.limits_on(view.case.received).reply
    asked = [one.return_requests[-1].suggested_unit for one in view.case.assignments if one.return_requests]
    known = file.units.find(asked[-1]) if asked and asked[-1] else None
    hints = {
        "lead": "输入名称、简称或拼音首字母",
        "supporting": "几个单位用顿号隔开；可以不填",
        "days": f"不填即按规定 {limit.days} {UNIT_WORDS[limit.unit]}；只能缩短",
    }
    if known is not None:
        hints["lead"] = f"退件时建议：{known.name}"
    if warning := _warning_of_complaint(file):
        hints["lead"] += f"；{warning}"
    return Proposals({"urgency": view.case.urgency, "lead": known.name if known is not None else ""}, hints)


def _warning_of_complaint(file: CaseFile) -> str:
    """Which unit an ordinary complaint is about: it may have the case, better without the citizen's identity."""
    terms = (
        (one, file.view.regulation.term("complaint_kind", one.kind)) for one in file.view.case.complaints
    )
    named = [one.unit for one, term in terms if one.unit and term is not None and "warned" in term.flags]
    return f"本件投诉{'、'.join(named)}，交给该单位的，宜用隐去身份的承办单" if named else ""


def _change_units(file: CaseFile) -> Proposals:
    supporting = "、".join(one.unit for one in file.view.case.supporting)
    return Proposals(
        {"supporting": supporting},
        {
            "lead": "不换牵头单位的不填；换了的，时限从新单位收到起重新计算",
            "supporting": "写变更后的全部协办单位，用顿号隔开",
        },
    )


def _receive(file: CaseFile) -> Proposals:
    unit = _lead_unit(file)
    claims = [
        term.value
        for term in file.view.regulation.vocabularies["receive_manner"]
        if "claims" not in term.flags
    ]
    hints = {"manner": f"{'、'.join(claims)}只是送达，未领办的不开始计时"} if claims else {}
    return Proposals({}, hints, {"by": _named(unit.handler) if unit is not None else ()})


def _return(file: CaseFile) -> Proposals:
    unit = _lead_unit(file)
    return Proposals(
        hints={
            "unit": "不填即牵头单位退件；协办单位退件的，写明哪一个",
            "suggested_unit": "应由哪个单位承办",
        },
        suggestions={"signer": _named(unit.deputy, unit.head) if unit is not None else ()},
    )


def _apply_extension(file: CaseFile) -> Proposals:
    held = file.view.case.open_lead
    cap = file.view.regulation.limits_on(file.view.case.received).extension
    granted = [one.granted for one in held.extensions if one.granted] if held is not None else []
    left = remaining_extension(cap, granted)
    return Proposals(
        {"applicant": held.unit if held is not None else ""},
        {"days": f"最多还可批准 {left} {UNIT_WORDS[cap.unit]}（{cap.article}）；申请照登，批准时把关"},
    )


def _decide_extension(file: CaseFile) -> Proposals:
    view, held, unit = file.view, file.view.case.open_lead, _lead_unit(file)
    asked = held.pending_extension if held is not None else None
    if asked is None:
        return Proposals()
    chain = approval_chain(view.regulation, view.case.source)
    level = chain[len(asked.approvals)] if len(asked.approvals) < len(chain) else ""
    levels = tuple(Choice(one, one) for one in chain)
    days = granted_so_far(asked)
    return Proposals(
        {"level": level, "days": str(days)},
        {"level": f"逐级：{' → '.join(chain)}", "days": f"申请 {asked.days} 日；每一级只能同意或减少"},
        {"by": _named(unit.head) if unit is not None and level == chain[0] and len(chain) > 1 else ()},
        {"level": levels},
    )


def _reply(file: CaseFile) -> Proposals:
    unit = _lead_unit(file)
    if unit is None:
        return Proposals(hints={"signer": "没有签字的填“无”"})
    return Proposals(
        {"handler": unit.handler, "phone": unit.phone},
        {"signer": "没有签字的填“无”，列为补签补章"},
        {"signer": _named(unit.head, "无"), "handler": _named(unit.handler), "phone": _named(unit.phone)},
    )


def _pass_review(file: CaseFile) -> Proposals:
    reply = file.view.case.reply_in
    if reply is None:
        return Proposals({"by": file.user})
    values, hints = _public_text(file, reply.text, reply.event, "public_text")
    values["by"] = file.user
    if reply.suggested_public is not None:
        values["public"] = YES if reply.suggested_public else NO
    return Proposals(values, hints)


def _publish(file: CaseFile) -> Proposals:
    case = file.view.case
    text, event = text_to_publish(case), 0
    if case.review is not None and case.review.public_text:
        event = case.review.event
    elif case.reply_in is not None:
        event = case.reply_in.event
    values, hints = _public_text(file, text, event, "text")
    return Proposals(values, hints, {"place": _named(file.view.message.board, case.source)})


def _public_text(file: CaseFile, text: str, event: int, name: str) -> tuple[dict[str, str], dict[str, str]]:
    """The text that goes public when nothing else is typed, put into the form where nothing in it is masked."""
    shown = next((effective_keys(file.view, one) for one in file.view.events if one.id == event), {})
    if text and text in (shown.get("text"), shown.get("public_text")):
        return {name: text}, {name: "公开的就是这里的文字，可以改写"}
    if not text:
        return {}, {}
    return {}, {name: "答复中有受保护的信息，先点“显示受保护信息”才能在这里改写；不填即按答复原文公开"}


def _rework(file: CaseFile) -> Proposals:
    view, held, clock = file.view, file.view.case.open_lead, file.situation.clock
    if held is None or held.received is None or clock is None:
        return Proposals()
    limits = view.regulation.limits_on(view.case.received)
    proposed = proposed_rework_date(
        file.situation.calendar,
        held.received,
        base_limit(held, limits),
        limits.extension,
        view.today,
        clock.due,
        limits.rework,
    )
    latest = latest_date_for_rework(file.situation, view.today)
    return Proposals(
        {"due": min(proposed, latest).isoformat()},
        {"due": f"最迟可定为 {date_words(latest, view.today)}"},
    )


def _press(file: CaseFile, action: str = "") -> Proposals:
    held, unit = file.view.case.lead, _lead_unit(file)
    if held is None:
        return Proposals()
    head = f"{held.unit}主要负责同志{unit.head if unit is not None else ''}"
    return Proposals(
        {"to": addressee(file.view.regulation, action, held.unit, file.units)},
        suggestions={"to": _named(held.unit, head), "channel": ("书面", "电话", "系统")},
    )


def _supervise(file: CaseFile) -> Proposals:
    pressed, view = _press(file), file.view
    asks = any(item.verb == "supervise" for item in view.open_items)
    after_urge = [
        term.value
        for term in view.regulation.vocabularies["supervision_ground"]
        if "after_urge" in term.flags
    ]
    served = any(one.action == "urge" and one.served_on for one in view.case.pressure)
    ground = after_urge[0] if asks and served and after_urge else ""
    return Proposals({**pressed.values, "ground": ground}, pressed.hints, pressed.suggestions)


def _serve(file: CaseFile) -> Proposals:
    view = file.view
    titles = {name: rule.title for name, rule in view.regulation.actions.items()}
    papers = [
        (
            one.event,
            one.number,
            f"{one.number}　{titles[one.action]}　{date_words(one.on, view.today)}",
            one.served_on,
        )
        for one in view.case.pressure
        if one.number
    ]
    papers += [
        (one.event, one.number, f"{one.number}　{titles['dispatch']}　{one.unit}", one.received)
        for one in view.case.assignments
        if one.number and one.lead
    ]
    papers.sort(reverse=True, key=lambda paper: paper[0])
    waiting = next((number for _, number, _, served in papers if served is None), "")
    return Proposals(
        {"paper": waiting}, choices={"paper": tuple(Choice(number, words) for _, number, words, _ in papers)}
    )


def _contact(file: CaseFile) -> Proposals:
    before, after = file.view.regulation.values("contact_time")[:2]
    when = after if file.view.case.reply_in is not None else before
    return Proposals({"when": when}, suggestions={"channel": ("电话", "短信", "当面", "电子邮件", "留言板")})


def _answer_privately(file: CaseFile) -> Proposals:
    held = file.view.case.lead
    return Proposals(
        {"by": held.unit if held is not None else ""},
        suggestions={"channel": ("电话", "电子邮件", "当面", "邮寄")},
    )


def _complained_of(file: CaseFile) -> Proposals:
    return Proposals(
        hints={"unit": "输入名称、简称或拼音首字母；名册以外的可不填", "person": "被反映的人，可不填"}
    )


def _waive(file: CaseFile, item: str) -> Proposals:
    items = tuple(Choice(one.kind, one.kind) for one in file.view.open_items if not one.blocking)
    return Proposals({"item": item, "by": file.user}, choices={"item": items})


def _channel(file: CaseFile) -> Proposals:
    return Proposals(suggestions={"channel": ("电话", "短信", "留言板", "电子邮件", "邮寄")})


_PROPOSE: dict[str, Callable[[CaseFile], Proposals]] = {
    "accept": _accept,
    "refuse": _refuse,
    "tell-refusal": _channel,
    "dispatch": _dispatch,
    "change-units": _change_units,
    "receive": _receive,
    "return": _return,
    "apply-extension": _apply_extension,
    "approve-extension": _decide_extension,
    "refuse-extension": _decide_extension,
    "reply": _reply,
    "pass-review": _pass_review,
    "rework": _rework,
    "publish": _publish,
    "post-note": lambda file: Proposals(
        suggestions={"place": _named(file.view.message.board, file.view.case.source)}
    ),
    "answer-privately": _answer_privately,
    "contact": _contact,
    "follow-up": _channel,
    "remind": lambda file: _press(file, REMIND),
    "urge": _press,
    "supervise": _supervise,
    "serve": _serve,
    "complained-of": _complained_of,
}
