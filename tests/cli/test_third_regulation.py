"""A third regulation, invented, runs from its files alone: seven working days, extensions in calendar days, three more states.

Its folder is tests/data/regulations/yunshan-2026; the program has no line that knows it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.services import regulations
from tests.cli.offices import BOTH, DATA, Cli, Office, found_quickly

THIRD = "yunshan-2026"
PLACE = DATA / "regulations" / THIRD


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The two regulations as shipped, and the third beside them."""
    folder = tmp_path / "regulations"
    for regulation in BOTH:
        shutil.copytree(regulations.folder() / regulation, folder / regulation)
    shutil.copytree(PLACE, folder / THIRD)
    monkeypatch.setattr(regulations, "folder", lambda: folder)
    regulations.load.cache_clear()
    yield
    regulations.load.cache_clear()


@pytest.fixture
def yunshan(three: None, tmp_path: Path, cli: Cli, password: Path) -> Office:
    folder = tmp_path / "office"
    found_quickly(folder, THIRD)
    made = Office(folder, THIRD, cli, password)
    made.today = "2026-11-20"
    made.ok("units", "import", DATA / "units.csv")
    return made


@pytest.mark.parametrize(
    ("start", "extend", "due", "reminder"),
    [
        ("2026-09-21", [], "2026-10-08", "2026-09-30"),
        # Calendar days; one that ends on a day off runs to the next working day (民法典第二百零三条).
        ("2026-09-21", [5], "2026-10-13", "2026-10-12"),
        ("2026-09-21", [10], "2026-10-19", "2026-10-16"),
        ("2026-11-02", [3, 4], "2026-11-20", "2026-11-19"),
    ],
)
def test_its_deadlines(three: None, cli: Cli, start: str, extend: list[int], due: str, reminder: str) -> None:
    words = [word for days in extend for word in ("--extend", str(days))]
    told = cli("deadline", "--regulation", THIRD, "--start", start, *words, "--json").document
    assert (told["due"], told["reminder"], told["limit"]) == (due, reminder, 7)
    assert set(told["clauses"]) >= {"第五条"}


def test_a_life_under_it(yunshan: Office) -> None:
    lines = yunshan.ok("replay", PLACE / "replay.jsonl")["lines"]
    assert all(line["ok"] for line in lines), lines
    seen = [line["status"] for line in lines[1:] if line["number"] == "2026-0001"]
    assert list(dict.fromkeys(seen)) == [
        *("待分办", "待交办", "待签收", "办理中", "待审核", "待复核", "待会签", "待公开", "已回复"),
        *("待归档", "已归档"),
    ]
    assert seen[-2:] == ["待分办", "待交办"]
    assert yunshan.show("2026-0002")["status"] == "已回复"
    assert yunshan.show("2026-0003")["status"] == "不予受理"
    assert yunshan.verified()["cases"] == 3


def test_what_it_forbids_is_refused_with_its_own_articles(yunshan: Office) -> None:
    number = yunshan.message()
    yunshan.act(number, "accept", "2026-09-18", category="投诉")
    refused = yunshan.act_refused(number, "dispatch", "2026-09-18", lead="交通局")
    assert refused == ("wrong_state", "第四条")
    yunshan.act(number, "accept", "2026-09-18", category="投诉")
    refused = yunshan.act_refused(number, "dispatch", "2026-09-18", lead="交通局", days="8")
    assert refused[0] == "limit_longer_than_regulation"
    yunshan.act(number, "dispatch", "2026-09-18", lead="交通局")
    yunshan.act(number, "receive", "2026-09-21", manner="接收")
    yunshan.act(number, "apply-extension", "2026-09-22", days="11", reason="难", applicant="郑局长")
    refused = yunshan.act_refused(number, "approve-extension", "2026-09-22", level="民意办", by="主任")
    assert refused == ("extension_over_cap", "第六条")
    yunshan.act(number, "reply", "2026-09-24", text="已修好。")
    assert yunshan.act_refused(number, "sign-off", "2026-09-24", by="副县长") == ("wrong_state", "第七条")
    assert yunshan.act_refused(
        number, "instruct", "2026-09-24", leader="县长", principal="yes", text="阅"
    ) == (
        "wrong_state",
        None,
    )
    yunshan.verified()


def test_its_desk_its_lists_and_its_slip(yunshan: Office, tmp_path: Path) -> None:
    number = yunshan.message()
    yunshan.act(number, "accept", "2026-09-18", category="投诉")
    assert [one["number"] for one in yunshan.ok("list", "--status", "待分办")["cases"]] == [number]
    (item,) = yunshan.ok("todo")["items"]
    assert (item["kind"], item["clause"]) == ("待分办", "第四条")
    yunshan.act(number, "accept", "2026-09-18", category="投诉")
    yunshan.act(number, "dispatch", "2026-09-18", lead="交通局")
    made = yunshan.ok("form", number, "slip", "-o", tmp_path / "交办单.docx")
    assert made["document"] == "云民〔2026〕1号"
    assert yunshan.ok("ledger", "-o", tmp_path / "台账.xlsx")["rows"] == 1
