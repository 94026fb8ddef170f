"""A folder of scans filed to the cases of an office; the folder itself is left as it was."""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from benchmarks.scan_filing import outcome
from desktop_app.documents.office_suite import LIBREOFFICE, installed_suites
from desktop_app.documents.scan_filing import FoundPart, file_parts, files_in, read_scans
from desktop_app.domain.paper_codes import PaperCode
from desktop_app.errors import Cancelled
from desktop_app.services import attachments, case_view, scans
from desktop_app.services.session import Session
from tests.documents.scan_samples import save
from tests.documents.test_scan_reading import sheet
from tests.services.test_scans import session, template

__all__ = ["session", "template"]

DAY = date(2026, 10, 13)


@pytest.fixture
def codes(session: Session) -> Iterator[list[str]]:
    yield [str(PaperCode(scans.own_office(session), f"2026-000{one}", "slip", 0)) for one in (1, 2)]


def put(folder: Path, name: str, kind: str, *texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return save([sheet(text) for text in texts], folder, name, kind, random.Random(name))


def placed(found: tuple[FoundPart, ...]) -> list[tuple[FoundPart, str]]:
    return [(one, one.sorted.paper.number) for one in found if one.sorted.paper and not one.sorted.kept]


def held(opened: Session, number: str) -> list[str]:
    return [one.name for one in case_view.view_case(opened, number).attachments]


def state(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        path.relative_to(folder).as_posix(): (
            hashlib.sha256(path.read_bytes()).hexdigest(),
            path.stat().st_mtime_ns,
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_each_scan_goes_to_its_case_and_the_folder_stays(
    session: Session, codes: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "scans"
    put(folder, "one", "jpg", codes[0])
    put(folder / "下午", "two", "pdf", codes[1], "")
    put(folder, "bare", "png", "")
    (folder / "Thumbs.db").write_bytes(b"system")
    (folder / "~$slip.docx").write_bytes(b"open in Word")
    (folder / "清单.txt").write_text("不是扫描件", encoding="utf-8")
    before = state(folder)
    told: list[tuple[int, int]] = []
    found = read_scans(session, [folder], lambda done, total: told.append((done, total)) is None)
    assert told == [(one, 4) for one in range(1, 5)]
    assert {one.file: one.sorted.reason for one in found} == {
        "one.jpg": "",
        "下午/two.pdf": "",
        "bare.png": "no_code",
        "清单.txt": "unsupported",
    }
    kept = file_parts(session, placed(found))
    assert {(one.file, kept_as.case) for one, kept_as in kept.filed} == {
        ("one.jpg", "2026-0001"),
        ("下午/two.pdf", "2026-0002"),
    }
    assert held(session, "2026-0001") == ["one.jpg"] and held(session, "2026-0002") == ["two.pdf"]
    assert state(folder) == before


def test_a_second_time_nothing_is_kept_again(session: Session, codes: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    put(folder, "one", "jpg", codes[0])
    put(folder, "many", "pdf", codes[0], "", codes[1])
    file_parts(session, placed(read_scans(session, [folder])))
    again = read_scans(session, [folder])
    assert [one.sorted.kept for one in again] == ["2026-0001", "2026-0002", "2026-0001"]
    assert placed(again) == []


def test_the_same_sheet_twice_in_a_folder_is_kept_once(
    session: Session, codes: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "scans"
    file = put(folder, "one", "jpg", codes[0])
    shutil.copy(file, folder / "copy.jpg")
    found = read_scans(session, [folder])
    assert [one.sorted.kept for one in found] == ["", "2026-0001"]
    kept = file_parts(session, [(one, "2026-0001") for one in found])
    assert (len(kept.filed), len(kept.already)) == (1, 1)


@pytest.mark.parametrize("kind", ["pdf", "tif"])
def test_a_file_with_several_papers_is_parted_at_their_codes(
    session: Session, codes: list[str], tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "scans"
    file = put(folder, "many", kind, codes[0], "", codes[1])
    found = read_scans(session, [folder])
    assert [(one.run.first, one.run.last, one.run.without) for one in found] == [(1, 2, 1), (3, 3, 0)]
    kept = file_parts(session, placed(found))
    assert held(session, "2026-0001") == [f"many 第1-2页{file.suffix}"]
    assert held(session, "2026-0002") == [f"many 第3页{file.suffix}"]
    (first, _) = kept.filed
    part = tmp_path / f"part{file.suffix}"
    part.write_bytes(attachments.read_attachment(session, "2026-0001", first[1].id))
    alone = tmp_path / "alone"
    alone.mkdir()
    part.rename(alone / part.name)
    (again,) = read_scans(session, [alone])
    assert (again.sorted.kept, again.run.pages) == ("2026-0001", 2)


def test_what_cannot_be_opened_is_told_and_the_rest_is_read(
    session: Session, codes: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "scans"
    put(folder, "one", "jpg", codes[0])
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 cut")
    found = {one.file: one for one in read_scans(session, [folder])}
    assert found["broken.pdf"].sorted.reason == "unreadable" and not found["broken.pdf"].readable
    assert found["one.jpg"].sorted.paper is not None


def test_a_file_that_changed_since_it_was_read_is_not_filed(
    session: Session, codes: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "scans"
    put(folder, "one", "jpg", codes[0])
    wanted = placed(read_scans(session, [folder]))
    put(folder, "one", "jpg", codes[1])
    kept = file_parts(session, wanted)
    assert [one.sorted.reason for one in kept.failed] == ["changed"]
    (folder / "one.jpg").unlink()
    assert [one.sorted.reason for one in file_parts(session, wanted).failed] == ["unreadable"]
    assert held(session, "2026-0001") == held(session, "2026-0002") == []


def test_a_scan_without_a_code_is_filed_by_hand(session: Session, tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    put(folder, "bare", "png", "")
    (found,) = read_scans(session, [folder], thumbnail=120)
    assert found.thumbnail is not None and found.thumbnail.height == 120
    ((_, kept),) = file_parts(session, [(found, "2026-2")]).filed
    assert kept.case == "2026-0002"
    (again,) = read_scans(session, [folder])
    assert again.sorted.kept == "2026-0002"


def test_reading_and_filing_can_be_stopped(session: Session, codes: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "scans"
    for name in "abc":
        put(folder, name, "jpg", codes[0])
    with pytest.raises(Cancelled):
        read_scans(session, [folder], lambda done, total: done < 2)
    wanted = placed(read_scans(session, [folder]))
    kept = file_parts(session, wanted, lambda done, total: False)
    assert (len(kept.filed), kept.stopped) == (1, True)
    assert len(held(session, "2026-0001")) == 1


def test_files_of_a_folder_come_by_name(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.pdf", ".hidden", "desktop.ini"):
        (tmp_path / name).write_bytes(b"")
    assert files_in([tmp_path]) == [(tmp_path / name, name) for name in ("a.pdf", "b.pdf")]
    alone = tmp_path / "b.pdf"
    assert files_in([alone, tmp_path])[0] == (alone, "b.pdf")


def test_an_empty_folder_holds_nothing(session: Session, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert read_scans(session, [tmp_path / "none"]) == ()


@pytest.mark.skipif(
    all(suite.name != LIBREOFFICE for suite in installed_suites()),
    reason="LibreOffice is not on this machine: papers cannot be drawn",
)
def test_slips_printed_and_scanned_come_back_to_their_own_cases() -> None:
    """Twelve here; `python -m benchmarks scan_filing` does it with two hundred."""
    found = outcome(12, seed=7)
    assert (found.filed, found.misfiled, found.unknown) == (12, 0, 0)
