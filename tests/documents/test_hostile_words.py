"""Whatever stands in the cells of a file: each row is registered or told, and every list, sheet and paper can be made.

Text is drawn from all of Unicode, halves of characters and control characters as JSON can name them included.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.documents.case_ledger import write_case_ledger
from desktop_app.documents.message_files import bring_in_file
from desktop_app.documents.paper_runs import make_file
from desktop_app.documents.unit_files import read_units
from desktop_app.domain.numbering import parse_number_or_board
from desktop_app.errors import LiuyanError, Refusal
from desktop_app.services import office, queries, verification
from desktop_app.services.case_view import reveal_case, view_case
from desktop_app.services.cases import act
from desktop_app.services.queries import CaseQuery
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, make_template
from tests.documents.hostile_runs import EXAMPLES

TODAY = date(2026, 10, 30)
CELLS = st.one_of(
    st.text(st.characters(), max_size=60),
    st.sampled_from(
        (
            "=1+1",
            "../../x",
            "CON",
            "\x00",
            "\ud83d",
            "\u202e",
            "_x0041_",
            "<b>&amp;",
            "{{标题}}",
            "'--",
            "%s{}",
        )
    ),
    st.integers(-(10**30), 10**30),
    st.floats(),
    st.booleans(),
    st.none(),
)
KEYS = (
    "tid",
    "subject",
    "content",
    "nickName",
    "phone",
    "dateline",
    "forumName",
    "typeName",
    "domainName",
    "ip",
)
ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(KEYS, CELLS)), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    folder = tmp_path_factory.mktemp("words") / "office"
    make_template(folder, T)
    opened = office.enter(folder, FIRST, PASSWORD, TODAY)
    yield opened
    found = verification.verify(opened)
    opened.close()
    assert found.problems == ()


once_a_file = settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES <= 60,
    suppress_health_check=(HealthCheck.function_scoped_fixture, HealthCheck.too_slow),
)


@once_a_file
@given(ROWS)
def test_any_words_are_registered_or_told_and_can_be_shown(
    session: Session, tmp_path: Path, rows: list[dict[str, object]]
) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(rows), encoding="utf-8")
    before = queries.count_cases(session, CaseQuery())
    try:
        brought = bring_in_file(session, file)
    except LiuyanError as error:
        assert error.message
        assert queries.count_cases(session, CaseQuery()) == before
        return
    assert brought.rows == brought.imported + len(brought.duplicates) + len(brought.rejected)
    assert queries.count_cases(session, CaseQuery()) == before + brought.imported
    for number in brought.numbers[:1]:
        view_case(session, number)
        reveal_case(session, number, "核对")
        act(session, number, "accept", {"category": "投诉"})
        act(session, number, "dispatch", {"lead": "教育局"})
        made = make_file(session, [number], "slip", tmp_path / "slip.docx")
        docx.Document(str(made.files[0]))


def test_all_of_it_stands_in_a_ledger_that_opens(session: Session, tmp_path: Path) -> None:
    rows = write_case_ledger(session, CaseQuery(), tmp_path / "ledger.xlsx")
    assert rows == queries.count_cases(session, CaseQuery())
    book = openpyxl.load_workbook(tmp_path / "ledger.xlsx")
    assert [
        cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
    ] == []


@once_a_file
@given(st.lists(st.tuples(st.text(max_size=70), st.text(max_size=30), st.text(max_size=30)), max_size=5))
def test_units_of_any_name_are_taken_or_told(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    file = tmp_path / "units.json"
    named = [{"单位名称": name, "简称": short, "上级单位": superior} for name, short, superior in rows]
    file.write_text(json.dumps(named), encoding="utf-8")
    try:
        units = read_units(file)
    except LiuyanError as error:
        assert error.message
        return
    assert len({unit.name for unit in units}) == len(units) and all(unit.name for unit in units)


@given(st.text())
def test_a_number_of_any_words_is_a_number_or_told(text: str) -> None:
    for written in (text, f"board:{text}", f"2026-{text}"):
        try:
            assert str(parse_number_or_board(written))
        except Refusal as refusal:
            assert refusal.code == "unknown_case" and refusal.message


@once_a_file
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_told(tmp_path: Path, data: bytes) -> None:
    from desktop_app.documents.sheets import read_table

    for ending in ("csv", "tsv", "txt", "json", "jsonl", "xls", "xlsx", "ods", "et"):
        file = tmp_path / f"a.{ending}"
        file.write_bytes(data)
        try:
            read_table(file)
        except LiuyanError as error:
            assert error.message
