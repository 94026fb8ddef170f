"""Which template each paper is made from: the shipped one or the office's own; a copy to change, a check, a sample.

A file's office has its own in its folder. On a server they are shared by all seats: the folder of a seat holds copies
to change, which a check gives to all (`seat_templates`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.documents.fields import fields_of
from desktop_app.documents.forms import check_forms, read_template
from desktop_app.documents.own_templates import own_folder, template_in_use
from desktop_app.documents.paper_catalogue import BULLETIN, TEMPLATES
from desktop_app.documents.paper_files import save_bytes
from desktop_app.documents.recorded_values import Values
from desktop_app.documents.seat_templates import SeatTemplates, brought_up_to_date, give_to_all
from desktop_app.domain.regulation import Regulation
from desktop_app.errors import BadData, Fault, Refusal
from desktop_app.paths import forms_folder
from desktop_app.services import office_settings, regulations, shared_forms
from desktop_app.services.session import Session

_SAMPLE_ROWS = 3
_NUMBER_IN_LIST = "序号"


@dataclass(frozen=True, slots=True)
class TemplateInUse:
    """The template of one paper. title: by the office's regulation; own: the office's copy, else the shipped one;
    faults: what keeps papers from being made of it, once it was checked."""

    form: str
    title: str
    file: Path
    own: bool
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """Every template in use with its faults, and what else is wrong in the office's folder. `given`: titles of those
    that were changed at this seat and are every seat's from now on."""

    templates: tuple[TemplateInUse, ...]
    others: tuple[Fault, ...]
    given: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        return not self.others and not any(one.faults for one in self.templates)


def templates_in_use(session: Session) -> tuple[TemplateInUse, ...]:
    """One for each paper, in the order of the regulation; papers that it does not know come last."""
    return _templates(session, _seat(session))


def _seat(session: Session) -> SeatTemplates | None:
    """The copies at this seat, where templates are shared; None where the folder holds the office's own."""
    return brought_up_to_date(session, own_folder(session)) if shared_forms.are_shared(session) else None


def _templates(session: Session, seat: SeatTemplates | None) -> tuple[TemplateInUse, ...]:
    regulation = _regulation(session)
    known = [form for form in regulation.forms if form in TEMPLATES]
    rest = [form for form in TEMPLATES if form not in regulation.forms]
    return tuple(_in_use(session, seat, form, regulation) for form in (*known, *rest))


def _regulation(session: Session) -> Regulation:
    return regulations.load(office_settings.get(session).regulation)


def _in_use(session: Session, seat: SeatTemplates | None, form: str, regulation: Regulation) -> TemplateInUse:
    name = TEMPLATES[form].file_name
    copy = own_folder(session) / name
    own = copy.is_file() if seat is None else seat.is_own(name)
    return TemplateInUse(form, _title(regulation, form), copy if own else forms_folder() / name, own)


def _title(regulation: Regulation, form: str) -> str:
    if form == BULLETIN and regulation.bulletin is not None:
        return regulation.bulletin.name
    return regulation.forms[form].title if form in regulation.forms else TEMPLATES[form].title


def check(session: Session) -> Checked:
    """Proves every template in use, and that no other file lies beside the office's own. Where templates are shared,
    those that were changed here and are sound are given to all seats."""
    seat = _seat(session)
    templates = tuple(replace(one, faults=_faults(one)) for one in _templates(session, seat))
    named = {TEMPLATES[one.form].file_name for one in templates}
    folder = own_folder(session)
    others = check_forms(folder) if folder.is_dir() else []
    faults = [fault for fault in others if fault.file not in named]
    given = []
    if seat is not None:
        for one in templates:
            if one.faults or not seat.is_changed(one.file.name):
                continue
            refused = give_to_all(session, seat, one.file.name)
            if refused is None:
                given.append(one.title)
            else:
                faults.append(refused)
    return Checked(templates, tuple(faults), tuple(given))


def _faults(one: TemplateInUse) -> tuple[Fault, ...]:
    try:
        read_template(one.form, one.file)
    except BadData as bad:
        return tuple(bad.faults)
    return ()


def copy_to_change(session: Session, form: str) -> Path:
    """A copy of the shipped template, which is used from now on. Refusal where the office has one already."""
    seat = _seat(session)
    own = own_folder(session) / TEMPLATES[form].file_name
    if own.exists() if seat is None else seat.is_own(own.name):
        raise Refusal(
            "unknown_value",
            f"“{TEMPLATES[form].title}”已有本单位的模板：{own}。",
            None,
            "请直接修改它；要重新从自带的改起，先把它移走。",
        )
    return save_bytes((forms_folder() / TEMPLATES[form].file_name).read_bytes(), own)


def sample_paper(session: Session, form: str) -> bytes:
    """The paper filled with the examples of its fields, to see how the template looks. BadData where it has faults."""
    regulation = _regulation(session)
    title = _title(regulation, form)
    return template_in_use(session, form).fill({**sample_values(form), "文书名称": title}).bytes


def sample_values(form: str) -> Values:
    """An example for every field of the paper; lists have a few rows."""
    values: Values = {}
    rows: dict[str, dict[str, str]] = {}
    for name, field in fields_of(form).items():
        if field.group is None:
            values[name] = field.example
        else:
            rows.setdefault(field.group, {})[name.partition(".")[2]] = field.example
    for group, row in rows.items():
        values[group] = [_numbered(row, place) for place in range(1, _SAMPLE_ROWS + 1)]
    return values


def _numbered(row: dict[str, str], place: int) -> dict[str, str]:
    return {**row, _NUMBER_IN_LIST: str(place)} if _NUMBER_IN_LIST in row else row
