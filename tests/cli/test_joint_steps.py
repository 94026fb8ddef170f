"""`liuyan act N1,N2 remind`: one paper about several cases of one unit."""

from __future__ import annotations

from tests.cli.offices import Office


def test_several_cases_share_one_number(both: Office) -> None:
    numbers = [both.received() for _ in range(2)]
    done = both.ok("act", ",".join(numbers), "remind", "to=教育局", "--on", "2026-10-09")
    assert [one["number"] for one in done] == numbers
    assert done[0]["document"] == done[1]["document"]
    assert all(set(one) == {"number", "status", "event", "due", "document"} for one in done)
    for number, one in zip(numbers, done, strict=True):
        (event,) = [event for event in both.show(number)["events"] if event["action"] == "remind"]
        assert (event["id"], event["keys"]["document"]) == (one["event"], one["document"])
    both.verified()


def test_one_number_and_a_comma_is_a_list_of_one(both: Office) -> None:
    number = both.received()
    (done,) = both.ok("act", f"{number},", "urge", "to=教育局")
    assert done["number"] == number


def test_all_or_none(both: Office) -> None:
    ours, theirs, new = both.received(), both.dispatched(lead="住建局"), both.message()
    assert both.refused("act", f"{ours},{theirs}", "urge", "to=教育局")[0] == "unknown_unit"
    answer = both.call("act", f"{ours},{new}", "urge", "to=教育局")
    assert (answer.code, answer.error["code"]) == (1, "wrong_state")
    assert new in answer.error["message"]
    assert both.refused("act", f"{ours},2026-0404", "urge", "to=教育局")[0] == "unknown_case"
    assert both.refused("act", f"{ours},{new}", "accept", "category=投诉")[0] == "unknown_value"
    assert [one["action"] for one in both.show(ours)["events"]][-1] == "receive"


def test_for_people(both: Office) -> None:
    numbers = [both.received() for _ in range(2)]
    out = both.call("act", ",".join(numbers), "urge", "to=教育局", json_wanted=False).out
    assert all(number in out for number in numbers)
    assert len(out.splitlines()) == 2
