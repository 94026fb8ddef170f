"""Delimited text in the encodings of Chinese offices."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from desktop_app.documents.sheets import Row, read_table
from desktop_app.errors import BadData

TEXT = '留言编号,留言主题,留言详情\r\n00123456789012345678,路灯,"坏了，\r\n三天"\r\n\r\n2,公交,改线😀\r\n'
ROWS = (Row(2, ("00123456789012345678", "路灯", "坏了，\r\n三天")), Row(4, ("2", "公交", "改线😀")))


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
    ],
    ids=["utf-8", "mark", "gb18030", "utf-16", "utf-16-be", "utf-16 unmarked"],
)
def test_every_encoding_gives_the_same_rows(tmp_path: Path, data: bytes) -> None:
    table = read_table(write(tmp_path / "a.csv", data))
    assert table.header == ("留言编号", "留言主题", "留言详情")
    assert table.rows == ROWS


@pytest.mark.parametrize(("name", "mark"), [("a.tsv", "\t"), ("a.csv", "\t"), ("a.csv", ";"), ("a.tsv", ",")])
def test_delimiters(tmp_path: Path, name: str, mark: str) -> None:
    text = mark.join(["留言主题", "留言详情"]) + "\n" + mark.join(["路灯", "坏了，三天"])
    assert read_table(write(tmp_path / name, text.encode())).rows == (Row(2, ("路灯", "坏了，三天")),)


@pytest.mark.parametrize("text", ['a,b\n1,"没有关上\n2,x\n', 'a,b\n1,"甲"乙\n'])
def test_quotation_marks_that_do_not_come_out_even_lose_no_row_in_silence(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadData, match="引号没有成对"):
        read_table(write(tmp_path / "a.csv", text.encode()))


def test_broken_text_is_named_by_its_line(tmp_path: Path) -> None:
    data = "留言主题,留言详情\n路灯,坏了三天了\n公交,".encode() + b"\xff\xfe\n"
    with pytest.raises(BadData, match=r"文本第 3 行：有不能识别的文字（按 UTF-8 读）"):
        read_table(write(tmp_path / "a.csv", data))
    with pytest.raises(BadData, match=r"文本第 2 行：有不能识别的文字（按 GB18030 读）"):
        read_table(write(tmp_path / "a.csv", "留言主题\n".encode("gb18030") + b"\xff\xff\n"))


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="不是文本文件"):
        read_table(write(tmp_path / "a.csv", b"abc\x00\x00\x00\x00def" * 9))


def test_no_sheets_in_text(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="没有工作表"):
        read_table(write(tmp_path / "a.csv", TEXT.encode()), "一月")
    with pytest.raises(BadData, match="一行也没有"):
        read_table(write(tmp_path / "a.csv", b"\r\n , \r\n"))
