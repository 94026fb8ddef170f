"""Figures of a whole sample year, each worked out again from the journal by another hand; and what is kept for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.figures import PROMISED, Grouping
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import figure_facts, office, sample_year
from desktop_app.services.cases import act
from desktop_app.services.sample_office import PASSWORD
from desktop_app.services.session import OfficeClock, Session
from desktop_app.services.statistics import compared, note_export, statistics, up_to_date_statistics
from desktop_app.services.verification import verify
from tests.engines import place
from tests.services import recomputed_figures

FIRST, LAST, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2026, 10, 31)


@pytest.fixture(scope="module", params=["tongliao-2023", "xizang-2017"])
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("year") / "office"
    sample_year.make(place(folder), sample_year.YearWanted(request.param, 2026, 90, 7, TODAY))
    return folder


@pytest.fixture
def session(year: Path) -> Iterator[Session]:
    entered = office.enter(year, "王敏", PASSWORD, TODAY)
    yield entered
    entered.close()


def told_again(session: Session, today: date = TODAY) -> dict[str, recomputed_figures.Told]:
    return recomputed_figures.cases(session.folder, session.database.key, today)


def test_every_figure_is_what_the_journal_gives(session: Session) -> None:
    expected = recomputed_figures.figures(told_again(session), FIRST, LAST)
    found = statistics(session, FIRST, LAST).total
    assert {key: found.value(key) for key in PROMISED} == {
        key: expected.get(key, 0) if key in expected or not _may_be_none(key) else None for key in PROMISED
    }
    assert found.count("received") > 50 and found.count("overdue") and found.count("on_time")


def _may_be_none(key: str) -> bool:
    return key.endswith(("_rate", "_days"))


@pytest.mark.parametrize("by", list(Grouping))
def test_so_is_every_group(session: Session, by: Grouping) -> None:
    expected = recomputed_figures.figures_by(told_again(session), FIRST, LAST, by)
    found = statistics(session, FIRST, LAST, (by,)).by(by)
    # A unit that only supported has a group as well; what the command line promises of it is all nothing.
    told = [group for group in found if any(group.sums.value(key) for key in PROMISED)]
    assert {group.name for group in told} == set(expected)
    for group in found:
        again = expected.get(group.name, {})
        assert {key: group.sums.value(key) for key in PROMISED} == {
            key: again.get(key, None if _may_be_none(key) else 0) for key in PROMISED
        }, group.name


@pytest.mark.parametrize("today", [date(2026, 11, 9), date(2026, 12, 18)])
def test_later_more_is_overdue(session: Session, today: date) -> None:
    session.clock = OfficeClock(today)
    expected = recomputed_figures.figures(told_again(session, today), FIRST, LAST)
    assert statistics(session, FIRST, LAST).total.count("overdue") == expected["overdue"]


def test_a_quarter_is_of_what_came_in_it(session: Session) -> None:
    quarter = (date(2026, 4, 1), date(2026, 6, 30))
    expected = recomputed_figures.figures(told_again(session), *quarter)
    found = statistics(session, *quarter).total
    assert {key: found.count(key) for key in ("received", "replied", "returned")} == {
        key: expected.get(key, 0) for key in ("received", "replied", "returned")
    }


def test_what_is_kept_is_what_is_found_again(session: Session) -> None:
    before = statistics(session, FIRST, LAST, list(Grouping))
    stale = figure_facts.out_of_date(session, FIRST, LAST)
    assert up_to_date_statistics(session, FIRST, LAST, list(Grouping)) == before
    assert figure_facts.out_of_date(session, FIRST, LAST) == []
    with session.change() as work:
        numbers = work.case_figures.received_between(FIRST, LAST)
        work.case_figures.put_many(
            replace(one.kept, edition="another") for one in work.case_figures.of(numbers) if one.kept
        )
    assert figure_facts.out_of_date(session, FIRST, LAST) == numbers
    assert statistics(session, FIRST, LAST, list(Grouping)) == before
    assert len(stale) <= len(numbers)


def test_what_is_kept_and_cannot_be_read_is_found_again(session: Session) -> None:
    before = up_to_date_statistics(session, FIRST, LAST)
    with session.change() as work:
        (one, *_) = work.case_figures.of(work.case_figures.received_between(FIRST, LAST))
        assert one.kept is not None
        work.case_figures.put_many([replace(one.kept, facts="{")])
    assert statistics(session, FIRST, LAST) == before
    with session.change() as work:
        work.case_figures.put_many([one.kept])


def test_a_step_keeps_what_it_makes_of_its_case(session: Session) -> None:
    total = up_to_date_statistics(session, FIRST, LAST).total
    number = total.listed("unanswered")[0]
    act(session, number, "instruct", {"leader": "市长", "principal": "no", "text": "请抓紧办理。"}, TODAY)
    assert figure_facts.out_of_date(session, FIRST, LAST) == []
    assert number in statistics(session, FIRST, LAST).total.listed("instructed")


def test_verify_finds_what_is_kept_and_not_so(session: Session) -> None:
    up_to_date_statistics(session, FIRST, LAST)
    assert verify(session).problems == ()
    with session.change() as work:
        (one, *_) = work.case_figures.of(work.case_figures.received_between(FIRST, LAST))
        assert one.kept is not None
        work.case_figures.put_many([replace(one.kept, facts='{"keys":["received"]}')])
    assert [(each.kind, each.where) for each in verify(session).problems] == [
        ("projection", one.plain.number)
    ]
    with session.change() as work:
        work.case_figures.put_many([one.kept])


def test_beside_the_year_before(session: Session) -> None:
    both = compared(session, FIRST, LAST, (Grouping.CATEGORY,))
    assert (both.before.first, both.before.last) == (date(2025, 1, 1), date(2025, 12, 31))
    assert both.before.total.count("received") == 0
    assert set(both.now.groups) == {Grouping.CATEGORY, Grouping.MONTH}


def test_who_sees_no_cases_sees_no_figures(session: Session) -> None:
    session.user = User("孙管理", frozenset((Role.ADMINISTRATOR,)))
    for ask in (statistics, up_to_date_statistics, compared):
        with pytest.raises(Refusal) as refused:
            ask(session, FIRST, LAST)
        assert refused.value.code == "not_allowed_for_role"


def test_taking_figures_out_is_noted(session: Session) -> None:
    note_export(session, FIRST, LAST, "xlsx")
    with session.read() as work:
        assert dict(work.journal.of_office("export-figures")[-1].keys) == {
            "from": "2026-01-01",
            "to": "2026-12-31",
            "as": "xlsx",
        }
