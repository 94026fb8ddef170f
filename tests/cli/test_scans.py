"""`liuyan scans`: a folder of scans, filed to the cases of their codes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop_app.documents.docx_package import read_parts, unpack
from desktop_app.documents.scan_filing import CHANGED, UNSUPPORTED
from desktop_app.domain.paper_codes import codes_within
from desktop_app.services import scans
from tests.cli.offices import Office
from tests.cli.test_promise import named, table
from tests.documents.scan_samples import save
from tests.documents.test_scan_reading import sheet


def printed_code(office: Office, number: str, folder: Path) -> str:
    """The code on the slip of a case, as it is printed."""
    file = folder / f"{number}.docx"
    office.ok("form", number, "slip", "-o", file)
    body = next(part for part in read_parts(file.read_bytes()) if part.name == "word/document.xml")
    (code,) = codes_within(unpack(body).decode())
    return code


def put(folder: Path, name: str, *codes: str, kind: str = "pdf") -> Path:
    folder.mkdir(exist_ok=True)
    return save([sheet(code) for code in codes], folder, name, kind, random.Random(name))


def test_scans_find_their_cases(both: Office, tmp_path: Path) -> None:
    first, second = both.dispatched(), both.dispatched("住建局")
    codes = [printed_code(both, number, tmp_path) for number in (first, second)]
    folder = tmp_path / "scans"
    put(folder, "a", codes[0], "")
    put(folder, "b", codes[1], codes[0])
    put(folder, "c", "", kind="png")
    trial = both.ok("scans", folder, "--dry-run")
    assert [one["attachment"] for one in trial["filed"]] == [None] * 3
    assert both.show(first)["attachments"] == []
    done = both.ok("scans", folder)
    filed = [(one["file"], one["number"], one["form"], one["pages"]) for one in done["filed"]]
    assert filed == [
        ("a.pdf", first, "slip", 2),
        ("b.pdf", second, "slip", 1),
        ("b.pdf", first, "slip", 1),
    ]
    assert done["filed"][0]["document"] == both.show(first)["assignments"][0]["document"]
    assert [(one["file"], one["reason"]) for one in done["unknown"]] == [("c.png", "no_code")]
    assert done["already"] == []
    kept = both.show(first)["attachments"]
    assert [(one["as"], one["sha256"]) for one in kept] == [
        ("scan", one["sha256"]) for one in done["filed"] if one["number"] == first
    ]
    assert {path.name for path in folder.iterdir()} == {"a.pdf", "b.pdf", "c.png"}


def test_a_second_time_they_are_there_already(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.dispatched()
    folder = tmp_path / "scans"
    put(folder, "a", printed_code(tongliao, number, tmp_path))
    tongliao.ok("scans", folder)
    events = len(tongliao.show(number)["events"])
    again = tongliao.ok("scans", folder)
    assert again == {"filed": [], "unknown": [], "already": [{"file": "a.pdf", "number": number}]}
    assert len(tongliao.show(number)["events"]) == events


def test_every_field_and_reason_is_told(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.dispatched()
    folder = tmp_path / "scans"
    put(folder, "a", printed_code(tongliao, number, tmp_path))
    put(folder, "c", "", kind="png")
    done = tongliao.ok("scans", folder)
    fields = table("`scans` 的字段")
    assert set(done) == set(fields)
    assert set(done["filed"][0]) == named(fields["filed"]) - {"null"}
    assert set(done["unknown"][0]) == named(fields["unknown"])
    assert set(tongliao.ok("scans", folder)["already"][0]) == named(fields["already"])
    reasons = {scans.NO_CODE, scans.CODE_UNREADABLE, scans.SEVERAL_CODES, scans.UNREADABLE}
    of_codes = {"code_misread", "code_of_other_office", "unknown_case", "code_mismatch"}
    assert set(table("`unknown` 的 `reason`")) == reasons | of_codes | {UNSUPPORTED, CHANGED}


def test_what_was_filed_is_whole_in_the_end(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.dispatched()
    put(tmp_path / "scans", "a", printed_code(tongliao, number, tmp_path))
    tongliao.ok("scans", tmp_path / "scans")
    assert tongliao.ok("verify")["ok"] is True


def test_for_people_it_says_where_each_went_and_why_not(tongliao: Office, tmp_path: Path) -> None:
    number = tongliao.dispatched()
    folder = tmp_path / "scans"
    put(folder, "a", printed_code(tongliao, number, tmp_path))
    (folder / "清单.txt").write_text("x", encoding="utf-8")
    answer = tongliao.call("scans", folder, json_wanted=False)
    assert answer.code == 0
    assert number in answer.out
    assert "未归件 清单.txt：不是 PDF、JPG、PNG、TIFF 文件" in answer.out
    assert answer.out.endswith("归件 1 份，已有 0 份，未归件 1 份。\n")
    assert f"a.pdf 已在 {number}" in tongliao.call("scans", folder, json_wanted=False).out


def test_who_may_only_look_files_nothing(tongliao: Office, tmp_path: Path) -> None:
    (tmp_path / "scans").mkdir()
    for user in ("钱领导", "孙管理"):
        assert tongliao.refused("scans", tmp_path / "scans", user=user)[0] == "not_allowed_for_role"


@pytest.mark.parametrize("name", ["none", "file.pdf"])
def test_a_folder_that_is_none_is_misuse(tongliao: Office, tmp_path: Path, name: str) -> None:
    (tmp_path / "file.pdf").write_bytes(b"")
    answer = tongliao.call("scans", tmp_path / name)
    assert (answer.code, answer.error["code"]) == (2, "usage")
