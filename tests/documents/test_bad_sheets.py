"""Files that are no sheet, or would take the machine down: one clear sentence each."""

from __future__ import annotations

import random
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.documents import sheet_guards, workbooks
from desktop_app.documents.sheets import read_table
from desktop_app.errors import BadData
from tests.documents.sheet_samples import (
    EXCEL_97,
    HEADER,
    SHEET_END,
    SHEET_START,
    ods_cell,
    ods_row,
    save,
    shared_strings,
    state_size,
    text_cell,
    write_ods,
    write_xlsx,
)


def sentence(path: Path) -> str:
    """What the user is told: one fault, one sentence, with the file's name."""
    with pytest.raises(BadData) as caught:
        read_table(path)
    (fault,) = caught.value.faults
    assert fault.file == path.name
    return fault.reason


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("空.xlsx", b"", "空文件"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "图片（PNG）"),
        ("图.xls", b"\xff\xd8\xff\xe0" + b"\x00" * 99, "图片（JPEG）"),
        ("文.csv", b"%PDF-1.7 ...", "PDF"),
        ("网页.xls", "\ufeff<html><table><tr><td>留言".encode(), "网页"),
        ("字.xlsx", "随手写的几个字".encode(), "不是 .xlsx 表格"),
        ("半个.xlsx", b"PK\x03\x04" + b"\x07" * 500, "不完整或已损坏"),
        ("半个.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x07" * 5000, "不完整或已损坏"),
        ("东西.xyz", b"abc", "不是认得的表格"),
    ],
)
def test_what_is_no_sheet_is_named(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert says in sentence(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "没有这个文件" in sentence(tmp_path / "无.xlsx")
    assert "是文件夹" in sentence(tmp_path)


@pytest.mark.parametrize("part", [0.2, 0.6, 0.95])
def test_a_truncated_workbook(tmp_path: Path, part: float) -> None:
    path = save(tmp_path / "a.xlsx", HEADER, *[(n, "路灯") for n in range(300)])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * part)])
    assert "不完整或已损坏" in sentence(path)
    old = tmp_path / "a.xls"
    old.write_bytes(EXCEL_97.read_bytes()[: int(EXCEL_97.stat().st_size * part)])
    assert "不完整" in sentence(old)


def test_zips_that_are_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("照片.jpg", b"x")
    assert "先解压" in sentence(path)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", b"x")
    assert "Word" in sentence(path)


def zeros(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"\0" * 2**20


def test_two_gigabytes_of_zeros_are_turned_away_unopened(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for block in zeros(2048):
                part.write(block)
    tracemalloc.start()
    try:
        assert "2,048 MB" in sentence(path)
        assert tracemalloc.get_traced_memory()[1] < path.stat().st_size + 2**24
    finally:
        tracemalloc.stop()


def test_a_zip_that_lies_about_its_size(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", zeros(sheet_guards.MAX_UNPACKED_BYTES // 2**20 + 1))
    state_size(path, "xl/worksheets/sheet1.xml", 1000)
    assert "解开后超过" in sentence(path)


def formatted_rows(count: int) -> Iterator[str]:
    yield SHEET_START
    for number in range(1, count + 1):
        yield f'<row r="{number}"><c r="A{number}" s="0"/><c r="B{number}" s="0"/></row>'
    yield SHEET_END


def test_sixty_five_thousand_empty_rows(tmp_path: Path) -> None:
    assert "一行也没有" in sentence(write_xlsx(tmp_path / "a.xlsx", formatted_rows(65_000)))


def bomb_rows(first: int, last: int) -> Iterator[str]:
    yield SHEET_START + f'<row r="1">{text_cell("A1", "留言主题")}</row>'
    for row in range(first, last):
        yield f'<row r="{row}"><c r="A{row}"><f>REPT("x",32767)</f><v>0</v></c></row>'
    yield SHEET_END


def test_more_rows_than_any_office_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_ROWS", 2_000)
    assert "超过 2,000 行" in sentence(write_xlsx(tmp_path / "a.xlsx", bomb_rows(2, 3_000)))


def test_rows_beyond_the_plain_are_measured_and_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", bomb_rows(1_048_570, 1_048_577))
    assert [row.number for row in read_table(path).rows] == list(range(1_048_570, 1_048_577))


FAR = f'<row r="1">{text_cell("A1", "留言主题")}</row><row r="1048576">{text_cell("XFD1048576", "x")}</row>'
UNNUMBERED = "<row>" + "<c><v>1</v></c>" * 16384 + "</row>" + "<row><c><v>1</v></c></row>" * 2000
PREFIXED = FAR.replace("<c ", "<x:c ").replace("</c>", "</x:c>")


@pytest.mark.parametrize(
    "rows", [FAR, UNNUMBERED, PREFIXED, FAR.replace("XFD1048576", "ZZZZZZZ99999999999")], ids=range(4)
)
def test_two_cells_far_apart_never_reach_the_reader(tmp_path: Path, rows: str) -> None:
    assert "范围太大" in sentence(write_xlsx(tmp_path / "a.xlsx", [SHEET_START, rows, SHEET_END]))


def test_a_far_cell_with_only_a_format_does_no_harm(tmp_path: Path) -> None:
    rows = FAR.replace(text_cell("XFD1048576", "x"), '<c r="XFD1048576" s="0"/>')
    rows += f'<row r="3">{text_cell("A3", "路灯")}</row>'
    assert len(read_table(write_xlsx(tmp_path / "a.xlsx", [SHEET_START, rows, SHEET_END])).rows) == 1


def test_a_claim_of_endless_shared_texts(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    path = tmp_path / "a.xlsx"
    for attributes in ('uniqueCount="99999999999999"', 'count="1" uniqueCount="' + "9" * 3000 + '"'):
        write_xlsx(path, [SHEET_START, rows, SHEET_END], shared_strings(attributes))
        assert "范围太大" in sentence(path)


def test_entities_are_not_opened(tmp_path: Path) -> None:
    start = SHEET_START.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "很长">]><worksheet')
    rows = f'<row r="1">{text_cell("A1", "&a;")}</row>'
    assert "DOCTYPE" in sentence(write_xlsx(tmp_path / "a.xlsx", [start, rows, SHEET_END]))


def test_an_open_document_that_repeats_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    assert "范围太大" in sentence(write_ods(path, ods_row(ods_cell("x", 16_384), 1_048_576)))
    far = ods_row('<table:table-cell table:number-columns-repeated="16000"/>' + ods_cell("x"), 2**20)
    assert "范围太大" in sentence(write_ods(path, ods_row(ods_cell("x")) + far))


def test_an_old_workbook_that_claims_too_much(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    data = bytearray(EXCEL_97.read_bytes())
    at = data.find(b"\x00\x02\x0e\x00")  # DIMENSIONS, 14 bytes: first and end row, first and end column
    data[at + 8 : at + 12] = b"\xff\xff\xff\x7f"
    path.write_bytes(data)
    assert "范围太大" in sentence(path)


def test_flipped_bytes_never_get_past_the_sentence(tmp_path: Path) -> None:
    chance = random.Random(20200106)
    good = [EXCEL_97, save(tmp_path / "good.xlsx", HEADER, (1, "路灯"))]
    outcomes = set()
    for index in range(120):
        source = good[index % 2]
        data = bytearray(source.read_bytes())
        for _ in range(chance.choice((1, 5, 30))):
            data[chance.randrange(len(data))] = chance.choice((0, 255, chance.randrange(256)))
        path = tmp_path / f"flipped{source.suffix}"
        path.write_bytes(data)
        try:
            outcomes.add(type(read_table(path)).__name__)
        except BadData as error:
            outcomes.add(type(error).__name__)
    assert outcomes == {"Table", "BadData"}
