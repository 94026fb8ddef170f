from __future__ import annotations

import pytest

from desktop_app.domain.office_records import DocumentIssued
from desktop_app.storage.database import Database


def _write(serial: int) -> str:
    return f"通民盼督〔2026〕{serial}号"


def test_register_numbers_run_on_by_year(office: Database) -> None:
    with office.change() as work:
        assert work.numbers.next_register(2026) == [1]
        assert work.numbers.next_register(2026, 3) == [2, 3, 4]
        assert work.numbers.next_register(2027) == [1]
    with office.change() as work:
        assert work.numbers.next_register(2026) == [5]


def test_a_transaction_rolled_back_leaves_no_gap(office: Database) -> None:
    for _ in range(2):
        with pytest.raises(RuntimeError, match="stop"), office.change() as work:
            assert work.numbers.next_register(2026, 5) == [1, 2, 3, 4, 5]
            assert work.numbers.issue("督办", 2026, _write) == "通民盼督〔2026〕1号"
            raise RuntimeError("stop")
    with office.change() as work:
        assert work.numbers.next_register(2026) == [1]
        assert work.numbers.issue("督办", 2026, _write) == "通民盼督〔2026〕1号"


def test_series_and_years_have_counters_of_their_own(office: Database) -> None:
    with office.change() as work:
        assert work.numbers.next_document("督办", 2026) == 1
        assert work.numbers.next_document("承办", 2026) == 1
        assert work.numbers.next_document("督办", 2027) == 1
        assert work.numbers.next_document("督办", 2026) == 2


def test_a_voided_number_stays_used(office: Database) -> None:
    with office.change() as work:
        first = work.numbers.issue("督办", 2026, _write, "2026-0001")
        work.numbers.void(first, "印错")
        second = work.numbers.issue("督办", 2026, _write, "2026-0001", event_id=9)
        work.numbers.issue("督办", 2026, _write, "2026-0002")
        work.numbers.set_event(first, 8)
    with office.read() as work:
        assert work.numbers.issued_for("2026-0001") == [
            DocumentIssued("督办", 2026, 1, first, "2026-0001", 8, "印错"),
            DocumentIssued("督办", 2026, 2, second, "2026-0001", 9, ""),
        ]


def test_a_number_never_issued_can_t_be_voided(office: Database) -> None:
    with pytest.raises(LookupError), office.change() as work:
        work.numbers.void("通民盼督〔2026〕1号", "印错")


@pytest.mark.parametrize("count", [0, -1])
def test_less_than_one_number_is_a_mistake(office: Database, count: int) -> None:
    with pytest.raises(ValueError, match="at least 1"), office.change() as work:
        work.numbers.next_register(2026, count)


def test_a_series_without_a_name_is_a_mistake(office: Database) -> None:
    with pytest.raises(ValueError, match="name"), office.change() as work:
        work.numbers.next_document("", 2026)
