"""Stories of the sample office in which superiors and supervisors have their say."""

from __future__ import annotations

from desktop_app.services.sample_story import Story


def instructed(story: Story, place: int) -> None:
    """The principal leader wrote on it, and wants to hear every week."""
    story.received(2)
    leader = "自治区主席" if "sign-off" in story.regulation.actions else "市长"
    story.step(
        "instruct",
        1,
        leader=leader,
        principal="yes",
        text="群众反映的问题要抓紧解决，结果报我。",
        rhythm="每周",
    )


def explained(story: Story, place: int) -> None:
    """Could not be solved, and was explained."""
    story.received(6)
    keys = {"consent_by": "中心主任", "upstream_consent_by": "政研室"} if story.from_above else {}
    consent = keys or {"consent_by": "中心主任"}
    story.step("explain", 2, text="所涉项目已列入明年计划，今年难以办结，已向留言人说明。", **consent)


def moving_many(story: Story, place: int) -> None:
    """Many are moved by it: a trend, of wide effect, investigated on the spot."""
    story.received(3)
    story.step("assess", 3, demand="有明确规定", trend="yes", note="同类留言一周内有五件。")
    story.step("mark-major", 3, reason="网上转发较多，影响较大。")
    if place % 2:
        story.step(
            "investigate",
            1,
            by="办公室主任",
            units=f"本单位、{story.unit.name}",
            findings="现场查看，反映情况属实。",
            conclusion="一周内整改到位。",
        )


def sent_back_twice(story: Story, place: int) -> None:
    """Answered off the point, twice."""
    story.received(5)
    due = story.day.calendar.nth_working_day_after(story.day.today, 2).isoformat()
    for back in (3, 1):
        story.replied(back)
        story.step("rework", back, ground="答非所问", due=due, opinion="仍未回答何时解决。")


def handed_over(story: Story, place: int) -> None:
    """Urged and supervised without result; where the regulation knows it, handed to discipline inspection."""
    story.received(story.limit + 12)
    story.urged(10)
    story.step("supervise", 6, to=story.unit.name, ground="催办无果", by="王敏")
    if "transfer" not in story.regulation.actions:
        return
    story.step(
        "transfer",
        1,
        to="市纪委监委",
        decided_by="中心主任",
        violation="两次报送的办理情况与现场不符，有弄虚作假的线索。",
        consequences="问题拖延，群众多次反映，造成不良影响。",
        reported_on=story.day.back(1).isoformat(),
    )


def opened_again(story: Story, place: int) -> None:
    """Archived, and taken up again because it came back."""
    story.received(24)
    story.replied(20)
    story.answered(20)
    story.step("follow-up", 19, result="满意", channel="电话")
    story.step("close", 18)
    story.step("archive", 17, retention="10年")
    story.step("reopen", 2, reason="留言人反映问题又出现。")
    story.step("dispatch", 1, lead=story.sample["unit"])
