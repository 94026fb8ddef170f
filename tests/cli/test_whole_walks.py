"""Replay files that take a case through everything its regulation knows, and that try what it forbids.

The files are in tests/data/: `replay-*.jsonl` as an office would write them, for an office that is new but for its
units (record numbers in `correct` count from there); `replay-*forbidden-*.csv` says of each refused line why, and
by which clause. The usual way of a case stands in the first files, superiors, supervision and unusual endings in
those called `oversight`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.offices import BOTH, DATA, Cli, Office, T, X, found_quickly

NAMES = {regulation: regulation.split("-")[0] for regulation in BOTH}

PROMISED = frozenset(
    (
        *("unknown_case", "not_allowed_for_role", "wrong_state", "missing_key", "unknown_value"),
        *("unknown_unit", "date_in_future", "date_before_previous", "extension_over_cap"),
        *("limit_longer_than_regulation", "unit_complained_of", "reply_not_public", "open_items_remain"),
        *("rework_date_too_late", "protected_data_in_public_text", "no_served_urge", "no_decision"),
        *("form_not_available", "correction_breaks_history", "nothing_to_undo"),
    )
)
ELSEWHERE = frozenset(("not_allowed_for_role",))
"""A replay runs as one user; roles are tried in test_steps.py."""


@pytest.fixture
def new_office(tmp_path: Path, cli: Cli, password: Path) -> Callable[[str], Office]:
    def make(regulation: str) -> Office:
        folder = tmp_path / "new"
        found_quickly(folder, regulation)
        made = Office(folder, regulation, cli, password)
        made.today = "2026-11-20"
        made.ok("units", "import", DATA / "units.csv")
        return made

    return make


@pytest.mark.parametrize("regulation", BOTH)
def test_one_case_through_every_action_to_the_archive(
    new_office: Callable[[str], Office], regulation: str
) -> None:
    there = new_office(regulation)
    lines = there.ok("replay", DATA / f"replay-{NAMES[regulation]}.jsonl")["lines"]
    assert all(line["ok"] for line in lines)
    assert {line["status"] for line in lines[1:]} >= {"待交办", "不予受理", "待归档", "已归档"}

    stories = [there.show(number) for number in ("2026-0001", "2026-0002")]
    assert [story["status"] for story in stories] == ["已归档", "已归档"]
    assert [story["open_items"] for story in stories] == [[], []]
    assert there.verified()["cases"] == 2

    further = there.ok("replay", DATA / f"replay-oversight-{NAMES[regulation]}.jsonl")["lines"]
    assert all(line["ok"] for line in further)
    stories += [there.show(line["number"]) for line in further if line.get("status") == "已归档"]
    assert {story["status"] for story in stories} == {"已归档"}
    done = {event["action"] for story in stories for event in story["events"]}
    known = {one["action"] for one in there.ok("actions", "--regulation", regulation)}
    assert done - {"register", "linked"} == known
    assert there.verified()["cases"] == 5 + (3 if regulation == T else 0)


@pytest.mark.parametrize("what", ("", "oversight-"))
@pytest.mark.parametrize("regulation", BOTH)
def test_every_forbidden_step_is_refused_with_its_clause(
    new_office: Callable[[str], Office], regulation: str, what: str
) -> None:
    there = new_office(regulation)
    name = f"replay-{what}forbidden-{NAMES[regulation]}"
    lines = there.ok("replay", DATA / f"{name}.jsonl", "--keep-going")["lines"]
    refused = {
        line["line"]: (line["error"]["code"], line["error"]["clause"]) for line in lines if not line["ok"]
    }
    assert refused == expected(DATA / f"{name}.csv")
    # What was refused brought no case about, and took none away.
    from_above = 3 if what and regulation == T else 0
    assert there.verified()["cases"] == (3 if what else 4) + from_above


def expected(file: Path) -> dict[int, tuple[str, str | None]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return {int(line["line"]): (line["code"], line["clause"] or None) for line in csv.DictReader(lines)}


@pytest.mark.parametrize("regulation", BOTH)
def test_every_promised_code_is_tried(regulation: str) -> None:
    files = [DATA / f"replay-{what}forbidden-{NAMES[regulation]}.csv" for what in ("", "oversight-")]
    tried = {code for file in files for code, _ in expected(file).values()}
    assert tried == PROMISED - ELSEWHERE - ({"no_decision"} if regulation == X else set())


def _ways(there: Office) -> list[Callable[[], str]]:
    """One case in each state of the regulation, each made anew."""

    def published() -> str:
        number = there.reviewed()
        there.act(number, "publish", "2026-09-24")
        return number

    def refused() -> str:
        number = there.message()
        keys = {"explanation": "已由法院受理。", "suggestion": "请依法等候判决。"}
        there.act(number, "refuse", "2026-09-18", ground="已进入司法程序", **keys)
        return number

    def closed() -> str:
        number = published()
        there.act(number, "close", "2026-09-28")
        return number

    def archived() -> str:
        number = closed()
        there.act(number, "archive", "2026-09-28")
        return number

    def awaiting_sign_off() -> str:
        number = there.replied()
        there.act(number, "pass-review", "2026-09-24", by="主任", public="yes")
        return number

    def explained() -> str:
        number = there.received()
        there.act(number, "explain", "2026-09-24", text="已说明。", consent_by="主任")
        return number

    def merged() -> str:
        number = there.accepted()
        there.act(number, "link-duplicate", "2026-09-19", of=there.dispatched())
        return number

    def sent_up() -> str:
        number = there.message(板块="主席板块")
        there.act(number, "return-upward", "2026-09-18", reason="不属本市管辖。")
        return number

    ways = [there.message, there.accepted, there.dispatched, there.received, there.replied, there.reviewed]
    ways += [published, refused, closed, archived, explained, merged]
    return [*ways, sent_up if there.regulation == T else awaiting_sign_off]


def test_no_step_is_possible_from_a_state_that_does_not_know_it(both: Office) -> None:
    """Every action against every state: refused by state before anything else is looked at, with its clause."""
    actions = both.ok("actions", "--regulation", both.regulation)
    tried: list[tuple[str, dict[str, Any]]] = []
    steps = []
    for way in _ways(both):
        number = way()
        status = both.show(number)["status"]
        for action in actions:
            if status not in action["states"]:
                tried.append((status, action))
                step = {"number": number, "action": action["action"], "on": "1999-01-01", "keys": {"a": "b"}}
                steps.append(json.dumps(step))
    file = both.folder.parent / "forbidden.jsonl"
    file.write_text("\n".join(steps), encoding="utf-8")
    for line, (status, action) in zip(both.ok("replay", file, "--keep-going")["lines"], tried, strict=True):
        assert not line["ok"]
        refusal = (line["error"]["code"], line["error"]["clause"])
        assert refusal == ("wrong_state", action["clause"]), (status, action["action"])
    assert {status for status, _ in tried} == {state for action in actions for state in action["states"]}
    both.verified()


def test_what_may_be_done_is_what_is_offered(both: Office) -> None:
    """`allowed` names actions that the state knows, and each with the clause that `actions` gives."""
    clauses = {
        one["action"]: (one["clause"], one["states"])
        for one in both.ok("actions", "--regulation", both.regulation)
    }
    for way in _ways(both):
        case = both.show(way())
        assert case["allowed"]
        for offer in case["allowed"]:
            clause, states = clauses[offer["action"]]
            assert offer["clause"] == clause and case["status"] in states
