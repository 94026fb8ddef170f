"""`liuyan dispose`: several cases on one decision, all or none."""

from __future__ import annotations

from tests.cli.offices import Office, X
from tests.sentinels import COLUMNS, NAME, leaks_in

WHY = ("--reason", "保管期限届满，经鉴定销毁", "--decided-by", "主任")


def archived(there: Office, **columns: str) -> str:
    number = there.reviewed(**columns)
    there.act(number, "publish", "2026-09-24", place="留言板")
    there.act(number, "follow-up", "2026-09-25", result="满意", channel="电话")
    if there.regulation == X:
        there.act(number, "contact", "2026-09-25", when="办后", channel="电话", result="已回访")
    there.act(number, "close", "2026-09-25")
    there.act(number, "archive", "2026-09-25")
    return number


def test_the_words_of_both_are_gone_and_the_records_whole(both: Office) -> None:
    one, other = archived(both, **COLUMNS), archived(both)
    done = both.ok("dispose", one, other, *WHY)
    assert [each["number"] for each in done] == [one, other] and all(each["words"] > 3 for each in done)
    shown = both.call("show", one, "--reveal", "--reason", "核对")
    assert shown.code == 0 and leaks_in(shown.out) == []
    assert both.show(one)["status"] == "已归档"
    both.verified()


def test_one_that_may_not_be_disposed_of_keeps_all(both: Office) -> None:
    one, running = archived(both, **COLUMNS), both.received()
    assert both.refused("dispose", one, running, *WHY)[0] == "wrong_state"
    assert both.refused("dispose", one, *WHY[2:])[0] == "missing_key"
    assert both.refused("dispose", one, *WHY[:2])[0] == "missing_key"
    assert NAME in leaks_in(both.call("show", one, "--reveal", "--reason", "核对").out)
    both.verified()
