"""Numbers given out stay; on which cases they stand follows from the steps of these."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.domain.office_records import DocumentIssued, DocumentOfCase
from desktop_app.storage.database import Database
from desktop_app.storage.work import Work

A, B = "2026-0001", "2026-0002"
ON = date(2026, 10, 9)


def _issue(work: Work, *cases: str, series: str = "督办", year: int = 2026) -> str:
    return work.numbers.issue(series, year, lambda serial: f"{series}〔{year}〕{serial}号", cases=cases)


def _found(work: Work, number: str) -> DocumentIssued:
    found = work.issued.find(number)
    assert found is not None
    return found


def test_a_number_is_tied_to_the_step_that_bears_it(with_cases: Database) -> None:
    with with_cases.change() as work:
        number = _issue(work, A)
        borne = DocumentOfCase(A, 7, True, ON, "市住建局", date(2026, 10, 10), "当面")
        work.issued.settle(A, {number: borne})
    with with_cases.read() as work:
        assert _found(work, number).of_cases == (borne,)
        assert work.issued.of_case(A) == [_found(work, number)]
        assert work.issued.of_case(B) == []
        assert work.issued.held_by(A) == {number: borne} and work.issued.held_by(B) == {}
        assert list(work.issued.each()) == work.issued.all()


def test_a_number_that_no_case_bears_any_more_is_voided_and_stays_used(with_cases: Database) -> None:
    with with_cases.change() as work:
        number = _issue(work, A)
        work.issued.settle(A, {number: DocumentOfCase(A, 7, on=ON)})
        work.issued.settle(A, {}, "印错")
        found = _found(work, number)
        assert found.voided and found.voided_reason == "印错" and found.cases == (A,)
        assert not work.issued.held_by(A)[number].standing
        assert _issue(work, A) == "督办〔2026〕2号"


def test_a_shared_number_stands_as_long_as_one_case_bears_it(with_cases: Database) -> None:
    with with_cases.change() as work:
        number = _issue(work, A, B)
        for case, event in ((A, 7), (B, 8)):
            work.issued.settle(case, {number: DocumentOfCase(case, event, on=ON)})
        work.issued.settle(A, {}, "不是这一件")
        found = _found(work, number)
        assert not found.voided and found.cases == (B,)
        work.issued.settle(B, {}, "全错了")
        found = _found(work, number)
        assert found.voided_reason == "全错了" and found.cases == (A, B)


def test_a_number_whose_voiding_was_taken_back_stands_again(with_cases: Database) -> None:
    with with_cases.change() as work:
        number = _issue(work, A)
        borne = {number: DocumentOfCase(A, 7, on=ON)}
        work.issued.settle(A, borne)
        work.issued.settle(A, {}, "印错")
        work.issued.settle(A, borne)
        assert not _found(work, number).voided


def test_a_spoiled_number_tells_which_took_its_place(with_cases: Database) -> None:
    with with_cases.change() as work:
        old, new = _issue(work, A), _issue(work, A)
        work.issued.settle(A, {old: DocumentOfCase(A, 7, on=ON)})
        work.issued.settle(A, {new: DocumentOfCase(A, 9, on=ON)}, "纸张破损", new)
        assert _found(work, old).replaced_by == new
        assert [one.text for one in work.issued.of_case(A) if not one.voided] == [new]


def test_a_change_of_the_step_changes_what_is_told_of_its_paper(with_cases: Database) -> None:
    with with_cases.change() as work:
        number = _issue(work, A)
        borne = DocumentOfCase(A, 7, on=ON, addressee="市教育局")
        work.issued.settle(A, {number: borne})
        work.issued.settle(A, {number: replace(borne, addressee="市水务局")})
        assert _found(work, number).of_cases[0].addressee == "市水务局"


def test_a_number_never_given_out_is_a_mistake(with_cases: Database) -> None:
    with pytest.raises(LookupError), with_cases.change() as work:
        work.issued.settle(A, {"督办〔2026〕9号": DocumentOfCase(A, 7)})


def test_numbers_are_listed_by_year_series_and_serial(with_cases: Database) -> None:
    with with_cases.change() as work:
        for series, year in (("督办", 2027), ("督办", 2026), ("承办", 2026), ("督办", 2026)):
            _issue(work, A, series=series, year=year)

        def listed(series: list[str] | None = None, year: int | None = None) -> list[str]:
            found = work.issued.all(series, year)
            assert all(one.cases == (A,) for one in found)
            return [one.text for one in found]

        assert listed() == ["承办〔2026〕1号", "督办〔2026〕1号", "督办〔2026〕2号", "督办〔2027〕1号"]
        assert listed(["督办"], 2026) == ["督办〔2026〕1号", "督办〔2026〕2号"]
        assert listed(year=2027) == ["督办〔2027〕1号"]
        assert listed(["移交"]) == []


def test_numbers_are_listed_by_the_days_of_their_steps(with_cases: Database) -> None:
    with with_cases.change() as work:
        number, other = _issue(work, A, B), _issue(work, A)
        for case in (A, B):
            work.issued.settle(case, {number: DocumentOfCase(case, 7, on=ON)})
        found = work.issued.all(on_from=ON, on_to=ON)
        assert [(one.text, one.cases) for one in found] == [(number, (A, B))]
        assert work.issued.all(on_from=date(2026, 10, 10)) == []
        assert [one.text for one in work.issued.all(on_to=ON)] == [number]
        assert [one.text for one in work.issued.all()] == [number, other]
