"""`liuyan archive`: packages that can be read and proven without the program, and what alterations of them show."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.documents.archive.checksums import sums_of, written
from tests.cli.offices import Cli, Office
from tests.documents.drawn_papers import WITH_LIBREOFFICE

SECRET = "13904750001"


def archived(there: Office, retention: str = "10年", **columns: str) -> str:
    """A case with a slip, a scan and a public reply, through to the archive."""
    number = there.reviewed(**columns)
    there.ok("form", number, "slip", "-o", there.folder.parent / "承办单.docx")
    scan = there.folder.parent / "回执 扫描.png"
    scan.write_bytes(_PNG)
    there.ok("attach", number, scan, "--as", "scan")
    there.act(number, "publish", "2026-09-24")
    there.act(number, "close", "2026-09-28")
    keys = {"retention": retention} if retention else {}
    there.act(number, "archive", "2026-09-28", **keys)
    return number


_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an office with a package of its year is kept, once it was made, to be copied for each test."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def there(tongliao: Office, kept: Path) -> Office:
    """An office that has made a package of three cases, which lies beside its folder."""
    office, package = kept / "office", kept / "package"
    if not package.exists():
        for _ in range(3):
            archived(tongliao, 留言用户="常乐", 联系方式=SECRET)
        made = tongliao.ok("archive", "--year", "2026", "-o", kept / "package", "--no-pdf")
        assert len(made["cases"]) == 3 and made["warnings"] == []
        shutil.copytree(tongliao.folder, office)
    shutil.rmtree(tongliao.folder)
    shutil.copytree(office, tongliao.folder)
    tongliao._messages = 3
    return tongliao


@pytest.fixture
def package(there: Office, kept: Path) -> Path:
    return Path(shutil.copytree(kept / "package", there.folder.parent / "数据包"))


def verified(cli: Cli, folder: Path, code: int = 0) -> Any:
    answer = cli("archive", "verify", folder, "--json")
    assert answer.code == code, answer.out
    assert answer.document["ok"] is (code == 0)
    return answer.document


def listed_anew(folder: Path) -> None:
    """What a forger does: lists that fit whatever lies there now."""
    files = {one.relative_to(folder).as_posix(): one for one in folder.rglob("*") if one.is_file()}
    kept = {
        path: sums_of(one) for path, one in files.items() if "SUMS" not in path and "检测报告" not in path
    }
    (folder / "SHA256SUMS.txt").write_bytes(written({path: one.sha256 for path, one in kept.items()}))
    (folder / "SM3SUMS.txt").write_bytes(written({path: one.sm3 for path, one in kept.items()}))


def test_a_package_proves_itself_and_its_office_knows_it(package: Path, there: Office, cli: Cli) -> None:
    document = verified(cli, package)
    assert (document["cases"], document["problems"], document["warnings"]) == (3, [], [])
    assert document["files"] == sum(1 for one in package.rglob("*") if one.is_file())
    assert there.ok("archive", "verify", package)["known"] is True
    there.verified()


def test_any_tool_can_prove_it(package: Path) -> None:
    for name, kind in (("SHA256SUMS.txt", "sha256"), ("SM3SUMS.txt", "sm3")):
        lines = (package / name).read_text("utf-8").splitlines()
        told = dict(line.split("  ", 1)[::-1] for line in lines)
        for path, digest in told.items():
            assert hashlib.new(kind, (package / path).read_bytes()).hexdigest() == digest
        there = {one.relative_to(package).as_posix() for one in package.rglob("*") if one.is_file()}
        assert there - told.keys() == {"SHA256SUMS.txt", "SM3SUMS.txt"}


def test_a_folder_has_all_that_is_known_of_its_case(package: Path, there: Office) -> None:
    folder = package / "件" / "WS-2026-D10-0001"
    names = [one.relative_to(folder).as_posix() for one in sorted(folder.rglob("*")) if one.is_file()]
    assert any(re.fullmatch(r"01 案卷封面\.docx", name) for name in names)
    assert any("承办单" in name and name.endswith(".docx") for name in names)
    assert "附件/回执 扫描.png" in names and "办理过程.html" in names and "记录.jsonl" in names
    assert (folder / "附件/回执 扫描.png").read_bytes() == _PNG
    story = (folder / "办理过程.html").read_text("utf-8")
    assert SECRET in story and "常乐" in story and "已更换灯具" in story and "<script" not in story
    slip = next(one for one in there.show("2026-0001")["papers"] if one["form"] == "slip")
    assert slip["sha256"] in {hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.glob("*.docx")}


def test_the_catalogue_names_nobody(package: Path) -> None:
    import docx
    import openpyxl

    sheet = openpyxl.load_workbook(package / "归档文件目录.xlsx").worksheets[0]
    excel = "\n".join(
        str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )
    (table,) = docx.Document(str(package / "归档文件目录.docx")).tables
    word = "\n".join(cell.text for row in table.rows for cell in row.cells)
    for words in (excel, word):
        assert "WS·2026-D10-0003" in words and "2026-0003" in words and "20260928" in words
        assert SECRET not in words and "常乐" not in words


def test_file_numbers_are_kept_and_given_on(package: Path, there: Office, tmp_path: Path) -> None:
    again = there.ok("archive", "--year", "2026", "-o", tmp_path / "再做", "--no-pdf")
    assert [one["file_number"] for one in again["cases"]] == [f"WS·2026-D10-000{n}" for n in (1, 2, 3)]
    other = archived(there, "永久")
    made = there.ok("archive", other, "-o", tmp_path / "一件", "--no-pdf")
    assert made["cases"][0]["file_number"] == "WS·2026-Y-0001"
    there.ok("archive", "--fonds", "Z109", "--section", "BGS")
    made = there.ok("archive", other, "-o", tmp_path / "有全宗号", "--no-pdf")
    assert made["cases"][0]["file_number"] == "Z109-WS·2026-Y-BGS-0001"
    assert there.refused("archive", "--fonds", "全宗")[0] == "unknown_value"
    there.verified()


def test_without_a_period_there_is_no_number_and_that_is_told(both: Office, tmp_path: Path, cli: Cli) -> None:
    number = archived(both, retention="")
    made = both.ok("archive", number, "-o", tmp_path / "包", "--no-pdf")
    assert made["cases"][0]["file_number"] is None and "保管期限" in made["warnings"][0]
    assert verified(cli, tmp_path / "包")["warnings"] == [f"{number}：没有保管期限，未编档号"]


# ------------------------------------------------------------------ what must be found


def found(cli: Cli, folder: Path) -> dict[str, set[str]]:
    """Where each check found something."""
    problems = verified(cli, folder, 3)["problems"]
    return {kind: {one["where"] for one in problems if one["kind"] == kind} for kind in _KINDS}


_KINDS = ("authentic", "complete", "usable", "safe")


def a_paper(folder: Path, item: str = "WS-2026-D10-0002") -> Path:
    return next(one for one in (folder / "件" / item).glob("*承办单*.docx"))


def within(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix()


def test_an_altered_byte(package: Path, cli: Cli) -> None:
    for file in (
        a_paper(package),
        package / "件/WS-2026-D10-0001/办理过程.html",
        package / "归档文件目录.xlsx",
        package / "四性检测报告.txt",
    ):
        whole = file.read_bytes()
        file.write_bytes(whole[:-30] + bytes([whole[-30] ^ 1]) + whole[-29:])
        assert within(package, file) in found(cli, package)["authentic"]
        file.write_bytes(whole)
    verified(cli, package)


def test_a_missing_file(package: Path, cli: Cli) -> None:
    file = package / "件/WS-2026-D10-0001/附件/回执 扫描.png"
    file.unlink()
    assert within(package, file) in found(cli, package)["complete"]
    listed_anew(package)
    assert within(package, file) in found(cli, package)["complete"]


def test_a_missing_report(package: Path, cli: Cli) -> None:
    (package / "四性检测报告.txt").unlink()
    assert found(cli, package)["complete"] == {"四性检测报告.txt"}


def test_an_added_file(package: Path, cli: Cli) -> None:
    (package / "件/WS-2026-D10-0001/补充.txt").write_text("后来放进来的", "utf-8")
    assert "件/WS-2026-D10-0001/补充.txt" in found(cli, package)["authentic"]
    listed_anew(package)
    assert "件/WS-2026-D10-0001/补充.txt" in found(cli, package)["complete"]


def test_papers_of_two_cases_swapped(package: Path, cli: Cli) -> None:
    one, other = a_paper(package, "WS-2026-D10-0001"), a_paper(package)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    listed_anew(package)
    assert {within(package, one), within(package, other)} <= found(cli, package)["authentic"]


def test_whole_folders_swapped(package: Path, cli: Cli) -> None:
    one, other = package / "件/WS-2026-D10-0001", package / "件/WS-2026-D10-0002"
    one.rename(package / "zwischen")
    other.rename(one)
    (package / "zwischen").rename(other)
    listed_anew(package)
    assert "件/WS-2026-D10-0001/index.xml" in found(cli, package)["authentic"]


def _without(package: Path, item: str) -> None:
    """Takes a case out of everything that names it, as a careful forger would."""
    shutil.rmtree(package / "件" / item)
    index = package / "index.xml"
    lines = index.read_text("utf-8").splitlines()
    index.write_text("\n".join(line for line in lines if item not in line), "utf-8")
    listed_anew(package)


def test_a_case_taken_out_leaves_a_gap_in_both_numbers(package: Path, cli: Cli) -> None:
    _without(package, "WS-2026-D10-0002")
    assert found(cli, package)["complete"] == {"WS·2026-D10-0002", "2026-0002"}


def test_the_last_case_taken_out_is_missed_by_its_office(package: Path, there: Office, cli: Cli) -> None:
    _without(package, "WS-2026-D10-0003")
    verified(cli, package)  # nothing within the package tells of it
    answer = there.call("archive", "verify", package)
    assert answer.code == 3
    assert {"index.xml", "2026-0003"} <= {one["where"] for one in answer.document["problems"]}


def test_a_paper_forged_with_all_lists_is_unmasked_by_its_office(
    package: Path, there: Office, cli: Cli
) -> None:
    file = a_paper(package)
    old = sums_of(file)
    shutil.copyfile(a_paper(package, "WS-2026-D10-0001"), file)
    new = sums_of(file)
    index = file.parent / "index.xml"
    words = index.read_text("utf-8").replace(old.sha256, new.sha256).replace(old.sm3, new.sm3)
    before = sums_of(index).sha256
    index.write_text(re.sub(rf'大小="{old.size}"', f'大小="{new.size}"', words), "utf-8")
    top = package / "index.xml"
    top.write_text(top.read_text("utf-8").replace(before, sums_of(index).sha256), "utf-8")
    listed_anew(package)
    verified(cli, package)
    answer = there.call("archive", "verify", package)
    assert answer.code == 3
    assert within(package, file) in {one["where"] for one in answer.document["problems"]}


def test_an_altered_record_is_shown_by_its_own_digest(package: Path, cli: Cli) -> None:
    file = package / "件/WS-2026-D10-0001/记录.jsonl"
    whole = file.read_text("utf-8")
    for before, after in (("2026-09-19", "2026-09-18"), ("路灯", "红灯")):
        file.write_text(whole.replace(before, after, 1), "utf-8")
        problems = verified(cli, package, 3)["problems"]
        assert any(one["where"] == within(package, file) and "行" in one["message"] for one in problems)


@pytest.mark.parametrize("name", ["index.xml", "SHA256SUMS.txt", "SM3SUMS.txt"])
def test_a_list_lost_or_made_senseless(package: Path, cli: Cli, name: str) -> None:
    (package / name).write_bytes(b"\xff\xfe nonsense")
    assert name in found(cli, package)["authentic"]
    (package / name).unlink()
    assert name in found(cli, package)["complete"]


def _link(package: Path) -> Path:
    link = package / "件/WS-2026-D10-0001/链接.pdf"
    link.symlink_to("/etc/hostname")
    return link


def _program(package: Path) -> Path:
    file = package / "件/WS-2026-D10-0001/打开.exe"
    file.write_bytes(b"MZ\x90")
    return file


def _outside(package: Path) -> Path:
    index = package / "件/WS-2026-D10-0001/index.xml"
    index.write_text(
        index.read_text("utf-8").replace("附件/回执 扫描.png", "../../../../etc/hostname"), "utf-8"
    )
    return package / "件/WS-2026-D10-0001/../../../../etc/hostname"


@pytest.mark.parametrize("put", [_link, _program, _outside])
def test_what_could_do_harm(package: Path, cli: Cli, put: Callable[[Path], Path]) -> None:
    file = put(package)
    assert str(file).removeprefix(f"{package}/") in found(cli, package)["safe"]


def test_a_broken_paper_is_unusable_and_a_broken_scan_is_as_it_came(
    both: Office, tmp_path: Path, cli: Cli
) -> None:
    number = both.reviewed()
    scan = tmp_path / "坏.pdf"
    scan.write_bytes(b"%PDF-1.4 and no more")
    both.ok("attach", number, scan, "--as", "other")
    both.act(number, "publish", "2026-09-24")
    both.act(number, "close", "2026-09-28")
    both.act(number, "archive", "2026-09-28", retention="永久")
    folder = tmp_path / "包"
    both.ok("archive", number, "-o", folder, "--no-pdf")
    assert any("收来时就打不开" in one for one in verified(cli, folder)["warnings"])
    cover = next(folder.rglob("01 案卷封面.docx"))
    cover.write_bytes(cover.read_bytes()[:2000])
    assert within(folder, cover) in found(cli, folder)["usable"]


# ------------------------------------------------------------------ what is refused


def test_an_archived_file_is_added_to_only_once_it_is_open_again(there: Office, tmp_path: Path) -> None:
    late = tmp_path / "迟到的回执.png"
    late.write_bytes(_PNG + b"another")
    assert there.refused("attach", "2026-0001", late, "--as", "scan")[0] == "wrong_state"
    there.act("2026-0001", "reopen", "2026-10-09", reason="补入迟到的回执", to="待归档")
    there.ok("attach", "2026-0001", late, "--as", "scan")
    there.act("2026-0001", "archive", "2026-10-09", retention="10年")
    made = there.ok("archive", "2026-0001", "-o", tmp_path / "补", "--no-pdf")
    assert made["cases"][0]["file_number"] == "WS·2026-D10-0001"
    assert (tmp_path / "补/件/WS-2026-D10-0001/附件/迟到的回执.png").exists()


def test_what_is_not_closed_is_in_no_package(both: Office, tmp_path: Path) -> None:
    number = both.replied()
    assert both.refused("archive", number, "-o", tmp_path / "包")[0] == "wrong_state"
    assert both.refused("archive", "2026-0999", "-o", tmp_path / "包")[0] == "unknown_case"
    assert not (tmp_path / "包").exists()


def test_who_only_looks_makes_no_package(both: Office, tmp_path: Path) -> None:
    number = archived(both)
    code, _ = both.refused("archive", number, "-o", tmp_path / "包", user="钱领导")
    assert code == "not_allowed_for_role"


def test_a_folder_in_use_is_left_alone(both: Office, tmp_path: Path) -> None:
    number = archived(both)
    there = tmp_path / "有东西"
    there.mkdir()
    (there / "别的.txt").write_text("别动", "utf-8")
    answer = both.call("archive", number, "-o", there)
    assert answer.code == 2 and "不是空的" in answer.error["message"]
    assert [one.name for one in there.iterdir()] == ["别的.txt"]
    empty = tmp_path / "空的"
    empty.mkdir()
    both.ok("archive", number, "-o", empty, "--no-pdf")
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".liuyan")]


def test_a_call_that_cannot_be_understood(both: Office, tmp_path: Path, cli: Cli) -> None:
    assert both.call("archive").code == 2
    assert both.call("archive", "2026-0001", "--year", "2026", "-o", tmp_path / "包").code == 2
    assert both.call("archive", "2026-0001").code == 2
    assert cli("archive", "verify", tmp_path / "没有", "--json").code == 2
    answer = both.call("archive", "--year", "1999", "-o", tmp_path / "包")
    assert answer.code == 2 and "没有已归档" in answer.error["message"]


def test_an_empty_folder_is_no_package(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "空").mkdir()
    assert "index.xml" in found(cli, tmp_path / "空")["complete"]


def test_what_is_kept_long_enough_is_listed_for_a_verdict(both: Office, tmp_path: Path) -> None:
    archived(both, 留言主题="路灯不亮，电话" + SECRET)
    archived(both, "永久")
    assert both.ok("archive", "due", "--on", "2036-12-31")["items"] == []
    sheet = tmp_path / "清册.xlsx"
    answer = both.ok("archive", "due", "--on", "2037-01-01", "-o", sheet)
    (one,) = answer["items"]
    assert (one["number"], one["until"], one["retention"]) == ("2026-0001", "2036-12-31", "10年")
    assert SECRET not in json.dumps(answer, ensure_ascii=False) and sheet.exists()


@WITH_LIBREOFFICE
def test_every_paper_lies_there_as_pdf_as_well(tongliao: Office, tmp_path: Path, cli: Cli) -> None:
    number = archived(tongliao)
    folder = tmp_path / "包"
    tongliao.ok("archive", number, "-o", folder)
    papers = {one.with_suffix("").name for one in folder.rglob("*.docx") if one.parent != folder}
    assert papers == {one.with_suffix("").name for one in folder.rglob("*.pdf")}
    index = next((folder / "件").rglob("index.xml")).read_text("utf-8")
    assert len(re.findall(r'页数="[1-9]', index)) == len(papers) >= 4
    verified(cli, folder)
    pdf = next(folder.rglob("*.pdf"))
    pdf.write_bytes(pdf.read_bytes()[:1500])
    assert within(folder, pdf) in found(cli, folder)["usable"]
