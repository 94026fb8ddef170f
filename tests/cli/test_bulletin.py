"""`liuyan bulletin`: a draft, an issue with its number, the list, and one made again."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from tests.cli.offices import Office

SPAN = ("--from", "2026-07-01", "--to", "2026-09-30")


@pytest.fixture
def office(both: Office) -> Office:
    both.replied()
    both.today = "2026-12-10"
    return both


def test_a_draft_leaves_no_number(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "通报.docx"
    told = office.ok("bulletin", *SPAN, "-o", file)
    assert set(told) == {"from", "to", "file", "title", "number", "settled"}
    assert (told["number"], told["settled"]) == (None, []) and "2026年第三季度" in told["title"]
    text = "\n".join(one.text for one in docx.Document(str(file)).paragraphs)
    assert told["title"] in text and "草稿" in text
    assert office.ok("bulletin", "list") == []


def test_an_issue_is_numbered_settles_and_is_made_again(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "通报.docx"
    told = office.ok("bulletin", *SPAN, "-o", file, "--issue", "--sort", "register")
    assert told["number"] == "〔2026〕第1期"
    assert [one.endswith("通报期到") for one in told["settled"]] == [True]
    (listed,) = office.ok("bulletin", "list")
    assert set(listed) == {"id", "number", "title", "from", "to", "issued", "by"}
    assert (listed["number"], listed["issued"]) == (told["number"], "2026-12-10")
    again = office.ok("bulletin", "again", str(listed["id"]), "-o", tmp_path / "again.docx")
    assert again["number"] == told["number"]
    assert (tmp_path / "again.docx").read_bytes() == file.read_bytes()
    second = office.ok("bulletin", "--from", "2026-10-01", "--to", "2026-10-31", "-o", file, "--issue")
    assert second["number"] == "〔2026〕第2期"
    office.verified()


def test_what_cannot_be_issued(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "通报.docx"
    late = ("bulletin", "--from", "2026-10-01", "--to", "2026-12-31", "-o", file, "--issue")
    assert office.refused(*late)[0] == "date_in_future"
    assert (
        office.refused("bulletin", *SPAN, "-o", file, "--issue", user="钱领导")[0] == "not_allowed_for_role"
    )
    assert office.refused("bulletin", *SPAN, "-o", file, user="孙管理")[0] == "not_allowed_for_role"
    backwards = ("bulletin", "--from", "2026-09-30", "--to", "2026-07-01", "-o", file)
    assert office.refused(*backwards)[0] == "unknown_value"
    assert office.refused("bulletin", "again", "99999", "-o", file)[0] == "unknown_value"
    assert not file.exists()


def test_calls_that_cannot_be_understood(office: Office, tmp_path: Path) -> None:
    assert office.call("bulletin").code == 2
    assert office.call("bulletin", *SPAN).code == 2
    assert office.call("bulletin", *SPAN, "-o", tmp_path / "通报.xlsx").code == 2
    assert office.call("bulletin", *SPAN, "-o", tmp_path / "通报.pdf", "--issue").code == 2
