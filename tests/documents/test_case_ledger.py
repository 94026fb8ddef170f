"""What is protected in a ledger is covered once: where it is read, or else where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_app.documents import case_ledger, ledgers
from desktop_app.documents.case_ledger import office_ledgers, write_case_ledger
from desktop_app.documents.ledger_columns import STEP_KEYS, LedgerForm, load_ledgers
from desktop_app.documents.ledger_sheet import LedgerColumn
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.services import ledgers as ledger_facts
from desktop_app.services import office, regulations
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly

OWN = ("常乐", "13904750001", "甲市第三中学", "阳光小区3栋501室", "10.20.30.41")
CITIZEN = Citizen(*OWN)
WORDS = f"我叫{OWN[0]}，在{OWN[2]}上班，住{OWN[3]}，电话{OWN[1]}，从{OWN[4]}发出。"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 10, 30))
    given = Message(WORDS, WORDS, CITIZEN, board_number=OWN[1])
    register_one(opened, Registration(T, date(2026, 9, 18), "市长板块", given))
    yield opened
    opened.close()


def words_of(path: Path) -> str:
    rows = load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def form_of(session: Session, *columns: LedgerColumn) -> dict[str, LedgerForm]:
    register = office_ledgers(session)["register"]
    return {"register": replace(register, columns=columns)}


@pytest.mark.parametrize(
    "folder", sorted(regulations.folder().glob("*/ledgers.toml")), ids=lambda one: one.parent.name
)
def test_all_that_the_ledgers_protect_is_covered_where_it_is_read(folder: Path) -> None:
    for form in load_ledgers(folder.parent).values():
        protected = {column.key for column in form.columns if column.protected}
        assert protected <= ledger_facts.COVERED | STEP_KEYS[form.lines].keys()


def test_every_key_that_comes_covered_is(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = [LedgerColumn(key, key, 20, protected=True) for key in sorted(ledger_facts.COVERED)]
    forms = form_of(session, *columns)
    monkeypatch.setattr(case_ledger, "office_ledgers", lambda session: forms)
    monkeypatch.setattr(ledgers, "masked_text", lambda *given: pytest.fail("covered twice"))
    assert write_case_ledger(session, CaseQuery(), tmp_path / "ledger.xlsx") == 1
    written = words_of(tmp_path / "ledger.xlsx")
    assert "*" in written and not [one for one in OWN if one in written]


def test_what_else_is_protected_is_covered_where_it_is_written(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = form_of(session, LedgerColumn("board_number", "留言编号", 20, protected=True))
    monkeypatch.setattr(case_ledger, "office_ledgers", lambda session: forms)
    write_case_ledger(session, CaseQuery(), tmp_path / "ledger.xlsx")
    written = words_of(tmp_path / "ledger.xlsx")
    assert "*" in written and OWN[1] not in written
