"""What a unit of a sample year does with a case, and what the office does with the unit: claimed, pressed, replied."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.history import approval_chain
from desktop_app.services.sample_year_story import YearStory, related

_OFFICE = "王敏"


def sent_out(story: YearStory) -> None:
    story.wait(0, 1)
    supporting = (
        story.dice.choice(tuple(story.year.units)).name if story.chance(0.08) and not story.barred else ""
    )
    story.step(
        "dispatch",
        lead=story.unit.name,
        supporting=supporting if supporting != story.unit.name else "",
        opinion=story.arrival.topic.opinion,
    )
    if story.chance(0.015):
        _instructed(story)
    if story.chance(0.008):
        story.step("mark-major", reason="反映的人多，影响较大。")
        story.wait(1, 3)
        story.step(
            "investigate", by="办公室主任", findings="现场查看，反映情况属实。", conclusion="限期整改。"
        )


def _instructed(story: YearStory) -> None:
    principal = story.chance(0.5)
    story.step(
        "instruct",
        leader="主要领导" if principal else "分管领导",
        principal="yes" if principal else "no",
        text="请抓紧核实解决，结果报我。",
        rhythm=story.dice.choice(story.words("feedback_rhythm")),
    )


def claimed(story: YearStory) -> bool:
    """Whether the unit has it; one that never takes it is urged, and lets it lie."""
    habit = story.habit
    if story.chance(habit.never_claims):
        story.wait(2, 4)
        story.step("urge", to=f"{story.unit.name}主要负责人", channel="电话", by=_OFFICE)
        if story.chance(0.5):
            return False
    story.wait(*habit.claim)
    manner = story.dice.choice(story.words("receive_manner", "claims"))
    if not story.step("receive", by=story.handler, manner=manner):
        return False
    story.clock_starts()
    return not story.chance(habit.gives_back) or _gives_back(story)


def _gives_back(story: YearStory) -> bool:
    """Not ours, says the unit: the same day as it should, or later; the office agrees or not."""
    if story.chance(0.3):
        story.wait(1, 3)
    signer = story.unit.deputy if story.chance(0.85) else ""
    story.step("return", reason="经研究，该事项不属于我单位职责范围。", basis="部门三定规定", signer=signer)
    story.wait(0, 1)
    if story.knows("refuse-return") and story.chance(0.3):
        story.step("refuse-return", reason="按职责分工应由贵单位办理。")
        return True
    story.step("accept-return", reason="同意，另行交办。")
    story.unit = story.dice.choice(
        [one for one in tuple(story.year.units) if one.name != story.unit.name and not related(story, one)]
        or [story.unit]
    )
    if story.barred:
        # Nobody is asked whether the next unit is the accused one: it stays where it was.
        story.unit = story.arrival.unit
    sent_out_again(story)
    return story.received_by_unit is not None and not story.over


def sent_out_again(story: YearStory) -> None:
    story.wait(0, 1)
    story.step("dispatch", lead=story.unit.name, opinion=story.arrival.topic.opinion)
    _takes_it(story)


def _takes_it(story: YearStory) -> None:
    story.wait(0, 1)
    manner = story.words("receive_manner", "claims")[0]
    story.step("receive", by=story.handler, manner=manner)
    story.clock_starts()


def worked_on(story: YearStory) -> None:
    """Until a reply is in that is to the point."""
    if story.arrival.message.citizen.contact and story.chance(0.9):
        story.wait(0, 1)
        when = story.words("contact_time")[0]
        story.step("contact", when=when, channel="电话", result="已联系，核实了情况。")
    if story.chance(0.015) and story.knows("change-units") and not story.barred:
        _another_leads(story)
    if story.chance(story.habit.wants_longer):
        _asks_for_longer(story)
    if story.chance(story.habit.never_answers):
        _pressed_until(story, date.max)
        story.over = True
        return
    replied(story, day_of_answer(story, *story.habit.answer))
    for _ in range(2):
        if not story.chance(story.habit.misses_the_point):
            return
        story.wait(0, 1)
        due = story.sent_back_until()
        ground = story.dice.choice(story.words("rework_ground"))
        story.step("rework", ground=ground, due=due.isoformat(), opinion="请针对所提问题逐项答复。")
        replied(story, day_of_answer(story, -2, 2))


def _another_leads(story: YearStory) -> None:
    """The office finds a better unit, and its clock begins anew."""
    others = [one for one in story.year.units if one.name != story.unit.name and not related(story, one)]
    if not others:
        return
    story.wait(0, 2)
    story.unit = story.dice.choice(others)
    story.step("change-units", lead=story.unit.name, reason="按职责分工调整牵头单位。")
    _takes_it(story)


def day_of_answer(story: YearStory, least: int, most: int) -> date:
    """So many working days from the due date, never before the unit has it."""
    calendar, due, days = story.year.calendar, story.due or story.day, story.dice.randint(least, most)
    if days > 0:
        return max(story.day, calendar.nth_working_day_after(due, days))
    day = due
    for _ in range(-days):
        day = calendar.last_working_day_before(day)
    return max(story.day, calendar.next_working_day_on_or_after(day))


def replied(story: YearStory, day: date) -> None:
    _pressed_until(story, day)
    story.until(day)
    unit = story.unit
    text = (
        f"您好！{story.dice.choice(story.arrival.topic.replies)}经办人：{story.handler}，电话：{unit.phone}。"
    )
    story.step(
        "reply",
        text=text,
        suggested_public="yes",
        signer=(unit.head or "主要负责人") if story.chance(0.97) else "无",
        stamped="yes" if story.chance(0.96) else "no",
        handler=story.handler,
        phone=unit.phone,
    )


def _pressed_until(story: YearStory, answer: date) -> None:
    """Reminded the day before it is due, urged once it is overdue, supervised where that was of no use."""
    calendar, due = story.year.calendar, story.due
    if due is None or answer <= due:
        if due is not None and answer == due and story.chance(0.9):
            _press(story, "remind", max(story.day, calendar.last_working_day_before(due)), "主要负责同志")
        return
    if story.chance(0.9):
        _press(story, "remind", max(story.day, calendar.last_working_day_before(due)), "主要负责同志")
    urged = calendar.nth_working_day_after(due, story.dice.randint(1, 2))
    if urged >= answer:
        return
    _press(story, "urge", urged, "")
    served = "urge" in story.regulation.forms
    if served:
        manner = story.words("service_manner")[0]
        story.step("serve", paper="urge", manner=manner, received_by=story.handler)
    supervised = calendar.nth_working_day_after(story.day, 3)
    if supervised < answer and story.chance(0.8):
        # 催办无果 stands on an urge that was served; where the regulation has no such paper, on delay.
        ground = story.words("supervision_ground", *(("after_urge",) if served else ("", "after_urge")))[0]
        _press(story, "supervise", supervised, "", ground=ground)
        _graver(story, answer)


def _press(story: YearStory, action: str, day: date, whom: str, **keys: str) -> None:
    story.until(day)
    story.step(action, to=f"{story.unit.name}{whom}", channel="电话", by=_OFFICE, **keys)


def _graver(story: YearStory, answer: date) -> None:
    """What comes after a 督办 without result: discipline inspection, somebody answers for it."""
    if story.day >= answer:
        return
    if story.chance(0.15) and story.knows("transfer"):
        story.wait(1, 1)
        story.step(
            "transfer",
            to="市纪委监委",
            decided_by="中心主任",
            violation="两次报送的办理情况与现场不符。",
            consequences="问题拖延，群众多次反映。",
            reported_on=story.day.isoformat(),
        )
        story.step("special-supervision", by="市政府督查室", text="已列入专项督办。")
    if story.chance(0.2):
        grounds = story.words("accountability_ground")
        story.step(
            "hold-accountable", ground=story.dice.choice(grounds), by="分管领导", note="约谈主要负责人。"
        )


def _asks_for_longer(story: YearStory) -> None:
    """Applied for in time, now and then too late; granted whole, in part, or not at all."""
    assert story.due is not None
    calendar = story.year.calendar
    cap = story.regulation.limits_on(story.arrival.received).extension.days
    days = story.dice.randint(1, min(cap, 10))
    late = story.chance(0.15)
    asked = (
        calendar.nth_working_day_after(story.due, 1) if late else calendar.last_working_day_before(story.due)
    )
    story.until(asked)
    told = story.step(
        "apply-extension",
        days=str(days),
        reason="涉及多个部门，需现场核查。",
        applicant=story.unit.name,
        progress="已初步调查，正在会商。",
        citizen_told="yes" if story.chance(0.8) else "no",
    )
    if not told:
        return
    levels = approval_chain(story.regulation, story.arrival.message.board)
    if story.knows("refuse-extension") and story.chance(0.2):
        story.step("refuse-extension", level=levels[0], by=f"{levels[0]}负责人", opinion="请按期办结。")
        return
    granted = max(1, days - 1) if story.chance(0.25) else days
    for level in levels:
        story.step("approve-extension", level=level, by=f"{level}负责人", days=str(granted))
    story.extended(granted)
