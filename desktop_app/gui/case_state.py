"""What the page of a case says: heading, deadline, facts, steps possible and not, what is open. No Qt here.

Pure functions of a `CaseFile`; the page only lays out what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.gui.case_deadline import DeadlineLine, deadline_line
from desktop_app.gui.case_facts import Fact, Holder, holder_of, registration_facts
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.case_steps import Barred, OpenLine, Possible, barred_steps, open_line, possible_steps
from desktop_app.gui.oversight_facts import FactGroup, Tie, marks, oversight_groups, ties


@dataclass(frozen=True, slots=True)
class CaseState:
    number: str
    title: str
    status: str
    deadline: DeadlineLine
    facts: tuple[Fact, ...]
    holders: tuple[Holder, ...]
    groups: tuple[FactGroup, ...]
    marks: tuple[str, ...]
    ties: tuple[Tie, ...]
    possible: tuple[Possible, ...]
    barred: tuple[Barred, ...]
    open_lines: tuple[OpenLine, ...]


def case_state(file: CaseFile) -> CaseState:
    """All that the page shows of the case beside its texts, its story and its papers."""
    view = file.view
    return CaseState(
        number=view.row.number,
        title=view.message.title or "（无标题）",
        status="已作废" if view.row.voided else view.case.status,
        deadline=deadline_line(view),
        facts=registration_facts(view),
        holders=tuple(holder_of(view, one, file.units.find(one.held.unit)) for one in view.assignments),
        groups=oversight_groups(view),
        marks=marks(view),
        ties=ties(view),
        possible=possible_steps(file),
        barred=barred_steps(file),
        open_lines=tuple(open_line(file, item) for item in view.open_items),
    )
