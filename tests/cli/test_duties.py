"""`liuyan duties` and what `todo` says of the office itself."""

from __future__ import annotations

from tests.cli.offices import Office

REPORT = "通报期到"


def periods(office: Office) -> list[tuple[str, str]]:
    return [(one["kind"], one["period"]) for one in office.ok("duties")["items"]]


def test_owed_settled_and_taken_back(both: Office) -> None:
    both.message()
    clause = {"tongliao-2023": "第二十一条", "xizang-2017": "第五条（七）"}[both.regulation]
    document = both.ok("duties")
    assert document["date"] == both.today
    assert document["items"] == [
        {"kind": REPORT, "period": "2026-Q3", "clause": clause, "since": "2026-10-01", "until": None}
    ]
    done = both.ok("duties", "settle", REPORT, "2026-Q3", "--note", "已报送")
    assert (done["kind"], done["period"], done["on"], done["note"]) == (
        REPORT,
        "2026-Q3",
        both.today,
        "已报送",
    )
    assert periods(both) == []
    assert both.ok("duties")["settled"] == [done]
    assert both.ok("duties", "reopen", REPORT, "2026-Q3") == {"kind": REPORT, "period": "2026-Q3"}
    assert periods(both) == [(REPORT, "2026-Q3")]
    both.verified()


def test_todo_names_it_without_a_number(both: Office) -> None:
    number = both.message()
    items = both.ok("todo")["items"]
    assert [(one["kind"], one["number"]) for one in items] == [("待初审", number), (REPORT, None)]
    assert items[-1]["blocking"] is False
    assert [one["number"] for one in both.ok("todo", "--on", "2026-09-30")["items"]] == [number]
    assert "本单位" in both.call("todo", json_wanted=False).out


def test_the_appraisal_from_december_on(both: Office) -> None:
    both.message()
    both.ok("duties", "settle", REPORT, "2026-Q3")
    assert both.ok("duties", "--on", "2026-11-30")["items"] == []
    (appraisal,) = both.ok("duties", "--on", "2026-12-01")["items"]
    assert (appraisal["period"], appraisal["since"], appraisal["until"]) == (
        "2026",
        "2026-12-01",
        "2026-12-31",
    )


def test_how_often(both: Office) -> None:
    both.message()
    assert both.ok("duties")["every"][REPORT] == "quarter"
    assert both.ok("duties", "every", REPORT, "month") == {"kind": REPORT, "every": "month"}
    assert periods(both) == [(REPORT, "2026-09")]


def test_refusals(both: Office) -> None:
    both.message()
    assert both.refused("duties", "settle", "通报", "2026-Q3")[0] == "unknown_value"
    assert both.refused("duties", "settle", REPORT, "2027-Q1")[0] == "date_in_future"
    assert both.refused("duties", "reopen", REPORT, "2026-Q3")[0] == "nothing_to_undo"
    assert both.refused("duties", "every", REPORT, "week")[0] == "unknown_value"
    assert both.refused("duties", "settle", REPORT, "2026-Q3", user="钱领导")[0] == "not_allowed_for_role"
    assert both.call("duties", "settle", REPORT).code == 2


def test_for_people(both: Office) -> None:
    assert "没有要办的事" in both.call("duties", json_wanted=False).out
    both.message()
    assert "2026-Q3" in both.call("duties", json_wanted=False).out
    assert "已登记办了" in both.call("duties", "settle", REPORT, "2026-Q3", json_wanted=False).out
    assert "已收回" in both.call("duties", "reopen", REPORT, "2026-Q3", json_wanted=False).out
    assert "每月一次" in both.call("duties", "every", REPORT, "month", json_wanted=False).out
