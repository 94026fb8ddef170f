"""Papers into files and onto pages: all of them with their records, or neither file nor record."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.documents import paper_files, paper_runs
from desktop_app.documents.office_suite import can_make_pdf
from desktop_app.documents.paper_runs import PDF, SavedPapers, make_file, make_files, make_pages
from desktop_app.documents.pdf_pages import PdfPages
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.errors import Cancelled, Refusal, StorageProblem
from desktop_app.services import office
from desktop_app.services.case_view import view_case
from desktop_app.services.cases import act
from desktop_app.services.registration import register_all
from desktop_app.services.session import OfficeClock, Session

TODAY = date(2026, 10, 13)
NUMBERS = ("2026-0001", "2026-0002", "2026-0003")
NOT_HANDED_OUT = "2026-0004"
with_libreoffice = pytest.mark.skipif(not can_make_pdf(), reason="LibreOffice is not on this machine")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Four messages, three of them handed out."""
    folder = tmp_path_factory.mktemp("office") / "data"
    office.found(folder, "示例市运维中心", "tongliao-2023", "王敏", "zhong-yang-7-hao", OfficeClock(TODAY))
    session = office.enter(folder, "王敏", "zhong-yang-7-hao", TODAY)
    office.bring_in_units(session, (Unit("市教育局", ()), Unit("市公安局", ())))
    with session.change() as work:
        register_all(session, work, [_registration(place) for place in range(4)])
    for number in NUMBERS:
        act(session, number, "accept", {"category": "投诉", "urgency": "一般"}, date(2026, 9, 8))
        act(session, number, "dispatch", {"lead": "市教育局"}, date(2026, 9, 8))
    session.close()
    return folder, session.database.key


def _registration(place: int) -> Registration:
    message = Message("路灯不亮", f"第{place + 1}号路灯不亮。", Citizen("王小明", f"138000000{place:02d}"))
    return Registration("tongliao-2023", date(2026, 9, 1), "市长板块", message)


@pytest.fixture
def session(template: tuple[Path, bytes], tmp_path: Path) -> Iterator[Session]:
    folder, key = template
    shutil.copytree(folder, tmp_path / "data")
    opened = office.enter_with_key(tmp_path / "data", "王敏", key, TODAY)
    yield opened
    opened.close()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


Make = Callable[[Session, Path, paper_runs.Progress | None], SavedPapers]


def each(session: Session, out: Path, progress: paper_runs.Progress | None = None) -> SavedPapers:
    return make_files(session, NUMBERS, "slip", out, progress=progress)


def merged(session: Session, out: Path, progress: paper_runs.Progress | None = None) -> SavedPapers:
    return make_file(session, NUMBERS, "slip", out / "all.docx", progress)


both = pytest.mark.parametrize("make", [each, merged])


def records(session: Session) -> int:
    return sum(len(view_case(session, number).papers) for number in NUMBERS)


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


@both
def test_files_and_records_come_together(session: Session, out: Path, make: Make) -> None:
    saved = make(session, out, None)
    assert [paper.case for paper in saved.made] == list(NUMBERS)
    assert sorted(out.iterdir()) == sorted(set(saved.files))
    assert records(session) == 3


@both
def test_a_cancel_leaves_neither(session: Session, out: Path, make: Make) -> None:
    with pytest.raises(Cancelled):
        make(session, out, lambda done, total: done < 2)
    assert not out.exists() and records(session) == 0


def test_a_cancel_at_the_very_last_leaves_neither(session: Session, out: Path) -> None:
    with pytest.raises(Cancelled):
        each(session, out, lambda done, total: done < total)
    assert not out.exists() and records(session) == 0


@both
def test_a_full_disk_leaves_neither(
    session: Session, out: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.mkdir()
    monkeypatch.setattr(paper_files.os, "fsync", full)
    with pytest.raises(StorageProblem, match="No space left"):
        make(session, out, None)
    assert list(out.iterdir()) == [] and records(session) == 0


@both
def test_a_move_that_fails_leaves_neither(
    session: Session, out: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    moves: list[Path] = []

    def move(files: paper_files.FilesTogether, file: Path, target: Path) -> None:
        if len(moves) == len(files.names) - 1:
            full()
        moves.append(target)
        file.replace(target)
        files._moved.append((file, target))

    monkeypatch.setattr(paper_files.FilesTogether, "_move", move)
    with pytest.raises(StorageProblem) as problem:
        make(session, out, None)
    assert problem.value.code == "file_not_writable"
    assert not out.exists() and records(session) == 0


@both
def test_a_record_that_fails_leaves_neither(
    session: Session, out: Path, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def record(session: Session, filled: paper_runs.FilledPapers, publish: Callable[[], None]) -> None:
        publish()
        assert len(list(out.glob("*.docx"))) in (1, 3)
        raise StorageProblem("disk_full", "磁盘空间已满")

    monkeypatch.setattr(paper_runs, "record_filled", record)
    with pytest.raises(StorageProblem, match="磁盘空间已满"):
        make(session, out, None)
    assert not out.exists()


def test_what_bore_the_name_before_comes_back(
    session: Session, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.mkdir()
    (out / "all.docx").write_bytes(b"the office's own")

    def record(session: Session, filled: paper_runs.FilledPapers, publish: Callable[[], None]) -> None:
        publish()
        assert (out / "all.docx").read_bytes() != b"the office's own"
        raise Cancelled

    monkeypatch.setattr(paper_runs, "record_filled", record)
    with pytest.raises(Cancelled):
        merged(session, out)
    assert (out / "all.docx").read_bytes() == b"the office's own"
    assert list(out.iterdir()) == [out / "all.docx"]


def test_a_refusal_leaves_neither(session: Session, out: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        make_files(session, [*NUMBERS, NOT_HANDED_OUT], "slip", out)
    assert refusal.value.code == "form_not_available"
    assert not out.exists() and records(session) == 0


def test_names_that_are_taken_are_left_alone(session: Session, out: Path) -> None:
    first, second = each(session, out), each(session, out)
    assert not set(first.files) & set(second.files)
    assert all(file.stem.endswith("（2）") for file in second.files)
    replaced = make_files(session, NUMBERS, "slip", out, replace=True)
    assert replaced.files == first.files
    assert len(list(out.iterdir())) == 6


def test_one_case_twice_is_two_files(session: Session, out: Path) -> None:
    saved = make_files(session, [NUMBERS[0], NUMBERS[0]], "slip", out, replace=True)
    assert len(set(saved.files)) == 2


def test_progress_counts_papers_and_never_goes_back(session: Session, out: Path) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    each(session, out, progress)
    assert told == sorted(told) and told[-1] == (3, 3)


@with_libreoffice
def test_single_files_for_the_archive(session: Session, out: Path) -> None:
    saved = make_files(session, NUMBERS[:2], "slip", out, PDF)
    for paper, file in zip(saved.made, saved.files, strict=True):
        assert file.suffix == ".pdf" and b"pdfaid" in file.read_bytes()
        with PdfPages(file) as pages:
            assert paper.case in "".join(pages.words(page) for page in range(len(pages)))
    assert not list((session.folder / "temporary").iterdir())


@with_libreoffice
def test_pages_know_their_papers_and_are_not_on_record(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_runs, "_PAPERS_A_FILE", 2)
    run = make_pages(session, lambda done, total: True, NUMBERS, "slip")
    with PdfPages(run.pdf) as pages:
        assert len(run.starts) == 3 and run.starts[0] == 0
        for number, start in zip(NUMBERS, run.starts, strict=True):
            assert number in pages.words(start)
    assert records(session) == 0


@with_libreoffice
def test_a_cancel_among_the_pages(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper_runs, "_PAPERS_A_FILE", 1)
    with pytest.raises(Cancelled):
        make_pages(session, lambda done, total: done < 2, NUMBERS, "slip")
    assert not list((session.folder / "temporary").iterdir())
