"""What a person may search by, and what she may mean by it: citizens' names, and units spelled in pinyin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.names import match_units
from desktop_app.domain.rights import Right
from desktop_app.domain.spoken_names import typed_letters
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


def as_may_be_asked(session: Session, work: Work, query: CaseQuery) -> CaseQuery:
    """The query with all that its text may mean to this user.

    Names of citizens are found by those alone who may see them as well: who finds a case by a name knows whose it
    is, though the list masks it.
    """
    if not query.text:
        return query
    letters = typed_letters(query.text)
    units = tuple(match.unit.name for match in match_units(letters, session.units(work))) if letters else ()
    return replace(query, by_name=session.may(Right.WORK_ON_CASES), spelled_units=units)
