"""What the page of a case is made from: one reading of the office, frozen. No Qt here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_app.domain.regulation import FormRule
from desktop_app.domain.rights import Right
from desktop_app.domain.situation import Situation
from desktop_app.domain.units import Unit, UnitRegister
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.services.case_search import AlikeCase
from desktop_app.services.case_view import CaseView
from desktop_app.services.session import Session
from desktop_app.services.suggestions import Suggestions


@dataclass(frozen=True)
class CaseFile:
    """A case as it is shown, the unit register, the user's drafts on it, and the papers that can be made now.

    `situation` is what the rules look at; the citizen in it is masked until revealed. `alike` are other cases
    whose message looks like this one's, for who may link them; `suggestions` what past cases speak for.
    """

    view: CaseView
    situation: Situation
    user: str
    drafts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    forms: tuple[FormRule, ...] = ()
    may_act: bool = True
    alike: tuple[AlikeCase, ...] = ()
    suggestions: Suggestions | None = None

    @property
    def number(self) -> str:
        return self.view.row.number

    @property
    def today(self) -> date:
        return self.view.today

    @property
    def units(self) -> UnitRegister:
        return self.situation.units


def read_case_file(session: Session, number: str) -> CaseFile:
    """Everything about one case, as this user may see it. Refusal `unknown_case`."""
    from desktop_app.documents.case_papers import available_forms
    from desktop_app.services.case_search import alike_cases
    from desktop_app.services.case_view import view_case
    from desktop_app.services.drafts import drafts_of
    from desktop_app.services.office import list_units
    from desktop_app.services.suggestions import suggest

    view = view_case(session, number)
    may_act = session.may(Right.WORK_ON_CASES)
    return case_file(
        view,
        list_units(session),
        session.calendar(),
        session.user.name,
        drafts_of(session, view.row.number, view.regulation.actions),
        available_forms(session, view.row.number) if may_act else (),
        may_act,
        alike_cases(session, view.row.number) if may_act else (),
        suggest(session, view.row.number)
        if may_act and _LEARNED & {one.action for one in view.offers}
        else None,
    )


_LEARNED = frozenset(("accept", "dispatch"))
"""Steps whose forms say what past cases speak for."""


def open_case_file(session: Session, number: str) -> CaseFile:
    """The same for whoever opens the case, which is on record before anything is shown."""
    from desktop_app.services.access import record_view

    file = read_case_file(session, number)
    record_view(session, file.number)
    return file


def case_file(
    view: CaseView,
    units: tuple[Unit, ...] | list[Unit],
    calendar: WorkCalendar,
    user: str,
    drafts: Mapping[str, Mapping[str, str]] | None = None,
    forms: tuple[FormRule, ...] = (),
    may_act: bool = True,
    alike: tuple[AlikeCase, ...] = (),
    suggestions: Suggestions | None = None,
) -> CaseFile:
    """The file put together from its parts."""
    situation = Situation(
        view.case, view.regulation, calendar, UnitRegister(units), view.today, view.message.citizen
    )
    return CaseFile(view, situation, user, drafts or {}, forms, may_act, alike, suggestions)
