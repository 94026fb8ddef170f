"""What the news on a case mean for a form that stands open on it: whether its step can still be taken, and what of what
is filled in was set otherwise by somebody else. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.case_steps import why_not
from desktop_app.gui.form_shapes import ActionForm, Field
from desktop_app.gui.story_state import story


def why_barred(file: CaseFile, form: ActionForm) -> str:
    """Why the step of that form can't be taken as the case stands, with the clause; empty where it can."""
    view = file.view
    if form.event:
        line = next((one for one in story(view) if one.event == form.event), None)
        return "" if line is not None and line.correctable else "这条记录现在不能更正：已经作废。"
    offer = next((one for one in view.offers if one.action == form.action), None)
    if offer is None or offer.possible:
        return ""
    clause = offer.clause or view.regulation.actions[form.action].article
    basis = f"（{clause}）" if clause else ""
    return f"「{form.title}」现在不能办：{why_not(view, offer)}{basis}。"


def clashes(before: ActionForm, now: ActionForm, typed: Mapping[str, str]) -> str:
    """``“牵头单位”现为“市公安局”，您填的是“市教育局”。`` for each field filled in here and set otherwise meanwhile."""
    told = []
    for field in now.fields:
        old, mine = before.field(field.name), typed.get(field.name, "")
        if old is None or not mine or field.default in (old.default, mine):
            continue
        told.append(f"“{field.title}”现为“{_words(field, field.default)}”，您填的是“{_words(field, mine)}”。")
    return "".join(told)


def _words(field: Field, value: str) -> str:
    return next((one.words for one in field.choices if one.value == value), value) or "空"
