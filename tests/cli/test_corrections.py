"""`correct`: voiding and replacing recorded steps; what follows is replayed, and stands or refuses it."""

from __future__ import annotations

from typing import Any

from tests.cli.offices import Office, T, X


def correct(office: Office, number: str, event: str, **keys: str) -> Any:
    """A correction for some reason; `on` among the keys is the corrected day, not the day of correcting."""
    return office.ok(*_words(number, event, keys))


def refusal(office: Office, number: str, event: str, **keys: str) -> tuple[str, str | None]:
    """The same where it must be refused."""
    return office.refused(*_words(number, event, keys))


def _words(number: str, event: str, keys: dict[str, str]) -> list[str]:
    given = {"event": event, "reason": "记错了", **keys}
    return ["act", number, "correct", *(f"{name}={value}" for name, value in given.items())]


def event_of(office: Office, number: str, action: str) -> str:
    """The number of the latest record of that action."""
    return str([e["id"] for e in office.show(number)["events"] if e["action"] == action][-1])


def test_a_replaced_key_counts_from_then_on(both: Office) -> None:
    number = both.received()
    accepted = event_of(both, number, "accept")
    done = correct(both, number, accepted, category="求助", topic="照明")
    case = both.show(number)
    assert (done["status"], case["category"]) == ("办理中", "求助")
    # The record itself stays as it was; the correction says what counts instead.
    first, last = case["events"][1], case["events"][-1]
    assert first["keys"] == {"category": "投诉"} and not first["void"]
    assert last["keys"] == {
        "event": accepted,
        "reason": "记错了",
        "with.category": "求助",
        "with.topic": "照明",
    }
    assert both.ok("list", "--category", "求助")["total"] == 1
    both.verified()


def test_another_day_moves_the_deadline(both: Office) -> None:
    number = both.received()
    before = both.show(number)["due"]
    event = event_of(both, number, "receive")
    done = correct(both, number, event, on="2026-09-23")
    expected = "2026-10-14" if both.regulation == X else "2026-10-08"
    assert before != done["due"] == both.show(number)["due"] == expected
    both.verified()


def test_the_day_of_registration_can_be_corrected_but_it_cannot_be_voided(both: Office) -> None:
    number = both.accepted()
    event = event_of(both, number, "register")
    assert refusal(both, number, event)[0] == "nothing_to_undo"
    assert refusal(both, number, event, title="y")[0] == "nothing_to_undo"
    correct(both, number, event, on="2026-09-16")
    assert both.show(number)["received"] == "2026-09-16"
    refused = refusal(both, number, event, on="2026-09-19")
    assert refused[0] == "correction_breaks_history"
    assert refusal(both, number, event, on="2026-12-01")[0] == "date_in_future"
    both.verified()


def test_a_voided_step_has_not_happened(both: Office) -> None:
    number = both.replied()
    event = event_of(both, number, "reply")
    assert correct(both, number, event)["status"] == "办理中"
    case = both.show(number)
    assert [one["void"] for one in case["events"] if one["action"] == "reply"] == [True]
    assert case["overdue"]
    assert refusal(both, number, event)[0] == "nothing_to_undo"
    both.verified()


def test_a_voided_correction_lets_the_record_stand_again(both: Office) -> None:
    number = both.replied()
    event = event_of(both, number, "reply")
    correct(both, number, event)
    again = event_of(both, number, "correct")
    assert correct(both, number, again)["status"] == "待审核"
    refused = refusal(both, number, again, text="y")
    assert refused[0] == "nothing_to_undo"
    assert refusal(both, number, again)[0] == "nothing_to_undo"
    both.verified()


def test_a_correction_that_breaks_what_followed_is_refused_with_the_later_step_s_clause(both: Office) -> None:
    number = both.replied()
    before = both.show(number)
    receive, dispatch = event_of(both, number, "receive"), event_of(both, number, "dispatch")
    late = refusal(both, number, receive, on="2026-09-25")
    gone = refusal(both, number, dispatch)
    clause = "第五条（四）" if both.regulation == X else "第十一条"
    assert late == gone == ("correction_breaks_history", clause)
    assert both.show(number) == before
    both.verified()


def test_what_would_have_been_refused_then_is_refused_now(both: Office) -> None:
    number = both.received()
    dispatch, receive = event_of(both, number, "dispatch"), event_of(both, number, "receive")
    too_long = refusal(both, number, dispatch, days="99")
    assert too_long[0] == "limit_longer_than_regulation"
    assert refusal(both, number, dispatch, lead="天文局")[0] == "unknown_unit"
    early = refusal(both, number, receive, on="2026-09-18")
    assert early[0] == "date_before_previous"


def test_numbers_of_voided_papers_are_not_used_again(both: Office) -> None:
    number = both.received()
    first = both.act(number, "urge", "2026-10-20", to="教育局")["document"]
    assert first.endswith("催〔2026〕1号")
    correct(both, number, event_of(both, number, "urge"))
    second = both.act(number, "urge", "2026-10-21", to="教育局")["document"]
    assert second.endswith("催〔2026〕2号")
    other = both.received()
    assert both.act(other, "urge", "2026-10-21", to="教育局")["document"].endswith("催〔2026〕3号")
    serve = both.act_refused(number, "serve", "2026-10-21", paper=first)
    assert serve[0] == "unknown_value"
    both.verified()


def test_a_voided_dispatch_takes_its_slip_along(both: Office) -> None:
    number = both.dispatched()
    slip = both.show(number)["assignments"][0]["document"]
    event = event_of(both, number, "dispatch")
    assert correct(both, number, event)["status"] == "待交办"
    case = both.show(number)
    assert case["assignments"] == [] and (case["due"], case["lead"]) == (None, None)
    answer = both.call("form", number, "slip", "-o", both.folder.parent / "slip.docx")
    assert (answer.code, answer.error["code"]) == (1, "form_not_available")
    both.act(number, "dispatch", "2026-09-20", lead="住建局")
    assert both.show(number)["assignments"][0]["document"] not in (slip, None)
    both.verified()


def test_a_correction_needs_its_event_and_a_reason(both: Office) -> None:
    number, other = both.accepted(), both.accepted()
    event = event_of(both, number, "accept")
    assert both.act_refused(number, "correct", reason="x") == ("missing_key", None)
    assert both.act_refused(number, "correct", event=event) == ("missing_key", None)
    assert both.act_refused(number, "correct", event=event, reason=" ") == ("missing_key", None)
    # What is missing is told before what is not understood, and that before the day and the rest.
    assert both.act_refused(number, "correct", event="x") == ("missing_key", None)
    assert both.act_refused(number, "correct", event="x", reason="x", on="2027-01-01")[0] == "unknown_value"
    assert refusal(both, number, "三")[0] == "unknown_value"
    theirs = event_of(both, other, "accept")
    assert refusal(both, number, theirs)[0] == "nothing_to_undo"
    same = refusal(both, number, event, category="投诉")
    assert same[0] == "nothing_to_undo"


def test_an_archived_case_can_be_corrected(both: Office) -> None:
    number = both.reviewed()
    both.act(number, "publish", "2026-09-24", place="留言板")
    both.act(number, "follow-up", "2026-09-28", result="满意")
    both.act(number, "close", "2026-09-28")
    both.act(number, "archive", "2026-09-28")
    event = event_of(both, number, "follow-up")
    assert correct(both, number, event, result="不满意")["status"] == "已归档"
    void_close = refusal(both, number, event_of(both, number, "close"))
    assert void_close == ("correction_breaks_history", "第十六条" if both.regulation == T else "第五条（六）")
    both.verified()


def test_words_of_a_correction_are_protected_like_those_they_replace(both: Office) -> None:
    number = both.replied(联系方式="13904750001")
    event = event_of(both, number, "reply")
    correct(both, number, event, text="已与留言人13904750001说明，并已修复。")
    shown = both.call("show", number).out
    assert "已修复" in shown and "13904750001" not in shown
    assert both.ok("list", "--text", "并已修复")["total"] == 1
    both.verified()
