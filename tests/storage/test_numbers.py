from __future__ import annotations

import pytest

from desktop_app.domain.office_records import DocumentIssued, DocumentOfCase
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
        assert work.numbers.issue("督办", 2026, _write) == "通民盼督〔2026〕1号"
        assert work.numbers.issue("承办", 2026, lambda serial: f"承{serial}") == "承1"
        assert work.numbers.issue("督办", 2027, lambda serial: f"后{serial}") == "后1"
        assert work.numbers.issue("督办", 2026, _write) == "通民盼督〔2026〕2号"
        work.numbers.next_register(2026)
        assert work.numbers.series() == [("承办", 2026, 1), ("督办", 2026, 2), ("督办", 2027, 1)]


def test_a_number_keeps_its_paper_s_title_who_took_it_and_its_cases(with_cases: Database) -> None:
    with with_cases.change() as work:
        text = work.numbers.issue("督办", 2026, _write, "2026-0001", title="督办函", by="王敏")
        joint = work.numbers.issue("督办", 2026, _write, cases=["2026-0001", "2026-0002"])
        assert work.issued.find(text) == DocumentIssued(
            *("督办", 2026, 1, text, "督办函", "王敏"), of_cases=(DocumentOfCase("2026-0001"),)
        )
        found = work.issued.find(joint)
        assert found is not None and found.cases == ("2026-0001", "2026-0002")


@pytest.mark.parametrize("count", [0, -1])
def test_less_than_one_number_is_a_mistake(office: Database, count: int) -> None:
    with pytest.raises(ValueError, match="at least 1"), office.change() as work:
        work.numbers.next_register(2026, count)


def test_a_series_without_a_name_is_a_mistake(office: Database) -> None:
    with pytest.raises(ValueError, match="name"), office.change() as work:
        work.numbers.issue("", 2026, _write)
