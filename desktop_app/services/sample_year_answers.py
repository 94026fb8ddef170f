"""How a case of a sample year is answered, and what the citizen says of it."""

from __future__ import annotations

from desktop_app.services.sample_year_story import YearStory
from desktop_app.services.sample_year_work import day_of_answer, replied

_FOLLOWED_UP = 0.85


def answered(story: YearStory) -> None:
    """Reviewed, signed off where that is asked, and told to the citizen."""
    private = story.barred or story.chance(0.07)
    at_once = story.regulation.clock.publish_same_day and story.chance(0.9)
    if not at_once:
        story.wait(0, 1)
    _reviewed(story, private)
    if story.knows("decline-sign-off") and story.chance(0.03):
        story.step("decline-sign-off", by="秘书长", reason="措辞再作斟酌。")
        story.wait(0, 1)
        _reviewed(story, private)
    story.step("sign-off", by="秘书长")
    if not at_once:
        story.wait(0, 1)
    if private:
        told = story.step("answer-privately", by=story.handler, channel="电话")
        story.step("post-note", text="该留言涉及不宜公开的内容，承办单位已直接答复留言人。")
    else:
        told = story.step("publish", place="人民网领导留言板")
    story.answered = story.entered if told else None
    if story.from_above:
        story.step("report-up", to="自治区政府政研室", text="已办结，答复附后。")


def _reviewed(story: YearStory, private: bool) -> None:
    reason = next((one for one in story.words("private_reason") if "个人" in one or "隐私" in one), "")
    story.every_way(
        "pass-review",
        by="李建国",
        public="no" if private else "yes",
        private_reason=(reason or story.words("private_reason")[0]) if private else "",
    )


def asked_about(story: YearStory) -> None:
    """The citizen is called; who is not satisfied may bring the case back to the unit."""
    if story.arrival.message.citizen.contact:
        story.wait(0, 2)
        after = story.words("contact_time")[-1]
        story.step("contact", when=after, channel="电话", result="已告知办理结果。")
        twice = story.chance(0.02)
        if twice and story.step("contact", when=after, channel="电话", result="已告知办理结果。"):
            story.step("correct", event="last:contact", reason="重复登记")
    if not story.chance(_FOLLOWED_UP) and not must_follow_up(story):
        return
    story.wait(1, 4)
    if follow_up(story) and story.chance(0.3):
        story.wait(1, 2)
        ground = (story.words("rework_ground", "other") or story.words("rework_ground"))[0]
        due = story.sent_back_until()
        story.step("rework", ground=ground, due=due.isoformat(), opinion="网友对办理结果不满意，请再作核查。")
        replied(story, day_of_answer(story, -2, 1))
        answered(story)
        story.wait(1, 3)
        follow_up(story)


def must_follow_up(story: YearStory) -> bool:
    return any(one.blocking and one.trigger == "follow_up_missing" for one in story.regulation.open_items)


def follow_up(story: YearStory) -> bool:
    """Record what the citizen said; True where he is not satisfied."""
    if story.chance(0.12):
        unreached = story.words("follow_up_result", without="reached")
        story.step("follow-up", result=story.dice.choice(unreached), channel="电话")
        return False
    pleased = story.chance(story.habit.satisfies)
    happy = story.words("follow_up_result", "satisfied")
    angry = [one for one in story.words("follow_up_result", "reached") if one not in happy]
    result = story.dice.choice(happy if pleased else angry)
    told = story.step("follow-up", result=result, channel="电话", solved="yes" if pleased else "no")
    if told and pleased and len(happy) > 1 and story.chance(0.02):
        other = next(one for one in happy if one != result)
        story.step("correct", event="last:follow-up", reason="回访记录抄错", result=other)
    return not pleased
