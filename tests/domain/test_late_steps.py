"""What happened late is recorded and marked (docs/architecture.md, 期限 10)."""

from __future__ import annotations

from desktop_app.domain.late_steps import late_steps


def marks(walk) -> list[str]:
    situation = walk.situation()
    return list(late_steps(situation.case, situation.regulation, situation.calendar).values())


def test_a_return_after_the_day_of_receipt_is_late_in_both(both) -> None:
    assert marks(both.received().act("return", "2026-09-21", reason="无关")) == []
    clause = "第五条（五）" if both.is_x else "第十五条"
    late = both.received().act("return", "2026-09-22", reason="无关")
    assert marks(late) == [f"迟退：应于收件当日2026年9月21日退回（{clause}）"]


def test_a_return_that_presumes_its_receipt_is_on_its_day(both) -> None:
    assert marks(both.dispatched().act("return", "2026-09-29", reason="无关")) == []


def test_tongliao_publishes_on_the_day_of_the_reply_or_the_next_working_day(tongliao) -> None:
    """T 第十二条; the reply came in on 09-25, a holiday that runs to 09-27."""
    assert marks(tongliao.to_publish().act("publish", "2026-09-28")) == []
    late = tongliao.to_publish().act("publish", "2026-09-29")
    assert marks(late) == ["迟公开：应于2026年9月28日公开（第十二条）"]


def test_xizang_sets_no_day_for_publication(xizang) -> None:
    assert marks(xizang.to_publish().act("publish", "2026-10-15")) == []
