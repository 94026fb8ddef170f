"""Every way in for a file, given files that somebody broke, by chance or on purpose.

Sixty a way in `make test`; a longer hunt: `LIUYAN_HOSTILE=5000 pytest tests/documents/test_hostile_files.py`.
"""

from __future__ import annotations

import faulthandler
import json
import os
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest

from desktop_app.documents.docx_text import read_text
from desktop_app.documents.forms import read_template
from desktop_app.documents.message_files import bring_in_file
from desktop_app.documents.notice_files import notice_text
from desktop_app.documents.returned_papers import read_returned
from desktop_app.documents.scan_filing import read_scans
from desktop_app.documents.unit_files import read_units
from desktop_app.paths import forms_folder
from desktop_app.services import attachments, backups, holidays, office, queries, restoration
from desktop_app.services.holidays import Given
from desktop_app.services.queries import CaseQuery
from desktop_app.services.session import Session
from tests.cli.offices import DATA, FIRST, PASSWORD, T, X, make_template
from tests.documents.active_samples import KINDS as ACTIVE
from tests.documents.hostile_runs import Reader, begin_the_clock, survive
from tests.documents.sheet_samples import EXCEL_97, HEADER, ods_cell, ods_row, save, write_ods
from tests.documents.test_scan_reading import CODES, sheet

pytestmark = pytest.mark.skipif(os.name == "nt", reason="forks, and limits the Unix way")
TODAY = date(2026, 10, 30)
ROWS = [
    (f"{100 + row}", f"路灯不亮{row}", "2026-09-18 08:05", f"=小区{row}的路灯坏了，电话13812345678。")
    for row in range(12)
]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "office"
    make_template(folder, T)
    session = office.enter(folder, FIRST, PASSWORD, TODAY)
    bring_in_file(session, save(folder.parent / "a.xlsx", HEADER, *ROWS))
    backups.back_up(session)
    session.close()
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path / "office")
    return tmp_path / "office"


def entering(folder: Path) -> Callable[[], Session]:
    """The office, opened once it is first wanted, in the process that wants it."""
    opened: list[Session] = []

    def session() -> Session:
        if not opened:
            opened.append(office.enter(folder, FIRST, PASSWORD, TODAY))
        return opened[0]

    return session


def messages(folder: Path) -> list[Path]:
    """The same messages in every kind of file."""
    made = [
        save(folder / "a.xlsx", HEADER, *ROWS),
        folder / "a.xls",
        folder / "a.csv",
        folder / "a.json",
        folder / "a.jsonl",
    ]
    shutil.copy(EXCEL_97, folder / "a.xls")
    (folder / "a.csv").write_text(
        "\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADER, *ROWS)), encoding="utf-8-sig"
    )
    items = [{"tid": row[0], "subject": row[1], "dateline": 1_790_000_000, "content": row[3]} for row in ROWS]
    (folder / "a.json").write_text(
        json.dumps({"data": {"list": items}}, ensure_ascii=False), encoding="utf-8"
    )
    (folder / "a.jsonl").write_text("\n".join(json.dumps(one) for one in items), encoding="utf-8")
    rows = "".join(ods_row("".join(ods_cell(cell) for cell in row)) for row in (HEADER, *ROWS))
    return [*made, write_ods(folder / "a.ods", rows)]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv", "json", "jsonl", "ods"])
def test_files_of_messages(folder: Path, tmp_path: Path, kind: str) -> None:
    session = entering(folder)

    def bring_in(file: Path) -> None:
        before = queries.count_cases(session(), CaseQuery())
        brought = bring_in_file(session(), file)
        assert brought.rows == brought.imported + len(brought.duplicates) + len(brought.rejected)
        assert (
            queries.count_cases(session(), CaseQuery()) - before == brought.imported == len(brought.numbers)
        )

    good = [file for file in messages(tmp_path) if file.suffix == f".{kind}"]
    assert survive(bring_in, good, tmp_path).total()


def test_files_of_units(tmp_path: Path) -> None:
    good = [
        tmp_path / "units.csv",
        save(tmp_path / "b.xlsx", ("单位名称", "简称", "联系电话"), ("甲局", "甲、乙", "1")),
    ]
    shutil.copy(DATA / "units.csv", good[0])
    survive(read_units, good, tmp_path)


@pytest.mark.parametrize("form", ["slip", "urge", "reply"])
def test_templates(tmp_path: Path, form: str) -> None:
    from desktop_app.documents.office_templates import sample_values

    def fill(file: Path) -> None:
        read_template(form, file).fill({**sample_values(form), "文书名称": "文书"})

    survive(fill, [forms_folder() / f"{form}.docx"], tmp_path)


def test_returned_papers(tmp_path: Path) -> None:
    good = [forms_folder() / "slip.docx"]
    for place, (make, _) in enumerate(ACTIVE.values()):
        good.append(tmp_path / f"active{place}.docx")
        good[-1].write_bytes(make(docx.Document(str(good[0]))))

    def read(file: Path) -> None:
        read_text(file)
        read_returned(file)

    survive(read, good, tmp_path)


@pytest.mark.parametrize("kind", ["pdf", "jpg", "png", "tif", "fax.tif"])
def test_scans(folder: Path, tmp_path: Path, kind: str) -> None:
    from tests.documents import scan_samples

    chance = random.Random(kind)
    pages = [sheet(CODES[0], 60), sheet("", 60)]
    good = [
        scan_samples.save(pages if kind not in ("png", "jpg") else pages[:1], tmp_path, "good", kind, chance)
    ]
    session = entering(folder)

    def read(file: Path) -> None:
        (first, *_) = read_scans(session(), [file], thumbnail=200)
        assert first.readable or first.sorted.message

    survive(read, good, tmp_path, share=3)


def test_notices(folder: Path, tmp_path: Path) -> None:
    good = sorted((DATA / "notices").glob("202*.txt"))
    made = {"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": True}]}
    good.append(tmp_path / "a.json")
    good[-1].write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")
    session = entering(folder)

    def read(file: Path) -> None:
        found = holidays.preview(session(), Given(notice_text(file), file.name))
        assert found.read.faults or found.read.notice is not None

    survive(read, good, tmp_path)


@pytest.mark.parametrize("regulation", [T, X])
def test_replay_files(folder: Path, tmp_path: Path, regulation: str) -> None:
    from desktop_app.cli.replay import _do
    from desktop_app.cli.step_lines import lines_of, read_step
    from desktop_app.errors import LiuyanError

    session = entering(folder)
    given = DATA / f"replay-{regulation.partition('-')[0]}.jsonl"
    shutil.copy(DATA / "replay-messages.csv", tmp_path)

    def replay(file: Path) -> None:
        with file.open("rb") as lines:
            for _, line in lines_of(lines):
                begin_the_clock()  # each line is an act of its own, and a file may have many
                try:
                    _do(session(), read_step(line), tmp_path)
                except LiuyanError as error:
                    assert error.message

    survive(replay, [given], tmp_path, share=5)


def test_backups(template: Path, folder: Path, tmp_path: Path) -> None:
    """A backup that was altered is told or, where the alteration touches nothing that it holds, still whole."""
    (good,) = (template / "backups").iterdir()
    opener = restoration.with_password(FIRST, PASSWORD)

    def read(file: Path) -> None:
        from desktop_app.storage import backup, keyring

        key = keyring.unlock(folder, FIRST, PASSWORD)
        problems = backup.check_backup(file, key)
        file.rename(folder / "backups" / "liuyan-20260101-000000.backup")
        backup.own_backups(folder / "backups", key)
        (folder / "backups" / "liuyan-20260101-000000.backup").rename(file)
        shown = restoration.preview(folder, file, FIRST, opener, TODAY)
        assert not shown.hindering or problems

    survive(read, [good.rename(tmp_path / "good.backup")], tmp_path)


def test_attachments_of_any_content_and_name(folder: Path, tmp_path: Path) -> None:
    session = entering(folder)

    def attach(file: Path) -> None:
        kept = attachments.attach(session(), "2026-0001", file, "other")
        assert attachments.read_attachment(session(), "2026-0001", kept.id) == file.read_bytes()

    survive(attach, [EXCEL_97, forms_folder() / "slip.docx"], tmp_path)


def test_a_reader_that_falls_is_noticed(tmp_path: Path) -> None:
    from tests.documents.hostile_runs import Fell

    def fetches(file: Path) -> None:
        import socket

        socket.create_connection(("127.0.0.1", 9))

    def writes(file: Path) -> None:
        Path("/var/tmp/liuyan-hostile").write_text("x")

    def crashes(file: Path) -> None:
        faulthandler.disable()  # nobody needs to read of a crash that was wanted
        os.abort()

    def grows(file: Path) -> None:
        bytearray(2**31)

    readers: list[Reader] = [fetches, writes, crashes, grows]
    for reader in readers:
        with pytest.raises(Fell):
            survive(reader, [EXCEL_97], tmp_path)
