"""What the forms of pressure and oversight propose: reminders to transfer, service, instructions, endings. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop_app.domain.paper_basis import basis_of
from desktop_app.domain.wording import date_words
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_shapes import Choice, Proposals
from desktop_app.gui.proposal_parts import answer_text, lead_unit, named, suggested
from desktop_app.services.seen_by import mark_of

_PRESSURE_CHANNELS = ("书面", "电话", "系统")
_GROUND_FLAGS: Mapping[str, str] = {
    "urged_without_result": "after_urge",
    "principal_unsupervised": "instructed",
    "sent_back_often": "sent_back",
}
"""Which ground of a 督办 an open item speaks for, by its trigger."""


def press(file: CaseFile) -> Proposals:
    held, unit = file.view.case.lead, lead_unit(file)
    if held is None:
        return Proposals()
    head = f"{held.unit}主要负责同志{unit.head if unit is not None else ''}"
    return Proposals(
        {"to": held.unit},
        {"answer": "电话里怎么说的；书面的可不填"},
        {"to": named(held.unit, head), "channel": _PRESSURE_CHANNELS, "by": named(file.user)},
    )


def remind(file: CaseFile) -> Proposals:
    """T 第十三条 wants the reminder addressed to the head of the unit."""
    pressed, unit = press(file), lead_unit(file)
    clock = file.view.regulation.clock
    if "主要负责" not in file.view.regulation.article_text(clock.reminder_article) or unit is None:
        return pressed
    return Proposals({"to": f"{unit.name}主要负责同志{unit.head}"}, pressed.hints, pressed.suggestions)


def supervise(file: CaseFile, item: str = "") -> Proposals:
    pressed = press(file)
    return Proposals(
        {**pressed.values, "ground": _supervision_ground(file, item)},
        {
            "problems": "承办单位有什么问题，印在督办函上；可不填",
            "demands": "要求怎样办、办到什么程度，印在督办函上；可不填",
            "new_due": "要求何时办结；不填即不另定",
        },
        {**pressed.suggestions, "feedback": ("书面反馈", "当面汇报", "系统反馈")},
    )


def _supervision_ground(file: CaseFile, item: str) -> str:
    """What the open items that ask for it speak for; the one it was opened from goes first."""
    triggers = {rule.kind: rule.trigger for rule in file.view.regulation.open_items}
    asking = [one.kind for one in file.view.open_items if one.verb == "supervise"]
    for kind in [item, *asking]:
        flag = _GROUND_FLAGS.get(triggers.get(kind, ""))
        if flag == "after_urge" and not any(
            one.action == "urge" and one.served_on for one in file.view.case.pressure
        ):
            continue
        for term in file.view.regulation.vocabularies["supervision_ground"]:
            if flag is not None and flag in term.flags:
                return term.value
    return ""


def transfer(file: CaseFile) -> Proposals:
    """T 第二十条: nothing of this is the program's or the operator's to decide; each field says what it is there for."""
    clause = _by(file.view.regulation.actions["transfer"].article)
    forms = file.view.regulation.forms.values()
    reported_to = next(
        (one.addressee for one in forms if "transfer" in one.after and one.addressee), "督查室"
    )
    return Proposals(
        {"reported_on": file.today.isoformat()},
        {
            "to": f"移交纪检监察机关{clause}",
            "decided_by": f"有权的负责人决定之后才能移交，写明是谁决定的{clause}",
            "violation": f"涉嫌违纪违法的线索是什么{clause}",
            "consequences": f"催办、督办无果，造成了什么严重后果和社会不良影响{clause}",
            "reported_on": f"移交的同时报{reported_to}；晚了照登，注明迟报{clause}",
            "persons": "涉及的单位和人员；可不填",
            "evidence": "随函移送的材料；可不填",
        },
    )


def hold_accountable(file: CaseFile) -> Proposals:
    rule = file.view.regulation.actions["hold-accountable"]
    return Proposals(hints={"note": f"问责的方式和结果{_by(rule.article)}；{_who_reads(file)}"})


def _who_reads(file: CaseFile) -> str:
    rule = file.view.regulation.actions["hold-accountable"]
    return f"登记的内容{mark_of(rule).strip('（）')}" if rule.seen_by else "登记的内容办件人员都能看到"


def instruct(file: CaseFile) -> Proposals:
    leaders = named(*(one.leader for one in file.view.case.instructions))
    rhythms = file.view.regulation.values("feedback_rhythm")
    rules = file.view.regulation.open_items
    principal = next((one for one in rules if one.trigger == "principal_feedback_missing"), None)
    hints = {
        "text": "照原文抄录，一字不改",
        "feedback_due": "领导定了反馈期限的才填",
        "rhythm": "没有说的按一次",
    }
    if principal is not None:
        hints["principal"] = f"填“是”的列为政府督办事项，办理结果须反馈{_by(principal.article)}"
    return Proposals({"rhythm": rhythms[0]}, hints, {"leader": leaders})


def feedback(file: CaseFile) -> Proposals:
    """To the leader who waits longest; the answer, where there is one, is the result."""
    case = file.view.case
    told = {one.to for one in case.feedbacks}
    waiting = [one.leader for one in case.instructions if one.leader not in told]
    leaders = named(*waiting, *(one.leader for one in case.instructions))
    return Proposals(
        {"to": leaders[0] if leaders else "", "text": answer_text(file)},
        {"text": "印在办理结果专报上", "next": "还没办完的，下一步怎么办；可不填"},
        {"to": leaders},
    )


def investigate(file: CaseFile) -> Proposals:
    held = [one.unit for one in file.view.case.assignments if one.open]
    return Proposals(
        {"units": "、".join(held)}, {"findings": "调研了什么、查明了什么", "conclusion": "可不填"}
    )


def mark_major(file: CaseFile) -> Proposals:
    clause = file.view.regulation.actions["mark-major"].article
    return Proposals(
        hints={"reason": f"反映强烈、影响较大在哪里{_by(clause)}；标记后须先登记联合调研，才能公开答复"}
    )


def serve(file: CaseFile, paper: str = "") -> Proposals:
    """Numbered papers first, the newest on top; then forms without a number that are there to be served."""
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
    papers.sort(reverse=True, key=lambda one: one[0])
    waiting = next((number for _, number, _, served in papers if served is None), "")
    choices = [Choice(number, words) for _, number, words, _ in papers] + list(_unnumbered(file))
    chosen = paper if any(one.value == paper for one in choices) else waiting
    unit = lead_unit(file)
    return Proposals(
        {"paper": chosen},
        {"paper": "已经登记过送达的，再登一次即以新的为准"},
        {"received_by": named(unit.handler, unit.head) if unit is not None else ()},
        {"paper": tuple(choices)},
    )


def _unnumbered(file: CaseFile) -> Iterable[Choice]:
    for form in file.view.regulation.forms.values():
        basis = basis_of(file.view.case, form) if not form.series else None
        if basis is not None:
            yield Choice(form.form, f"{form.title}　{date_words(basis.on, file.today)}")


def complained_of(file: CaseFile) -> Proposals:
    return Proposals(
        hints={"unit": "输入名称、简称或拼音首字母；名册以外的可不填", "person": "被反映的人，可不填"}
    )


def waive(file: CaseFile, item: str) -> Proposals:
    items = tuple(Choice(one.kind, one.kind) for one in file.view.open_items if not one.blocking)
    return Proposals({"item": item, "by": file.user}, choices={"item": items})


def archive(file: CaseFile) -> Proposals:
    return Proposals(hints={"retention": "列表以外的可以直接写"})


def reopen(file: CaseFile) -> Proposals:
    """Where the case may go, and what that means: begun again with a new clock, or added to only."""
    rules = file.view.regulation.actions
    ways = rules["reopen"].ways.get(file.view.case.status, ())
    additions = rules["archive"].from_states
    choices = tuple(
        Choice(to, f"{to}（只补充材料）" if to in additions else f"{to}（重新办理，期限另算）") for to in ways
    )
    return Proposals({"to": ways[0] if len(ways) == 1 else ""}, choices={"to": choices})


def special_supervision(file: CaseFile) -> Proposals:
    return Proposals({"by": suggested(file, "special-supervision", "by")})


def _by(clause: str) -> str:
    return f"（{clause}）" if clause else ""
