"""What the forms of screening propose: acceptance, assessment, merging with another case, and the way back up. No Qt here."""

from __future__ import annotations

from desktop_app.domain.actions import NO, YES
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_shapes import Proposals
from desktop_app.gui.learned_advice import advice
from desktop_app.gui.proposal_parts import HANDED_DOWN, answer_text, handed_down_values, named, suggested

_UPSTREAM_HINT = "承办单位的时限不会超过这一天"


def accept(file: CaseFile) -> Proposals:
    view = file.view
    known = view.regulation.term("category", view.message.kind)
    from_above = file.situation.from_above
    return Proposals(
        {
            "category": known.value if known is not None else "",
            "urgency": view.case.urgency or view.regulation.values("urgency")[0],
            **(handed_down_values(file, "accept") if from_above else {}),
        },
        {"upstream_due": _UPSTREAM_HINT},
        suggestions={"topic": named(view.message.domain)},
        advice=advice("category", file.suggestions.category, known.value if known is not None else "")
        if file.suggestions is not None
        else {},
        left_out=frozenset() if from_above else HANDED_DOWN,
    )


def refuse(file: CaseFile, repeats: str = "") -> Proposals:
    """`repeats`: the case that this one repeats, where the form was opened for that."""
    grounds = file.view.regulation.vocabularies["refusal_ground"]
    ground = next((term.value for term in grounds if "duplicate_of" in term.requires), "")
    return Proposals(
        {"ground": ground, "duplicate_of": repeats} if repeats else {},
        {
            "duplicate_of": "写登记号，如 2026-0312；不在本登记簿的，写明是哪一件",
            "suggestion": "向何处反映、怎样反映",
            "not_told_reason": "告知了的不填；列表以外的原因可以直接写",
        },
    )


def assess(file: CaseFile) -> Proposals:
    """The last assessment holds, so the form begins with it."""
    made, from_above = file.view.case.assessment, file.situation.from_above
    values = handed_down_values(file, "assess") if from_above else {}
    if made is not None:
        values |= {"demand": made.demand, "trend": YES if made.trend else NO}
    return Proposals(
        values,
        {
            "demand": "列表以外的说法可以直接写",
            "trend": "填“是”的列入待办和通报，直到公开",
            "note": "重新研判的写新的意见；不填即照上次",
            "upstream_due": _UPSTREAM_HINT,
        },
        left_out=frozenset() if from_above else HANDED_DOWN,
    )


def link_duplicate(file: CaseFile, repeats: str = "") -> Proposals:
    """`repeats`: the case that this one is to be answered with, where the form was opened for that."""
    alike = "、".join(one.number for one in file.alike)
    hint = "输入登记号，或标题、内容中的几个字，从列出的件中选"
    return Proposals(
        {"of": repeats} if repeats else {},
        {"of": f"{hint}；相似的有 {alike}" if alike else hint},
        suggestions={"of": tuple(one.number for one in file.alike)},
    )


def answer_with(file: CaseFile) -> Proposals:
    return Proposals(
        {"of": file.view.case.linked_to},
        {"of": "主件答复时程序会自动登记；只有补记才用这一步"},
        {"channel": ("公开", "直接答复")},
    )


def return_upward(file: CaseFile) -> Proposals:
    return Proposals({"to": _above(file, "return-upward")}, {"reason": "为什么不属本级管辖，应由哪里办理"})


def report_up(file: CaseFile) -> Proposals:
    return Proposals(
        {"to": _above(file, "report-up"), "text": answer_text(file)},
        {"text": "报送的办理结果；随文件报送的可以不填"},
    )


def _above(file: CaseFile, action: str) -> str:
    told = file.view.case.handed_down
    return told.by if told is not None and told.by else suggested(file, action, "to")
