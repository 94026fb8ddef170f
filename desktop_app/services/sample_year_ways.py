"""Ways that a case of a sample year goes from the door to the archive: the usual one and those that end early."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.services.sample_year_answers import answered, asked_about, follow_up, must_follow_up
from desktop_app.services.sample_year_story import YearStory, related
from desktop_app.services.sample_year_work import (
    claimed,
    day_of_answer,
    replied,
    sent_out,
    sent_out_again,
    worked_on,
)


def usual(story: YearStory) -> None:
    """From the door to the archive, with all that may come between."""
    accepted(story)
    sent_out(story)
    if not claimed(story):
        return
    worked_on(story)
    answered(story)
    asked_about(story)
    filed(story)
    _after_all(story)


def accepted(story: YearStory) -> None:
    arrival, dice = story.arrival, story.dice
    story.wait(0, 1)
    urgency = dice.choices(story.regulation.values("urgency"), (88, 9, 3)[: _count(story, "urgency")])[0]
    category = dice.choice(arrival.topic.categories)
    known = story.regulation.term("category", category)
    story.every_way(
        "accept",
        category=known.value if known is not None else story.regulation.values("category")[0],
        urgency=urgency,
        topic=arrival.topic.name,
        ground=dice.choice(["", *story.words("acceptance_ground")]),
        handed_down_by="自治区政府政研室" if story.from_above else "",
        handed_down_on=arrival.received.isoformat() if story.from_above else "",
        upstream_due=story.upstream_due.isoformat() if story.upstream_due is not None else "",
    )
    if arrival.topic.trend and story.chance(0.08):
        story.step(
            "assess", demand=dice.choice(story.words("demand")), trend="yes", note="近期同类留言较多。"
        )
    elif story.chance(0.1):
        story.step("assess", demand=dice.choice(story.words("demand")))
    if category == "投诉":
        _complained_of(story)


def _count(story: YearStory, vocabulary: str) -> int:
    return len(story.regulation.values(vocabulary))


def _complained_of(story: YearStory) -> None:
    """Now and then a message names a unit; an accusation is never sent to the unit it accuses."""
    if story.chance(0.02):
        others = [one for one in tuple(story.year.units) if not related(story, one)]
        if others:
            kind = story.words("complaint_kind", "barred")[0]
            accused = story.dice.choice(others)
            story.step("complained-of", kind=kind, unit=accused.name, person="该单位一名负责人")
            story.barred = True
    elif story.chance(0.1):
        kind = story.words("complaint_kind", "warned")[0]
        story.step("complained-of", kind=kind, unit=story.unit.name)


def filed(story: YearStory) -> None:
    """Closed, and archived with the others of the month."""
    if any(one.action == "instruct" for one in story.steps):
        story.step("feedback", to="批示领导", text="已办结，群众反映的问题得到解决。")
    asked = any(one.action in ("follow-up", "answer-with") for one in story.steps)
    item = next((one for one in story.regulation.open_items if one.trigger == "follow_up_missing"), None)
    if (
        story.answered is not None
        and not asked
        and item is not None
        and not item.blocking
        and story.chance(0.2)
    ):
        story.step("waive", item=item.kind, reason="留言人要求不再回访。", by="李建国")
    story.wait(1, 8)
    story.step("close")
    story.wait(5, 20)
    story.step("archive", retention=story.dice.choice(story.words("retention")))


def _after_all(story: YearStory) -> None:
    """One in a hundred comes back after it was filed."""
    if not story.chance(0.012):
        return
    story.wait(5, 40)
    story.step("reopen", reason="留言人反映问题又出现。")
    if len(story.regulation.actions["accept"].ways) > 1:
        # Where a case is taken up again before it is shared out, that is done once more.
        story.step("accept", category=story.regulation.values("category")[0])
    sent_out_again(story)
    replied(story, day_of_answer(story, -2, 1))
    answered(story)
    if must_follow_up(story):
        follow_up(story)
    filed(story)


def refused(story: YearStory, earlier: YearStory | None) -> None:
    """Turned away on one of the grounds in turn, told or excused; a few are taken up after all."""
    story.refused = True
    term = story.regulation.vocabularies["refusal_ground"][story.place % _count(story, "refusal_ground")]
    if "duplicate_of" in term.requires and earlier is None:
        term = story.regulation.vocabularies["refusal_ground"][0]
    story.wait(0, 2)
    told = story.chance(0.8)
    excuse = "" if told else story.dice.choice(story.words("not_told_reason"))
    keep = told or "explanation" in term.requires
    story.step(
        "refuse",
        ground=term.value,
        explanation="经核，所提事项不属于受理范围，依据办法不予受理。" if keep else "",
        suggestion="建议向有管辖权的机关反映。" if keep else "",
        not_told_reason=excuse,
        duplicate_of=f"@{earlier.place}" if earlier is not None and "duplicate_of" in term.requires else "",
    )
    if told:
        story.wait(0, 1)
        story.step("tell-refusal", channel="留言板回复")
    if story.chance(0.03) and story.regulation.initial_state in _ways_of_reopening(story):
        story.wait(1, 5)
        story.step("reopen", reason="补充了材料，重新审查。")
        story.refused = False
        usual(story)
        return
    story.wait(1, 5)
    story.step("close")
    story.wait(5, 20)
    story.step("archive", retention=story.words("retention")[-1])


def _ways_of_reopening(story: YearStory) -> Sequence[str]:
    refused_state = story.regulation.actions["refuse"].to or ""
    return story.regulation.actions["reopen"].ways.get(refused_state, ())


def linked(story: YearStory, earlier: YearStory) -> None:
    """The same matter as an earlier one: answered with it."""
    story.wait(0, 1)
    story.step("link-duplicate", of=f"@{earlier.place}")
    if earlier.answered is None:
        return
    story.until(earlier.answered)
    story.wait(1, 3)
    if must_follow_up(story):
        follow_up(story)
    story.answered = story.day
    filed(story)


def explained(story: YearStory) -> None:
    """Cannot be done, and is explained."""
    accepted(story)
    sent_out(story)
    if not claimed(story):
        return
    story.wait(1, 4)
    above = "自治区政府政研室" if story.from_above else ""
    text = "所涉项目今年难以办结，已向留言人说明情况。"
    story.step("explain", consent_by="中心主任", upstream_consent_by=above, text=text)
    filed(story)


def sent_back_up(story: YearStory) -> None:
    """Came from above, and is not this place's business."""
    story.refused = True
    story.wait(0, 1)
    story.step("return-upward", reason="所反映的事项不在本市管辖范围。", to="自治区政府政研室")
    story.wait(1, 3)
    story.step("close")
