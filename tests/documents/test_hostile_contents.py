"""Files made to hurt, one trick each: measured in a process with little memory, no network, and ten seconds.

What stands in a cell, a name or a number goes nowhere but into the register, as text.
"""

from __future__ import annotations

import csv
import io
import json
import os
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from desktop_app.documents.case_ledger import write_case_ledger
from desktop_app.documents.docx_text import read_text
from desktop_app.documents.message_files import bring_in_file
from desktop_app.documents.notice_files import notice_text
from desktop_app.documents.paper_runs import make_files
from desktop_app.documents.scan_filing import read_scans
from desktop_app.documents.sheets import read_table
from desktop_app.documents.unit_files import read_units
from desktop_app.domain.notice_text import read_notice_text
from desktop_app.domain.units import Unit
from desktop_app.errors import LiuyanError
from desktop_app.services import office
from desktop_app.services.cases import act
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly
from tests.documents.hostile_runs import survive_all
from tests.documents.sheet_samples import HEADER, SHEET_END, SHEET_START, text_cell, write_xlsx

pytestmark = pytest.mark.skipif(os.name == "nt", reason="forks, and limits the Unix way")
TODAY = date(2026, 10, 30)
Maker = Callable[[Path], Path]

FORMULAS = ("=1+1", "+86 10", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x/","点")', "\t=1")
UNFIT = (
    "../../evil",
    "/evil",
    "C:\\evil",
    "..",
    "CON",
    "a\x00b",
    "a\x1bb",
    "x\u202efdp.exe",
    "尾点. ",
    "长" * 300,
)


def wide(folder: Path) -> Path:
    """A million columns in one row."""

    def rows() -> Iterator[str]:
        yield SHEET_START + '<row r="1">'
        for _ in range(100):
            yield "<c><v>1</v></c>" * 10_000
        yield "</row>" + SHEET_END

    return write_xlsx(folder / "wide.xlsx", rows())


def long_cell(folder: Path) -> Path:
    """Twenty megabytes in one cell."""
    cells = text_cell("A1", "留言主题") + text_cell("B1", "留言详情")
    long = text_cell("A2", "x") + text_cell("B2", "长" * 7_000_000)
    rows = [SHEET_START, f'<row r="1">{cells}</row><row r="2">{long}</row>', SHEET_END]
    return write_xlsx(folder / "long.xlsx", rows)


def long_cell_of_text(folder: Path) -> Path:
    (folder / "long.csv").write_text("留言主题,留言详情\nx," + "长" * 7_000_000, encoding="utf-8")
    return folder / "long.csv"


def wide_text(folder: Path) -> Path:
    (folder / "wide.csv").write_text("留言主题,留言详情\n" + "," * 3_000_000, encoding="utf-8")
    return folder / "wide.csv"


def deep_json(folder: Path) -> Path:
    (folder / "deep.json").write_text("[" * 200_000 + "]" * 200_000)
    return folder / "deep.json"


def long_number(folder: Path) -> Path:
    (folder / "long.json").write_text('[{"subject": "x", "content": "y", "tid": ' + "9" * 100_000 + "}]")
    return folder / "long.json"


def half_characters(folder: Path) -> Path:
    (folder / "half.json").write_text(r'[{"subject": "a\ud83d", "content": "\udc00\u0000", "\ud800": "x"}]')
    return folder / "half.json"


def many_keys(folder: Path) -> Path:
    items = [{f"k{key}": 1 for key in range(start, start + 50)} for start in range(0, 150_000, 50)]
    items[0] |= {"subject": 1, "content": 1}
    (folder / "keys.json").write_text(json.dumps(items))
    return folder / "keys.json"


def bomb(folder: Path, ending: str = "docx") -> Path:
    """A part of the name that is read, zeros packed a thousandfold."""
    file = folder / f"bomb.{ending}"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(500):
                part.write(b" " * 2**20)
    return file


def nested_bomb(folder: Path) -> Path:
    """Many names for one packed part: the sizes add up, the file does not grow."""
    file = folder / "overlap.docx"
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(b" " * 9_000_000) + packed.flush()
    crc = zlib.crc32(b" " * 9_000_000)
    local = (
        struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(body), 9_000_000, 1, 0) + b"a" + body
    )
    central = [
        struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(body), 9_000_000, len(name), 0, 0, 0, 0, 0, 0),
        )
        + name
        for name in (f"word/media/{place}.png".encode() for place in range(500))
    ]
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 500, 500, sum(map(len, central)), len(local), 0)
    file.write_bytes(local + b"".join(central) + end)
    return file


def huge_picture(folder: Path) -> Path:
    """A PNG that says it is 60,000 by 60,000."""
    header = struct.pack(">2L5B", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    data = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    (folder / "huge.png").write_bytes(data)
    return folder / "huge.png"


def endless_tiff(folder: Path) -> Path:
    """A TIFF whose only page is followed by itself."""
    entries = [
        (256, 3, 1, 1),
        (257, 3, 1, 1),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, 1, 8),
        (279, 4, 1, 1),
    ]
    page = struct.pack("<H", len(entries)) + b"".join(struct.pack("<2H2L", *one) for one in entries)
    (folder / "endless.tif").write_bytes(b"II*\0" + struct.pack("<L", 8) + page + struct.pack("<L", 8))
    return folder / "endless.tif"


def huge_page(folder: Path) -> Path:
    """A PDF with pages of ten million points, one of them without any width, and a tree of pages that bites its tail."""
    pdf = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 3/Kids[3 0 R 4 0 R 2 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10000000 10000000]>>endobj\n"
        b"4 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 0 -5]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    (folder / "huge.pdf").write_bytes(pdf)
    return folder / "huge.pdf"


def thin_page(folder: Path) -> Path:
    """A page a million times as high as wide."""
    pdf = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 1 1000000]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    (folder / "thin.pdf").write_bytes(pdf)
    return folder / "thin.pdf"


def endless_notice(folder: Path) -> Path:
    """A million characters, each of which could begin something."""
    (folder / "a.txt").write_text(
        "国务院办公厅关于2027年放假安排的通知\n一、元旦：" + "1月1日至" * 180_000, encoding="utf-8"
    )
    return folder / "a.txt"


def holiday_words(folder: Path) -> Path:
    (folder / "b.txt").write_text("放假调休，共" * 150_000 + "（周六）上班" * 20, encoding="utf-8")
    return folder / "b.txt"


def read_sheet(file: Path) -> None:
    read_table(file)


def read_notice(file: Path) -> None:
    read_notice_text(notice_text(file), file.name)


TRICKS: dict[Maker, Callable[[Path], None]] = {
    **dict.fromkeys((wide, long_cell, long_cell_of_text, wide_text, deep_json, long_number), read_sheet),
    **dict.fromkeys((half_characters, many_keys), read_sheet),
    bomb: lambda file: read_text(file) and None,
    nested_bomb: lambda file: read_text(file) and None,
    endless_notice: read_notice,
    holiday_words: read_notice,
}
SCANS: tuple[Maker, ...] = (huge_picture, endless_tiff, huge_page, thin_page)


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_it_is_read_or_told_and_nothing_grows(tmp_path: Path, trick: Maker) -> None:
    survive_all(TRICKS[trick], [lambda: trick(tmp_path)], tmp_path)


@pytest.mark.parametrize("trick", SCANS, ids=lambda trick: trick.__name__)
def test_a_scan_is_read_or_told(tmp_path: Path, trick: Maker) -> None:
    found_quickly(tmp_path / "office", T)

    def read(file: Path) -> None:
        session = office.enter(tmp_path / "office", FIRST, PASSWORD, TODAY)
        (first, *_) = read_scans(session, [file], thumbnail=200)
        assert first.readable or first.sorted.message

    survive_all(read, [lambda: trick(tmp_path)], tmp_path)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, TODAY)
    yield opened
    opened.close()


def sheet_of(folder: Path, words: tuple[str, ...]) -> Path:
    file = folder / "留言.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow((*HEADER, "留言用户", "收件日期"))
        for place, word in enumerate(words):
            text = word.replace("\x00", "")
            writer.writerow((f"{text}{place}", f"{text}题", "", f"{text}文", text, "2026-09-18"))
    return file


def test_what_looks_like_a_formula_is_text_in_every_ledger(session: Session, tmp_path: Path) -> None:
    brought = bring_in_file(session, sheet_of(tmp_path, FORMULAS))
    assert brought.imported == len(FORMULAS)
    from desktop_app.services.queries import CaseQuery

    write_case_ledger(session, CaseQuery(), tmp_path / "ledger.xlsx")
    book = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert any(str(cell.value).startswith("=cmd|") for cell in cells)


def test_no_name_leads_a_paper_out_of_its_folder(session: Session, tmp_path: Path) -> None:
    """Units, citizens and board numbers are called what they are called; files are called what a disk can carry."""
    numbers = bring_in_file(session, sheet_of(tmp_path, UNFIT[:8])).numbers
    out = tmp_path / "out"
    before = set(tmp_path.rglob("*"))
    for number, word in zip(numbers, UNFIT, strict=False):
        unit = f"{word}局"
        office.bring_in_units(session, [Unit(unit)])
        act(session, number, "accept", {"category": "投诉"}, date(2026, 9, 18))
        act(session, number, "dispatch", {"lead": unit}, date(2026, 9, 18))
        make_files(session, [number], "slip", out)
    made = set(tmp_path.rglob("*")) - before - {out}
    assert len(made) == len(numbers)
    for file in made:
        assert file.parent == out and file.suffix == ".docx"
        assert file.name.isprintable() and not set(file.name) & set('<>:"|?*\\') and "\u202e" not in file.name


def test_locked_files_of_every_kind_are_told(tmp_path: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = write_xlsx(
        tmp_path / "a.xlsx", [SHEET_START, f'<row r="1">{text_cell("A1", "留言主题")}</row>', SHEET_END]
    )
    locked = tmp_path / "locked.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("mima", target)
    for reader in (read_table, read_units):
        with pytest.raises(LiuyanError, match="密码"):
            reader(locked)
    shown = io.BytesIO(locked.read_bytes())
    renamed = tmp_path / "locked.docx"
    renamed.write_bytes(shown.getvalue())
    with pytest.raises(LiuyanError, match="加密"):
        read_text(renamed)


@pytest.mark.parametrize("place", ["a link to a file", "a link to a folder", "a pipe"])
def test_a_folder_of_scans_with_something_else_in_it(session: Session, tmp_path: Path, place: str) -> None:
    folder, secret = tmp_path / "scans", tmp_path / "secret"
    folder.mkdir()
    secret.mkdir()
    (secret / "机密.pdf").write_bytes(b"%PDF-1.4 secret")
    if place == "a pipe":
        subprocess.run(["mkfifo", folder / "a.pdf"], check=True)
    else:
        target = secret if place == "a link to a folder" else secret / "机密.pdf"
        (folder / ("x" if target == secret else "x.pdf")).symlink_to(target)
    assert read_scans(session, [folder]) == ()
