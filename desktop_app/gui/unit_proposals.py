"""What the forms of the unit's work propose: dispatch, receipt, returns, extensions, explanation. No Qt here."""

from __future__ import annotations

from desktop_app.domain.deadlines import UNIT_WORDS, remaining_extension
from desktop_app.domain.history import approval_chain, granted_so_far
from desktop_app.domain.open_items import barred_unit
from desktop_app.domain.wording import date_words
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_shapes import Choice, Proposals
from desktop_app.gui.learned_advice import advice
from desktop_app.gui.proposal_parts import lead_unit, named, suggested


def dispatch(file: CaseFile) -> Proposals:
    view = file.view
    limit = view.regulation.limits_on(view.case.received).reply
    asked = [one.return_requests[-1].suggested_unit for one in view.case.assignments if one.return_requests]
    known = file.units.find(asked[-1]) if asked and asked[-1] else None
    accused = barred_unit(file.situation, known.name) if known is not None else None
    hints = {
        "lead": "输入名称、简称或拼音首字母",
        "supporting": "几个单位用顿号隔开；可以不填",
        "days": f"不填即按规定 {limit.days} {UNIT_WORDS[limit.unit]}；只能缩短{_upstream_limit(file)}",
    }
    if known is not None and accused is not None:
        # Whoever returns it may not know of the accusation.
        hints["lead"] = f"退件时建议 {known.name}，但本件控告、检举“{accused}”，不能交给它"
        known = None
    elif known is not None:
        hints["lead"] = f"退件时建议：{known.name}"
    if warning := _warning_of_complaint(file):
        hints["lead"] += f"；{warning}"
    lead = known.name if known is not None else ""
    learned = file.suggestions.unit if file.suggestions is not None else None
    return Proposals(
        {"urgency": view.case.urgency, "lead": lead}, hints, advice=advice("lead", learned, lead)
    )


def _upstream_limit(file: CaseFile) -> str:
    told = file.view.case.handed_down
    if told is None or told.due is None:
        return ""
    return f"；上级时限 {date_words(told.due, file.today)}，到期日不会超过它"


def _warning_of_complaint(file: CaseFile) -> str:
    """Which unit an ordinary complaint is about: it may have the case, better without the citizen's identity."""
    terms = (
        (one, file.view.regulation.term("complaint_kind", one.kind)) for one in file.view.case.complaints
    )
    complained = [one.unit for one, term in terms if one.unit and term is not None and "warned" in term.flags]
    return f"本件投诉{'、'.join(complained)}，交给该单位的，宜用隐去身份的承办单" if complained else ""


def change_units(file: CaseFile) -> Proposals:
    supporting = "、".join(one.unit for one in file.view.case.supporting)
    return Proposals(
        {"supporting": supporting},
        {
            "lead": "不换牵头单位的不填；换了的，时限从新单位收到起重新计算",
            "supporting": "写变更后的全部协办单位，用顿号隔开；都不要了的填“无”",
        },
    )


def receive(file: CaseFile) -> Proposals:
    unit = lead_unit(file)
    claims = [
        term.value
        for term in file.view.regulation.vocabularies["receive_manner"]
        if "claims" not in term.flags
    ]
    hints = {"manner": f"{'、'.join(claims)}只是送达，未领办的不开始计时"} if claims else {}
    return Proposals({}, hints, {"by": named(unit.handler) if unit is not None else ()})


def send_back(file: CaseFile) -> Proposals:
    unit = lead_unit(file)
    return Proposals(
        hints={
            "basis": "单位据以说明不属其职责的文件，如“三定”规定、权责清单；可不填",
            "unit": "不填即牵头单位退件；协办单位退件的，写明哪一个",
            "suggested_unit": "应由哪个单位承办",
        },
        suggestions={"signer": named(unit.deputy, unit.head) if unit is not None else ()},
    )


def apply_extension(file: CaseFile) -> Proposals:
    held = file.view.case.open_lead
    cap = file.view.regulation.limits_on(file.view.case.received).extension
    granted = [one.granted for one in held.extensions if one.granted] if held is not None else []
    left = remaining_extension(cap, granted)
    return Proposals(
        {"applicant": held.unit if held is not None else ""},
        {"days": f"最多还可批准 {left} {UNIT_WORDS[cap.unit]}（{cap.article}）；申请照登，批准时把关"},
    )


def decide_extension(file: CaseFile) -> Proposals:
    view, held, unit = file.view, file.view.case.open_lead, lead_unit(file)
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
        {"by": named(unit.head) if unit is not None and level == chain[0] and len(chain) > 1 else ()},
        {"level": levels},
    )


def explain(file: CaseFile) -> Proposals:
    from_above = file.situation.from_above
    clause = file.view.regulation.actions["explain"].article
    return Proposals(
        {"upstream_consent_by": suggested(file, "explain", "upstream_consent_by") if from_above else ""},
        {
            "consent_by": f"征得交办单位谁的同意{_by(clause)}",
            "upstream_consent_by": f"上级交办的件，还须上级同意{_by(clause)}",
            "text": "向留言人怎样解释的；登记后单位不再计时",
        },
        left_out=frozenset() if from_above else frozenset(("upstream_consent_by",)),
    )


def _by(clause: str) -> str:
    return f"（{clause}）" if clause else ""
