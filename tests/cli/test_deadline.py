"""`liuyan deadline`, as scripts and people call it: shapes of docs/command-line.md, refusals, batches."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli import deadline
from desktop_app.errors import Refusal

Document = dict[str, Any]


class Recorder:
    """A console that keeps what it is given."""

    def __init__(self) -> None:
        self.json = True
        self.documents: list[Document] = []
        self.tables: list[str] = []

    def answer(self, document: Document, table: Callable[[Document], str]) -> None:
        self.documents.append(document)
        self.tables.append(table(document))

    def line(self, document: Document) -> None:
        self.documents.append(document)


def call(*words: str) -> Recorder:
    parser = argparse.ArgumentParser()
    deadline.add_commands(parser.add_subparsers())
    arguments = parser.parse_args(["deadline", *words])
    console = Recorder()
    assert arguments.run(arguments, console) == 0
    return console


def one(*words: str) -> Document:
    (document,) = call(*words).documents
    json.dumps(document)
    return document


def batch(tmp_path: Path, *lines: str | bytes) -> list[Document]:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"".join((line if isinstance(line, bytes) else line.encode()) + b"\n" for line in lines))
    return call("--batch", str(file)).documents


def test_the_document_has_the_promised_shape() -> None:
    found = one("--regulation", "tongliao-2023", "--start", "2026-09-24", "--extend", "3")
    days = found.pop("days")
    assert found == {
        "regulation": "tongliao-2023",
        "start": "2026-09-24",
        "limit": 5,
        "limit_unit": "working_days",
        "extended": 3,
        "due": "2026-10-13",
        "reminder": "2026-10-12",
        "provisional": False,
        "provisional_years": [],
        "before_in_force": False,
        "clauses": ["第十一条", "第十四条", "第十三条"],
    }
    assert days[0] == {
        "date": "2026-09-25",
        "working": False,
        "why": "中秋节放假",
        "number": None,
        "source": "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）",
        "provisional": False,
    }
    assert days[-1]["date"] == "2026-10-13"
    assert [day["number"] for day in days if day["working"]] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_extensions_may_be_given_one_by_one() -> None:
    words = ("--regulation", "xizang-2017", "--start", "2026-09-21")
    in_two = one(*words, "--extend", "10", "--extend", "10")
    at_once = one(*words, "--extend", "20")
    assert in_two == at_once
    assert (at_once["due"], at_once["extended"]) == ("2026-11-09", 20)
    assert at_once["clauses"] == ["第五条（四）"]


def test_a_year_without_its_notice_is_named() -> None:
    found = one("--regulation", "xizang-2017", "--start", "2026-12-21")
    assert (found["due"], found["reminder"]) == ("2027-01-05", "2027-01-04")
    assert (found["provisional"], found["provisional_years"]) == (True, [2027])


@pytest.mark.parametrize("start", ["2016-09-12", "1990-01-01", "1066-10-14"])
def test_an_old_date_is_counted_and_marked(start: str) -> None:
    found = one("--regulation", "xizang-2017", "--start", start)
    assert found["before_in_force"] is True
    assert found["due"] > start
    assert len([day for day in found["days"] if day["working"]]) == 10


def test_the_table_says_it_in_words() -> None:
    (table,) = call("--regulation", "xizang-2017", "--start", "2026-12-21", "--extend", "1").tables
    assert "2026年12月21日 星期一（当日不计）" in table
    assert "10 个工作日（第五条（四））" in table
    assert "延期  1 个工作日" in table
    assert "2027年1月6日 星期三，当日止" in table
    assert "暂定（放假安排未发布）：2027年" in table
    assert "2027-01-01  不计  元旦，法定节假日（暂定）" in table
    assert "2027-01-04  第 9 日  星期一，工作日（暂定）" in table
    (table,) = call("--regulation", "tongliao-2023", "--start", "2019-04-26").tables
    assert "办法自2023年5月12日 星期五起施行" in table


@pytest.mark.parametrize(
    ("words", "code", "clause"),
    [
        (
            ("--regulation", "xizang-2017", "--start", "2026-09-21", "--extend", "21"),
            "extension_over_cap",
            "第五条（四）",
        ),
        (
            ("--regulation", "tongliao-2023", "--start", "2026-09-24", "--extend", "2", "--extend", "2"),
            "extension_over_cap",
            "第十四条",
        ),
        (("--regulation", "tongliao-2023", "--start", "2026-09-24", "--extend", "0"), "unknown_value", None),
        (("--regulation", "nowhere-2020", "--start", "2026-09-24"), "unknown_value", None),
        (("--regulation", "tongliao-2023", "--start", "2026-02-30"), "unknown_value", None),
        (("--regulation", "tongliao-2023", "--start", "20260924"), "unknown_value", None),
        (("--regulation", "tongliao-2023", "--start", "2101-01-01"), "unknown_value", None),
    ],
)
def test_refusals(words: tuple[str, ...], code: str, clause: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        call(*words)
    assert (refused.value.code, refused.value.clause) == (code, clause)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--regulation", "tongliao-2023"),
        ("--start", "2026-09-24"),
        ("--batch", "nowhere.jsonl"),
        ("--batch", ".", "--start", "2026-09-24"),
        ("--regulation", "tongliao-2023", "--start", "2026-09-24", "--extend", "three"),
    ],
)
def test_a_call_that_cannot_be_understood_ends_with_2(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        call(*words)
    assert ended.value.code == 2


def test_a_batch_answers_line_by_line_without_days(tmp_path: Path) -> None:
    answers = batch(
        tmp_path,
        '{"regulation": "xizang-2017", "start": "2026-09-21", "extend": [20]}',
        '{"regulation": "tongliao-2023", "start": "2026-09-24", "extend": []}',
        '{"regulation": "tongliao-2023", "start": "2026-09-24"}',
        '{"regulation": "tongliao-2023", "start": "2026-09-24", "extend": [1, 2]}',
    )
    assert [answer["due"] for answer in answers] == ["2026-11-09", "2026-10-09", "2026-10-09", "2026-10-13"]
    whole = one("--regulation", "xizang-2017", "--start", "2026-09-21", "--extend", "20")
    del whole["days"]
    assert answers[0] == whole


def test_a_bad_line_answers_with_its_error_and_stops_nothing(tmp_path: Path) -> None:
    good = '{"regulation": "tongliao-2023", "start": "2026-09-24", "extend": []}'
    bad = {
        "not json": "unknown_value",
        "": "unknown_value",
        "[1]": "unknown_value",
        '{"start": "2026-09-24"}': "missing_key",
        '{"regulation": "tongliao-2023"}': "missing_key",
        '{"regulation": "x", "start": "2026-09-24"}': "unknown_value",
        '{"regulation": ["x"], "start": "2026-09-24"}': "unknown_value",
        '{"regulation": "tongliao-2023", "start": 20260924}': "unknown_value",
        '{"regulation": "tongliao-2023", "start": "9999-12-31"}': "unknown_value",
        '{"regulation": "tongliao-2023", "start": "2026-09-24", "extend": 3}': "unknown_value",
        '{"regulation": "tongliao-2023", "start": "2026-09-24", "extend": [true]}': "unknown_value",
        '{"regulation": "tongliao-2023", "start": "2026-09-24", "extend": [4]}': "extension_over_cap",
        '{"regulation": "tongliao-2023", "start": "2026-09-24", "extend": [-1]}': "unknown_value",
    }
    answers = batch(tmp_path, *bad, b"\xff\xfe\x00", good)
    assert [answer["error"]["code"] for answer in answers[:-1]] == [*bad.values(), "unknown_value"]
    assert all(set(answer["error"]) == {"code", "message", "clause"} for answer in answers[:-1])
    assert answers[11]["error"]["clause"] == "第十四条"
    assert answers[-1]["due"] == "2026-10-09"


def test_a_batch_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    line = b'{"regulation": "tongliao-2023", "start": "2026-09-24"}'
    (answer,) = batch(tmp_path, b"\xef\xbb\xbf" + line)
    assert answer["due"] == "2026-10-09"


def test_it_imports_nothing_heavy() -> None:
    """What would make a script wait: the window, the database, the documents."""
    program = (
        "import sys\nfrom desktop_app.cli import deadline\nfrom desktop_app.services import regulations\n"
        "regulations.load('xizang-2017')\n"
        "print(*sorted({'PySide6', 'sqlalchemy', 'sqlcipher3', 'openpyxl', 'docx', 'borax'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == []
