"""What stands on the page of a case about those it may repeat, while it is still to be decided. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.wording import date_words
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.case_steps import possible_steps
from desktop_app.services.case_search import AlikeCase
from desktop_app.services.duplicates import LINK

REFUSE = "refuse"
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class RepeatLine:
    """One case that this one may repeat: how it is called, how it stands, why, and the steps that can be taken for it."""

    number: str
    certain: bool
    title: str
    standing: str
    why: str
    steps: tuple[tuple[str, str], ...]
    """Action and words of its button."""


def repeat_lines(file: CaseFile) -> tuple[RepeatLine, ...]:
    """None once the case can neither be refused nor joined to another, or is joined already."""
    possible = {one.action for one in possible_steps(file)}
    if not possible & {REFUSE, LINK} or file.view.case.linked_to:
        return ()
    steps = tuple(
        (action, words) for action, words in ((LINK, "并案…"), (REFUSE, "不予受理…")) if action in possible
    )
    return tuple(_line(file, one, steps) for one in file.alike[:MOST_SHOWN])


def _line(file: CaseFile, one: AlikeCase, steps: tuple[tuple[str, str], ...]) -> RepeatLine:
    holder = f"，{one.lead}" if one.lead else ""
    differs = f"；相差：{one.differs}" if one.differs else ""
    return RepeatLine(
        one.number,
        one.suspected,
        one.title,
        f"{one.status}{holder}，{date_words(one.received, file.today)}收",
        f"{one.why}{differs}",
        steps,
    )
