"""What a case counts as, and for which unit: extensions, returns, reworks, refusals, duplicates, cases taken up again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.domain.figures_of_cases import CaseFacts, as_of, facts_of
from desktop_app.domain.ratings import BoardRating

Walks = Any
LATER = "2026-11-23"


def facts(walk: Any, today: str = LATER, rating: BoardRating | None = None) -> CaseFacts:
    found = facts_of(walk.case, rating, walk.regulation, walk.calendar)
    return as_of(found, date.fromisoformat(today), walk.calendar)


def keys(walk: Any, today: str = LATER) -> frozenset[str]:
    return facts(walk, today).all_keys


def of(walk: Any, unit: str, today: str = LATER) -> frozenset[str]:
    found = facts(walk, today)
    own = found.unit_keys.get(unit, frozenset())
    return own | found.keys if unit == found.unit else own


def test_the_straight_way(both: Walks) -> None:
    found = facts(both.closed())
    assert found.all_keys == {
        *("received", "accepted", "dispatched", "replied", "on_time", "first_replied", "first_on_time"),
        *("published", "answered", "closed"),
    }
    assert (found.unit, found.reply_days, found.awaiting, dict(found.late)) == ("甲市教育局", 3, None, {})


def test_before_it_is_screened_a_case_is_only_received(both: Walks) -> None:
    assert keys(both.new()) == {"received", "pending"}


def test_a_refused_case_is_not_accepted_even_where_that_came_later(both: Walks) -> None:
    told = {"explanation": "不属本级受理。", "suggestion": "请向法院反映。"}
    ground = both.new().regulation.values("refusal_ground")[0]
    walk = both.accepted().act("refuse", "2026-09-19", ground=ground, **told)
    assert keys(walk) == {"received", "refused"}
    assert keys(walk.act("reopen", "2026-09-20", reason="重新研究")) == {"received", "pending"}


def test_an_unanswered_case_is_overdue_from_the_day_after_due(both: Walks) -> None:
    walk = both.received("2026-09-21")
    due = walk.clock.due
    assert "overdue" not in keys(walk, due.isoformat())
    late = facts(walk, "2026-10-20")
    assert {"overdue", "overdue_open", "unanswered"} <= late.all_keys
    assert late.late == {"甲市教育局": walk.calendar.working_days_between(due, date(2026, 10, 20))}


def test_what_nobody_ever_signed_for_is_late_in_xizang_only(both: Walks) -> None:
    assert ("overdue" in keys(both.dispatched())) is both.is_x


def test_a_late_reply_is_replied_and_overdue_and_not_on_time(both: Walks) -> None:
    walk = both.replied("2026-10-20")
    assert {"replied", "replied_late", "overdue"} <= keys(walk) and "on_time" not in keys(walk)
    assert "overdue_open" not in keys(walk) and "first_on_time" not in keys(walk)


def test_an_extension_asked_for_in_time_makes_nobody_late(both: Walks) -> None:
    walk = both.received("2026-09-21")
    due = walk.clock.due
    both.grant(both.extension(walk, due.isoformat(), "3"), due.isoformat())
    assert {"extended", "on_time"} <= keys(both.reply(walk, walk.clock.due.isoformat()))


def test_one_asked_for_after_due_moves_the_date_and_the_delay_stays(both: Walks) -> None:
    walk = both.received("2026-09-21")
    late = walk.calendar.nth_working_day_after(walk.clock.due, 2).isoformat()
    both.extension(walk, late, "3")
    assert "extended" not in keys(walk)
    walk = both.reply(both.grant(walk, late), late)
    assert {"extended", "replied", "overdue"} <= keys(walk) and "on_time" not in keys(walk)
    assert facts(walk).late == {"甲市教育局": 2}


def test_a_return_counts_for_who_made_it_and_once_it_is_accepted(both: Walks) -> None:
    walk = both.received("2026-09-21").act("return", "2026-09-22", reason="不属本局职责", signer="钱副局")
    assert "returned" not in keys(walk) and "returned_late" in keys(walk)
    walk.act("accept-return", "2026-09-23")
    assert facts(walk).unit == "" and "unanswered" not in keys(walk)
    walk.act("dispatch", "2026-09-24", lead="住建局").act("receive", "2026-09-24", by="吴科")
    both.reply(walk, "2026-09-25")
    assert of(walk, "甲市教育局") == {"dispatched", "returned", "returned_late"}
    assert {"received", "dispatched", "replied", "on_time"} <= of(walk, "甲市住建局")
    assert "returned" not in of(walk, "甲市住建局")


def test_a_return_refused_is_none(both: Walks) -> None:
    walk = both.received("2026-09-21").act("return", "2026-09-21", reason="不属本局职责", signer="钱副局")
    walk.act("refuse-return", "2026-09-22", reason="属贵局职责")
    assert "return_refused" in keys(walk) and "returned" not in keys(walk)


def test_the_delay_of_a_unit_stays_with_it_when_another_takes_over(both: Walks) -> None:
    walk = both.received("2026-09-21").act("change-units", "2026-10-20", lead="住建局", reason="职责调整")
    walk.act("receive", "2026-10-20", by="吴科")
    both.reply(walk, "2026-10-21")
    assert "overdue" in of(walk, "甲市教育局") and "overdue" not in of(walk, "甲市住建局")
    assert {"replied", "on_time"} <= of(walk, "甲市住建局")
    assert {"overdue", "on_time"} <= keys(walk)


def test_a_reply_sent_back_is_none_and_the_rework_date_binds(both: Walks) -> None:
    walk = both.rework(both.replied("2026-09-25"), "2026-09-27", "2026-09-28")
    assert "replied" not in keys(walk, "2026-09-28") and "reworked" in keys(walk, "2026-09-28")
    assert "overdue" not in keys(walk, "2026-09-28") and "overdue" in keys(walk, "2026-09-29")
    both.reply(walk, "2026-09-29")
    assert {"replied", "overdue", "reworked", "first_on_time"} <= keys(walk)


def test_a_merged_case_has_no_clock_and_counts_as_no_reply(both: Walks) -> None:
    found = facts(both.merged())
    assert found.all_keys == {"received", "accepted", "merged"}
    walk = both.received("2026-09-21").beside(both.dispatched())
    walk.act("link-duplicate", "2026-10-20", of="2026-0002")
    assert {"overdue", "replied", "unanswered"}.isdisjoint(keys(walk))


def test_one_explained_is_neither_replied_nor_unanswered(both: Walks) -> None:
    assert {"replied", "unanswered", "overdue"}.isdisjoint(keys(both.explained()))
    assert "explained" in keys(both.explained())


def test_a_private_answer(both: Walks) -> None:
    walk = both.to_publish("no").act("answer-privately", "2026-09-25", by="孙科", channel="电话")
    assert {"private", "answered"} <= keys(walk) and "published" not in keys(walk)


def test_taken_up_again_the_new_reply_counts_and_old_faults_stay(both: Walks) -> None:
    walk = both.rework(both.replied("2026-09-25"), "2026-09-25", "2026-09-28")
    both.review(both.reply(walk, "2026-09-28"), on="2026-09-28")
    if both.is_x:
        walk.act("sign-off", "2026-09-28", by="秘书长")
    walk.act("publish", "2026-09-28", place="留言板").act("close", "2026-09-29")
    for item in [one for one in walk.items().values() if one.blocking]:
        pytest.fail(f"不能归档：{item.kind}")
    walk.act("archive", "2026-09-30").act("reopen", "2026-10-08", reason="网民再次反映", to="待交办")
    assert "replied" not in keys(walk) and "closed" not in keys(walk)
    walk.act("dispatch", "2026-10-08", lead="住建局").act("receive", "2026-10-08", by="吴科")
    both.reply(walk, "2026-10-09")
    assert of(walk, "甲市教育局") == {"dispatched", "reworked"}
    assert {"replied", "on_time"} <= of(walk, "甲市住建局")


def test_pressure_counts_for_who_led_then_and_a_case_once(both: Walks) -> None:
    walk = both.received("2026-09-21")
    for on in ("2026-09-23", "2026-09-24"):
        walk.act("remind", on, to="赵局", channel="电话")
    walk.act("change-units", "2026-09-25", lead="住建局", reason="职责调整")
    assert "reminded" in of(walk, "甲市教育局") and "reminded" not in of(walk, "甲市住建局")
    assert [one.unit for one in facts(walk).papers] == ["甲市教育局", "甲市教育局"]


@pytest.mark.parametrize(
    ("result", "key"),
    [
        ("满意", "satisfied"),
        ("基本满意", "rather_satisfied"),
        ("不满意", "dissatisfied"),
        ("未联系上", "unreached"),
    ],
)
def test_the_last_follow_up_counts(both: Walks, result: str, key: str) -> None:
    walk = both.published().act("follow-up", "2026-09-27", result="不满意")
    walk.act("follow-up", "2026-09-28", result=result)
    told = {"satisfied", "rather_satisfied", "dissatisfied", "unreached"}
    assert told & keys(walk) == {key}


@pytest.mark.parametrize(
    ("rating", "key"),
    [
        (BoardRating(satisfaction="满意"), "board_satisfied"),
        (BoardRating(satisfaction="不满意"), "board_dissatisfied"),
        (BoardRating(satisfaction="满意", automatic=True), "board_automatic"),
        (BoardRating(level=3), ""),
    ],
)
def test_the_boards_ratings_are_a_series_of_their_own(both: Walks, rating: BoardRating, key: str) -> None:
    found = {one for one in facts(both.published(), rating=rating).keys if one.startswith("board_")}
    assert found == ({key} if key else set())


def test_who_supports_counts_what_it_supports_and_returns(both: Walks) -> None:
    walk = both.received("2026-09-21", supporting="交通局,一中")
    walk.act("return", "2026-09-21", reason="不涉及", signer="校长", unit="一中").act(
        "accept-return", "2026-09-22"
    )
    assert of(walk, "甲市交通局") == {"supporting"}
    assert of(walk, "甲市第一中学") == {"returned"}
    assert {"dispatched", "supporting", "returned"} <= keys(walk)


def test_a_corrected_day_is_the_day_that_counts(both: Walks) -> None:
    walk = both.replied("2026-10-20")
    walk.correct(walk.event_of("reply"), on="2026-09-25")
    assert "on_time" in keys(walk) and "overdue" not in keys(walk)
