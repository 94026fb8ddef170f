"""Stories of the sample office: what happened to a message, one function a way that cases go."""

from __future__ import annotations

from collections.abc import Callable

from desktop_app.domain.regulation import Regulation
from desktop_app.domain.units import UnitRegister
from desktop_app.services import sample_oversight as oversight
from desktop_app.services.sample_story import Day, Sample, Story, Told


def story_of(sample: Sample, place: int, day: Day, regulation: Regulation, units: UnitRegister) -> list[Told]:
    """The story of the message at that place of its regulation; places go round all the tellings."""
    story = Story(sample, day, regulation, units)
    _TELLINGS[place % len(_TELLINGS)](story, place)
    return story.steps


def refusal_story(sample: Sample, place: int, day: Day, numbers: dict[str, str]) -> list[Told]:
    """A message that is not accepted: told to the citizen, still to be told, merged, or sent back up."""
    earlier = sample.get("duplicate_of", "")
    keys = {
        "ground": sample["refusal_ground"],
        "explanation": sample.get("explanation", ""),
        "suggestion": sample.get("suggestion", ""),
        "duplicate_of": numbers.get(earlier, earlier),
    }
    back = place % 6 + 2
    if sample.get("handed_down_by"):
        up = {"reason": sample["explanation"], "to": sample["handed_down_by"]}
        return [Told("return-upward", day.back(back), up)]
    if sample.get("linked"):
        return [Told("link-duplicate", day.back(back), {"of": numbers[earlier]})]
    steps = [Told("refuse", day.back(back), {name: value for name, value in keys.items() if value})]
    if place % 3 and sample.get("contact"):
        steps.append(Told("tell-refusal", day.back(back - 1), {"channel": "留言板回复"}))
        steps.append(Told("close", day.back(back - 1), {}))
    return steps


def _untouched(story: Story, place: int) -> None:
    """Just come in."""


def _accepted(story: Story, place: int) -> None:
    story.accepted(place % 2)


def _sent(story: Story, place: int) -> None:
    story.dispatched(0)


def _unclaimed(story: Story, place: int) -> None:
    story.dispatched(3)


def _fresh(story: Story, place: int) -> None:
    story.received(1 + place % 2)
    story.contacted("办前", 1)


def _reminder_today(story: Story, place: int) -> None:
    story.received(story.limit - 1)


def _due_today(story: Story, place: int) -> None:
    story.received(story.limit)
    story.step("remind", 1, to="承办单位主要负责同志", channel="电话", by="王敏")


def _overdue(story: Story, place: int) -> None:
    story.received(story.limit + 1 + place % 3)


def _urged(story: Story, place: int) -> None:
    story.received(story.limit + 5)
    story.urged(3)


def _supervised(story: Story, place: int) -> None:
    story.received(story.limit + 9)
    story.urged(7)
    story.step("supervise", 3, to=story.unit.name, ground="催办无果", by="王敏")


def _extension_asked(story: Story, place: int) -> None:
    story.received(story.limit - 1)
    story.extended(0, -1, "3")


def _extended(story: Story, place: int) -> None:
    story.received(story.limit + 1)
    story.extended(2, 2, "3")


def _replied(story: Story, place: int) -> None:
    story.received(4)
    story.replied(place % 2, stamped="no" if place % 5 == 0 else "yes")


def _reviewed(story: Story, place: int) -> None:
    story.received(4)
    story.replied(1)
    story.reviewed(0)


def _signed_off(story: Story, place: int) -> None:
    story.received(4)
    story.replied(1)
    story.reviewed(1)
    story.signed_off(0)


def _sent_back(story: Story, place: int) -> None:
    story.received(4)
    story.replied(2)
    due = story.day.calendar.nth_working_day_after(story.day.today, 2)
    story.step("rework", 1, ground="答非所问", due=due.isoformat(), opinion="请针对留言所提问题逐项答复。")


def _returned(story: Story, place: int) -> None:
    story.received(3)
    story.step(
        "return",
        3 - place % 2,
        reason="该事项不属于我单位职责范围。",
        signer=story.unit.deputy or "分管领导",
    )
    if place % 2:
        story.step("accept-return", 2)


def _answered(story: Story, place: int) -> None:
    story.received(8 + place % 3)
    story.contacted("办前", 8)
    story.replied(5)
    story.answered(5)


def _followed_up(story: Story, place: int) -> None:
    _answered(story, place)
    story.contacted("办后", 4)
    result = ("满意", "基本满意", "不满意", "未联系上")[place % 4]
    story.step("follow-up", 3, result=result, channel="电话")


def _closed(story: Story, place: int) -> None:
    _followed_up(story, place)
    story.step("close", 2)


def _archived(story: Story, place: int) -> None:
    back = 20 + place % 20
    story.received(back)
    story.contacted("办前", back - 1)
    story.replied(back - story.limit + (1 if place % 4 else -2))
    story.answered(back - story.limit - 3)
    story.step("follow-up", back - story.limit - 4, result="满意", channel="电话")
    story.step("close", back - story.limit - 5)
    story.step("archive", back - story.limit - 6, retention="10年")


_TELLINGS: tuple[Callable[[Story, int], None], ...] = (
    _untouched,
    _archived,
    _fresh,
    _reminder_today,
    _answered,
    _sent,
    _overdue,
    _replied,
    _archived,
    _extended,
    _accepted,
    _due_today,
    _followed_up,
    _unclaimed,
    _supervised,
    _reviewed,
    _archived,
    _urged,
    _signed_off,
    _sent_back,
    _closed,
    _extension_asked,
    _returned,
    _untouched,
    _fresh,
    _archived,
    oversight.instructed,
    oversight.explained,
    oversight.moving_many,
    oversight.sent_back_twice,
    oversight.handed_over,
    oversight.opened_again,
)
