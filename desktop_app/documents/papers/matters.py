"""The cases that a notice or a letter speaks of, a row each: how each stood on the day of the step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import (
    DueFact,
    InstructionFact,
    clock,
    due_fact,
    instruction_facts,
)
from desktop_app.documents.papers.words import due_words, standing_words
from desktop_app.documents.template_pieces import Row
from desktop_app.domain.case import Pressure
from desktop_app.domain.clocks import Clock
from desktop_app.domain.past_assignments import as_it_stood
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource

_MATTERS_TOLD_ONE_BY_ONE = 3


@dataclass(frozen=True, slots=True)
class EarlierPaperFact:
    """A 提醒单 or 催办单 sent before. kind in the office's words; number blank where it had none (by telephone)."""

    kind: str
    number: str
    on: date


@dataclass(frozen=True, slots=True)
class MatterFact:
    """One case of which a letter or a notice speaks; its title masked.

    days_left: working days to the deadline, negative once past, 0 on the day itself; None where no clock runs.
    overdue: past it, also on the days off right after it, when no working day has been lost yet.
    """

    number: str
    title: str
    dispatched: date
    due: DueFact | None
    days_left: int | None = None
    earlier: tuple[EarlierPaperFact, ...] = ()
    instructions: tuple[InstructionFact, ...] = ()
    overdue: bool = False


def pressure_of(source: PaperSource) -> Pressure:
    """The step of 提醒, 催办, 督办 or 移交 that the paper is about."""
    return next(one for one in source.case.pressure if one.event == source.basis.event)


def matter_fact(source: PaperSource) -> MatterFact:
    """The case as it stood when the step was taken, not as it stands when the paper is printed."""
    step, held = pressure_of(source), source.assignment
    if held is None:
        raise ValueError("a matter needs an assignment")
    then = clock(source, as_it_stood(held, source.basis))
    earlier = [one for one in source.case.pressure if held.event < one.event < step.event]
    titles = source.regulation.actions
    return MatterFact(
        number=source.case.number,
        title=source.masked.title,
        dispatched=held.dispatched,
        due=due_fact(then),
        days_left=_days_left(source, then),
        earlier=tuple(EarlierPaperFact(titles[one.action].title, one.number, one.on) for one in earlier),
        instructions=tuple(
            one for one in instruction_facts(source) if one.on is None or one.on <= source.basis.on
        ),
        overdue=then is not None and source.basis.on > then.due,
    )


def _days_left(source: PaperSource, found: Clock | None) -> int | None:
    """Working days to the deadline, negative once past; None where no clock runs."""
    if found is None:
        return None
    day = source.basis.on
    if day > found.due:
        return -source.calendar.working_days_between(found.due, day)
    return source.calendar.working_days_between(day, found.due)


def matter_rows(matters: Sequence[MatterFact]) -> list[Row]:
    return [
        {
            "序号": str(number),
            "编号": matter.number,
            "标题": matter.title,
            "交办日期": long_date(matter.dispatched),
            "到期日期": due_words(matter.due) or "—",
            "工作日": standing_words(matter.days_left, matter.overdue),
            "此前文书": "\n".join(
                f"{paper.number or paper.kind}\n{long_date(paper.on)}" for paper in matter.earlier
            )
            or "—",
        }
        for number, matter in enumerate(matters, start=1)
    ]


def standing_of(matters: Sequence[MatterFact]) -> str:
    """How the cases stand, where the writer said nothing: one sentence each, or one for all of a long list."""
    if len(matters) > _MATTERS_TOLD_ONE_BY_ONE:
        late = sum(1 for matter in matters if _is_late(matter))
        overdue = f"，其中{late}件已超过办理时限" if late else ""
        return f"上表所列{len(matters)}件留言至今仍未报送合格的答复材料{overdue}。"
    return "\n".join(map(_standing_of_one, matters))


def _standing_of_one(matter: MatterFact) -> str:
    words = f"{matter.number}号留言于{long_date(matter.dispatched)}交办"
    if matter.due is not None:
        words += f"，应于{long_date(matter.due.on)}前办理答复"
    if matter.earlier:
        words += f"，此前已提醒、催办{len(matter.earlier)}次"
    if _is_late(matter):
        standing = standing_words(matter.days_left, matter.overdue)
        words += f"，至今仍未报送合格的答复材料，已{standing.removeprefix('已')}"
    return f"{words}。"


def _is_late(matter: MatterFact) -> bool:
    return matter.overdue or (matter.days_left is not None and matter.days_left < 0)
