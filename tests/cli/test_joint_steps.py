"""`liuyan act N1,N2 remind`: one paper about several cases of one unit."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

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


# ------------------------------------------------------------------ the paper

PAPERS = [
    ("remind", "reminder", {}),
    ("urge", "urge", {}),
    ("supervise", "supervision-letter", {"ground": "答非所问"}),
]


def pressed(
    office: Office, action: str = "urge", keys: dict[str, str] | None = None, count: int = 2
) -> list[str]:
    numbers = [office.received(留言主题=f"第 {place} 处路灯不亮，找常乐") for place in range(count)]
    words = [f"{name}={value}" for name, value in {"to": "教育局", **(keys or {})}.items()]
    office.ok("act", ",".join(numbers), action, *words, "--on", "2026-10-12")
    return numbers


def text_of(file: Path) -> str:
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


@pytest.mark.parametrize(("action", "form", "keys"), PAPERS)
def test_the_paper_of_any_of_them_shows_all(
    both: Office, tmp_path: Path, action: str, form: str, keys: dict[str, str]
) -> None:
    numbers = pressed(both, action, keys)
    alone = both.received(留言主题="另一处路灯不亮")
    made = [both.ok("form", number, form, "-o", tmp_path / f"{number}.docx") for number in numbers]
    assert [one["number"] for one in made] == numbers
    assert len({one["document"] for one in made}) == len({one["sha256"] for one in made}) == 1
    text = text_of(tmp_path / f"{numbers[0]}.docx")
    assert all(number in text and f"第 {place} 处路灯不亮" in text for place, number in enumerate(numbers))
    assert alone not in text
    assert "常乐" not in text


def test_made_once_it_is_on_record_with_each_of_its_cases(both: Office, tmp_path: Path) -> None:
    numbers = pressed(both, count=3)
    (made,) = both.ok("form", "--batch", "urge", *numbers, "-o", tmp_path / "papers")
    assert len(list((tmp_path / "papers").iterdir())) == 1
    for number in numbers:
        (paper,) = both.show(number)["papers"]
        assert (paper["form"], paper["sha256"], paper["number"]) == (
            "urge",
            made["paper_sha256"],
            made["document"],
        )
    both.verified()


def test_a_case_that_fell_out_stands_on_the_paper_no_more(both: Office, tmp_path: Path) -> None:
    numbers = pressed(both)
    (urge,) = [event for event in both.show(numbers[1])["events"] if event["action"] == "urge"]
    both.act(numbers[1], "correct", event=str(urge["id"]), reason="不该催办")
    both.ok("form", numbers[0], "urge", "-o", tmp_path / "left.docx")
    text = text_of(tmp_path / "left.docx")
    assert numbers[0] in text and numbers[1] not in text
