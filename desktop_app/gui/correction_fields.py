"""The form that corrects one recorded step: void it, or give it another day or other words. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.domain.actions import ACTIONS, LIST_MARK, Key, KeyKind
from desktop_app.domain.corrections import CORRECT
from desktop_app.domain.history import REGISTER
from desktop_app.domain.wording import date_words
from desktop_app.gui.action_fields import choices_of, field_shape
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_shapes import DAY, NEW, ActionForm, Choice, Field, Shape
from desktop_app.gui.proposal_parts import MASK, is_masked
from desktop_app.gui.story_state import effective_keys
from desktop_app.services.case_view import CaseView, EventView

HOW = "how"
VOID_IT, AMEND_IT = "void", "amend"
_OWN_KEYS = ("event", "reason")
"""Keys of `correct` itself; a step's key of the same name cannot be replaced, the step is voided and recorded anew."""


def correction_form(file: CaseFile, event_id: int) -> ActionForm:
    """The form for that event. A registration can only have its day corrected, a correction only be voided."""
    view = file.view
    event = next(one for one in view.events if one.id == event_id)
    ways = _ways(event)
    fields = [Field(HOW, "更正为", Shape.CHOICE, True, ways, default=ways[0].value if len(ways) == 1 else "")]
    if any(way.value == AMEND_IT for way in ways):
        fields += _new_fields(view, event)
    fields.append(
        Field("reason", "更正理由", Shape.TEXT, True, hint="写明哪里记错了；原记录留着，另记一笔更正")
    )
    day = date_words(event.on, view.today)
    return ActionForm(CORRECT, f"更正：{day} {event.title}", "", "", tuple(fields), event=event_id)


def _ways(event: EventView) -> tuple[Choice, ...]:
    void = Choice(VOID_IT, "作废这条记录")
    amend = Choice(AMEND_IT, "改日期" if event.action == REGISTER else "改日期或内容")
    if event.action == REGISTER:
        return (amend,)
    return (void,) if event.action == CORRECT else (amend, void)


def _new_fields(view: CaseView, event: EventView) -> list[Field]:
    stands = effective_keys(view, event)
    fields = [
        Field(f"{NEW}{DAY}", "发生日期", Shape.DATE, True, default=stands[DAY], shown_when=(HOW, AMEND_IT))
    ]
    shape = ACTIONS.get(event.action)
    keys = [key for key in shape.keys if key.name not in _OWN_KEYS] if shape is not None else []
    return [*fields, *(_new_field(view, key, stands.get(key.name, "")) for key in keys)]


def _new_field(view: CaseView, key: Key, value: str) -> Field:
    # Steps recorded after the reveal are masked again, so stars never go into an editor, whatever is revealed.
    masked = MASK in value if key.kind is KeyKind.TEXT else is_masked(value)
    return Field(
        name=f"{NEW}{key.name}",
        title=key.title,
        shape=Shape.LINE if key.kind is KeyKind.PAPER else field_shape(key),
        choices=choices_of(view.regulation, key),
        default="" if masked else value.replace(LIST_MARK, "、") if key.kind is KeyKind.UNITS else value,
        hint="有遮盖的文字，不在这里显示；不填即不改，填写即整段替换" if masked else "",
        shown_when=(HOW, AMEND_IT),
    )


def correction_keys(form: ActionForm, values: Mapping[str, str]) -> dict[str, str]:
    """The keys of `correct`: which event, why, and what is new; only what differs from what stands."""
    keys = {"event": str(form.event), "reason": values.get("reason", "").strip()}
    if values.get(HOW) != AMEND_IT:
        return keys
    for field in form.fields:
        value = values.get(field.name, "").strip()
        if field.name.startswith(NEW) and value != field.default.strip():
            keys[field.name.removeprefix(NEW)] = value
    return keys


def changes_nothing(form: ActionForm, values: Mapping[str, str]) -> bool:
    """Whether an amendment leaves everything as it stands, so that sending it would void the step instead."""
    return values.get(HOW) == AMEND_IT and set(correction_keys(form, values)) <= set(_OWN_KEYS)
