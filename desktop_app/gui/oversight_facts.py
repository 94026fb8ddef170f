"""What superiors, leaders, reviewers and the citizen said of a case, as labelled facts; and the cases tied to it. No Qt here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.domain.oversight import Instruction
from desktop_app.domain.ratings import BEST, BoardRating
from desktop_app.domain.wording import date_words
from desktop_app.gui.case_facts import Fact
from desktop_app.gui.story_state import effective_keys
from desktop_app.services.case_view import CaseView

AUTOMATIC = "自动好评，不计入"


@dataclass(frozen=True, slots=True)
class FactGroup:
    """Facts under one head."""

    heading: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Another case that is answered together with this one, and how they hang together."""

    words: str
    number: str


def oversight_groups(view: CaseView) -> tuple[FactGroup, ...]:
    """Groups that have something to say, in the order in which such things come about."""
    groups = (
        FactGroup("上级交办", tuple(_handed_down(view))),
        FactGroup("研判", tuple(_judged(view))),
        FactGroup("批示与反馈", tuple(_instructions(view))),
        FactGroup("并案", tuple(Fact(tie.words, tie.number, link=tie.number) for tie in ties(view))),
        FactGroup("满意度", tuple(_satisfaction(view))),
        FactGroup("移交与问责", tuple(_consequences(view))),
    )
    return tuple(group for group in groups if group.facts)


def marks(view: CaseView) -> tuple[str, ...]:
    """What must be seen at once: a leader's instruction, wide effect, a trend, a case from above."""
    case = view.case
    instructed = [one for one in case.instructions if one.principal]
    found = (
        (bool(instructed), "主要领导批示"),
        (bool(case.instructions) and not instructed, "领导批示"),
        (case.major is not None, "重大影响"),
        (case.assessment is not None and case.assessment.trend, "苗头性、倾向性"),
        (case.handed_down is not None, "上级交办"),
    )
    return tuple(words for holds, words in found if holds)


def ties(view: CaseView) -> tuple[Tie, ...]:
    """The case that answers for this one, and those that this one answers for."""
    case = view.case
    found = []
    if case.answered_with is not None:
        found.append(
            Tie(f"{date_words(case.answered_with.on, view.today)} 随主件答复", case.answered_with.of)
        )
    elif case.linked_to:
        found.append(Tie("并入", case.linked_to))
    return (*found, *(Tie("并入本件", number) for number in case.linked))


def _handed_down(view: CaseView) -> Iterator[Fact]:
    told = view.case.handed_down
    if told is None:
        return
    yield Fact("交办单位", told.by or "—")
    yield Fact("交办日期", date_words(told.on, view.today) if told.on is not None else "未登记")
    yield Fact("上级时限", f"{date_words(told.due, view.today)} 前" if told.due is not None else "未登记")
    for report in view.case.reports_up:
        yield Fact("已上报", f"{date_words(report.on, view.today)}　{report.to}")
    if view.case.returned_upward is not None:
        back = view.case.returned_upward
        yield Fact("已退回上级", f"{date_words(back.on, view.today)}　{back.to}".strip())


def _judged(view: CaseView) -> Iterator[Fact]:
    case = view.case
    if case.assessment is not None:
        made = case.assessment
        yield Fact("诉求性质", made.demand or "未研判")
        yield Fact("苗头性、倾向性", "是" if made.trend else "否")
        if made.note:
            yield Fact("研判意见", _text(view, "assess", "note"))
    if case.major is not None:
        yield Fact(
            "重大影响",
            f"{date_words(case.major.on, view.today)}　{_text_of(view, case.major.event, 'reason')}",
        )
    for found in case.investigations:
        day = date_words(found.on, view.today)
        yield Fact("联合调研", f"{day}　{found.by}：{_text_of(view, found.event, 'findings')}")


def _instructions(view: CaseView) -> Iterator[Fact]:
    """Word for word, as the leader wrote."""
    for one in view.case.instructions:
        yield Fact(f"批示 {date_words(one.on, view.today)}", _instruction(view, one))
    for back in view.case.feedbacks:
        words = _text_of(view, back.event, "text")
        after = _text_of(view, back.event, "next")
        rest = f"；下一步：{after}" if after else ""
        yield Fact(f"反馈 {date_words(back.on, view.today)}", f"{back.to}：{words}{rest}")


def _instruction(view: CaseView, one: Instruction) -> str:
    rank = "（主要领导）" if one.principal else ""
    due = f"{date_words(one.feedback_due, view.today)} 前反馈" if one.feedback_due is not None else ""
    wanted = "，".join(part for part in (f"{one.rhythm}反馈" if one.rhythm else "", due) if part)
    words = f"{one.leader}{rank}：“{_text_of(view, one.event, 'text')}”"
    return f"{words}\n{wanted}" if wanted else words


def _satisfaction(view: CaseView) -> Iterator[Fact]:
    """Two series that never run into one: the office's own calls, and what the board collected."""
    for one in view.case.follow_ups:
        solved = {True: "已解决", False: "未解决", None: ""}[one.solved]
        note = _text_of(view, one.event, "note")
        said = "，".join(part for part in (one.result, one.channel, solved, note) if part)
        yield Fact("回访", f"{date_words(one.on, view.today)}　{said}")
    if view.rating is not None:
        yield Fact(f"网上评价（{AUTOMATIC}）" if view.rating.automatic else "网上评价", rating_words(view))


def rating_words(view: CaseView) -> str:
    """``解决程度 5　办理态度 4　办理速度 —（满分 5）　满意　10月8日 周四　办得快``."""
    rating = view.rating
    if rating is None:
        return ""
    grades = _grades(rating)
    day = date_words(rating.on, view.today) if rating.on is not None else ""
    return "　".join(part for part in (grades, rating.satisfaction, day, rating.words) if part)


def _grades(rating: BoardRating) -> str:
    given = (("解决程度", rating.level), ("办理态度", rating.manner), ("办理速度", rating.speed))
    if all(grade is None for _, grade in given):
        return ""
    told = "　".join(f"{what} {grade if grade is not None else '—'}" for what, grade in given)
    return f"{told}（满分 {BEST}）"


def _consequences(view: CaseView) -> Iterator[Fact]:
    case = view.case
    for one in case.transfers:
        day = date_words(one.on, view.today)
        reported = date_words(one.reported_on, view.today)
        yield Fact("移交", f"{day}　{one.to}　{one.number}　{one.decided_by}决定，{reported}报督查室")
    for special in case.special_supervisions:
        words = _text_of(view, special.event, "text")
        yield Fact("专项督办", f"{date_words(special.on, view.today)}　{special.by}：{words}")
    hidden = {one.id for one in view.events if one.hidden}
    for held in case.accountability:
        day = date_words(held.on, view.today)
        words = held.ground if held.event in hidden else f"{held.ground}，{held.by}决定"
        note = "" if held.event in hidden else _text_of(view, held.event, "note")
        yield Fact("问责", "　".join(part for part in (day, words, note) if part))


def _text(view: CaseView, action: str, key: str) -> str:
    """The newest text of such a step as the page shows it: masked until revealed."""
    told = [_text_of(view, one.id, key) for one in view.events if one.action == action and not one.void]
    return next((words for words in reversed(told) if words), "")


def _text_of(view: CaseView, event: int, key: str) -> str:
    recorded = next((one for one in view.events if one.id == event), None)
    return effective_keys(view, recorded).get(key, "") if recorded is not None else ""
