"""The yearly notices, and the statute that stands in for one not yet out."""

from __future__ import annotations

from datetime import date

import pytest
from chinese_calendar.constants import holidays, workdays

from desktop_app.domain.events import digest
from desktop_app.domain.national_notices import EDITION, national_notices
from desktop_app.domain.statutory_holidays import statutory_days


def test_every_entry_is_in_one_notice() -> None:
    entries = [(day.date, day.is_off) for notice in national_notices() for day in notice.days]
    assert len(entries) == len(set(entries))
    assert {day for day, is_off in entries if is_off} == set(holidays)
    assert {day for day, is_off in entries if not is_off} == set(workdays)


def test_other_notices_bear_another_edition() -> None:
    """An office counts its deadlines anew where the edition changed: a new set needs a new name, then a new digest."""
    words = [
        f"{notice.year} {notice.source} {day.date} {day.is_off}"
        for notice in national_notices()
        for day in notice.days
    ]
    assert (EDITION, digest("\n".join(words))[:16]) == ("2026", "ff8a19890dae5cc8")


def test_there_is_a_notice_a_year_and_a_change_follows_what_it_changes() -> None:
    years = [notice.year for notice in national_notices()]
    assert years == sorted(years)
    assert set(years) == set(range(2004, 2027))
    assert {year for year in years if years.count(year) > 1} == {2015, 2019, 2020}
    titles = [notice.source for notice in national_notices() if notice.year == 2019]
    assert ["调整" in title for title in titles] == [False, True]


def test_a_notice_keeps_to_its_year_and_the_december_before() -> None:
    for notice in national_notices():
        assert notice.days
        assert all(
            day.date.year == notice.year or (day.date.year == notice.year - 1 and day.date.month == 12)
            for day in notice.days
        )


def names(year: int) -> dict[str, str]:
    return {f"{day:%m-%d}": known.name for day, known in statutory_days(year).items()}


def test_the_statute_of_2024() -> None:
    assert names(2027) == {
        "01-01": "元旦",
        "02-05": "除夕",
        "02-06": "春节",
        "02-07": "春节",
        "02-08": "春节",
        "04-05": "清明节",
        "05-01": "劳动节",
        "05-02": "劳动节",
        "06-09": "端午节",
        "09-15": "中秋节",
        "10-01": "国庆节",
        "10-02": "国庆节",
        "10-03": "国庆节",
    }


@pytest.mark.parametrize(
    ("year", "count"), [(1998, 7), (1999, 8), (2000, 10), (2008, 11), (2014, 11), (2025, 13)]
)
def test_each_edition_gives_its_days(year: int, count: int) -> None:
    assert len(statutory_days(year)) == count


def test_new_years_eve_came_went_and_came_back() -> None:
    eves = [year for year in range(2000, 2030) if "除夕" in names(year).values()]
    assert eves == [*range(2008, 2014), *range(2025, 2030)]


def test_two_holidays_on_one_day_are_both_named() -> None:
    assert names(2031)["10-01"] == "国庆节、中秋节"


def test_the_edition_is_cited_by_its_decree() -> None:
    assert statutory_days(2027)[date(2027, 1, 1)].source == "全国年节及纪念日放假办法（国务院令第795号修订）"
    assert "1949" in statutory_days(1999)[date(1999, 1, 1)].source
    assert "270" in statutory_days(1999)[date(1999, 10, 1)].source


def test_notices_since_the_statute_never_work_one_of_its_days() -> None:
    """The statute guesses no day off that a notice since 2014 has not given."""
    worked = {day.date for notice in national_notices() for day in notice.days if not day.is_off}
    off = {day.date for notice in national_notices() for day in notice.days if day.is_off}
    for year in range(2014, 2027):
        for day in statutory_days(year):
            assert day not in worked
            assert day in off or day.weekday() >= 5


def test_years_outside_the_lunar_table_keep_the_solar_days() -> None:
    assert set(names(2150).values()) == {"元旦", "劳动节", "国庆节"}
