"""Duplicates linked and answered once, on a real database."""

from __future__ import annotations

import pytest

from tests.cli.offices import Office


@pytest.fixture
def linked(both: Office) -> tuple[Office, str, str]:
    """An office, a case in hand, and one answered with it."""
    main, other = both.received(), both.accepted()
    both.act(other, "link-duplicate", "2026-09-22", of=main)
    return both, main, other


def answered(there: Office, number: str) -> None:
    reply = {"signer": "赵局长", "stamped": "yes", "handler": "孙科员", "phone": "0475-8230001"}
    there.act(number, "reply", "2026-09-24", text="路灯已修好。", **reply)
    there.act(number, "pass-review", "2026-09-24", by="主任", public="yes")
    if there.regulation.startswith("xizang"):
        there.act(number, "sign-off", "2026-09-24", by="秘书长")
    there.act(number, "publish", "2026-09-24", place="留言板")


def test_the_answer_of_one_is_the_answer_of_the_other(linked: tuple[Office, str, str]) -> None:
    there, main, other = linked
    assert there.show(other)["status"] == "并案办理" and there.show(other)["due"] is None
    answered(there, main)
    shown = there.show(other)
    assert shown["status"] == "已回复"
    (event,) = [one for one in shown["events"] if one["action"] == "answer-with"]
    assert (event["on"], event["keys"]["of"], event["keys"]["channel"]) == ("2026-09-24", main, "公开")
    assert [one["keys"]["number"] for one in there.show(main)["events"] if one["action"] == "linked"] == [
        other
    ]
    there.act(other, "close", "2026-09-25")
    there.verified()


def test_one_linked_to_an_answered_case_is_answered_at_once(both: Office) -> None:
    main, other = both.received(), both.accepted()
    answered(both, main)
    done = both.act(other, "link-duplicate", "2026-09-28", of=f"board:{both.show(main)['board_number']}")
    assert done["status"] == "已回复"
    assert both.show(other)["events"][-1]["on"] == "2026-09-28"
    both.verified()


def test_a_link_made_in_error_is_taken_back_on_both_sides(linked: tuple[Office, str, str]) -> None:
    there, main, other = linked
    event = there.show(other)["events"][-1]["id"]
    there.act(other, "correct", "2026-09-23", event=str(event), reason="不是一回事。")
    assert there.show(other)["status"] == "待交办"
    assert [one["action"] for one in there.show(main)["events"]][-1] == "unlinked"
    answered(there, main)
    assert there.show(other)["status"] == "待交办"
    there.verified()


def test_a_link_is_corrected_to_another_case(linked: tuple[Office, str, str]) -> None:
    there, main, other = linked
    right = there.received()
    event = there.show(other)["events"][-1]["id"]
    there.act(other, "correct", "2026-09-23", event=str(event), reason="并错了件。", of=right)
    answered(there, main)
    assert there.show(other)["status"] == "并案办理"
    answered(there, right)
    assert there.show(other)["status"] == "已回复"
    there.verified()


def test_an_accused_unit_does_not_get_the_case_through_its_duplicate(both: Office) -> None:
    main, other = both.accepted(), both.accepted()
    both.act(other, "complained-of", "2026-09-19", kind="控告检举", unit="教育局")
    both.act(other, "link-duplicate", "2026-09-19", of=main)
    code, _ = both.act_refused(main, "dispatch", "2026-09-19", lead="一中")
    assert code == "unit_complained_of"
    both.act(main, "dispatch", "2026-09-19", lead="住建局")


def test_taken_up_again_the_case_stands_by_itself(linked: tuple[Office, str, str]) -> None:
    there, main, other = linked
    answered(there, main)
    there.act(other, "close", "2026-09-25")
    there.act(other, "archive", "2026-09-25")
    there.act(other, "reopen", "2026-09-28", reason="又来反映。")
    assert there.show(other)["status"] == "待交办"
    assert [one["action"] for one in there.show(main)["events"]][-1] == "unlinked"
    there.verified()
