"""Facts of cases summed up: the figures of a period as a whole and by groups, each with the cases it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from desktop_app.domain.figures import BY_KEY, NOBODY, RANKING_MINIMUM, UNSAID, Grouping, Kind
from desktop_app.domain.figures_of_cases import CaseFacts, Paper

Number = int | float
Measured = tuple[int, str]
"""Working days, and the case that took them."""

LATE_STEPS: tuple[tuple[str, int, int | None], ...] = (
    ("不足1个工作日", 0, 0),
    ("1至3个工作日", 1, 3),
    ("4至5个工作日", 4, 5),
    ("6至10个工作日", 6, 10),
    ("10个工作日以上", 11, None),
)
"""By how many working days a date was missed: words, from, to (both included)."""


@dataclass(frozen=True, slots=True)
class Sums:
    """The figures of some cases. `cases` names, for each count, the register numbers counted, in register order.

    `reply_days`, `wait_days` and `late_days` are sorted, fewest days first. `papers` are the sheets of 三单一函.
    """

    cases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reply_days: tuple[Measured, ...] = ()
    wait_days: tuple[Measured, ...] = ()
    late_days: tuple[Measured, ...] = ()
    papers: frozenset[Paper] = frozenset()

    def count(self, key: str) -> int:
        return len(self.cases.get(key, ()))

    def value(self, key: str) -> Number | None:
        """The figure of that key: a count, a rate from 0 to 1, or working days; None where there is nothing to tell."""
        kind = BY_KEY[key].kind
        if kind is Kind.COUNT:
            return self.count(key)
        if kind is Kind.RATE:
            part, whole = self.ratio(key)
            return part / whole if whole else None
        days = [one for one, _ in (self.wait_days if key in _OF_WAITING else self.reply_days)]
        return (median if key in _MEDIANS else ninth_tenth)(days) if days else None

    def ratio(self, key: str) -> tuple[int, int]:
        """Numerator and denominator of a rate."""
        rate = BY_KEY[key]
        return sum(map(self.count, rate.numerator)), sum(map(self.count, rate.denominator))

    def listed(self, key: str) -> tuple[str, ...]:
        """The cases behind any figure: those counted, or those that a rate or a number of days is told of."""
        definition = BY_KEY[key]
        if definition.kind is Kind.COUNT:
            return self.cases.get(key, ())
        names = definition.denominator or definition.numerator
        return tuple(sorted({one for name in names for one in self.cases.get(name, ())}, key=register_order))

    def sheets(self, action: str) -> int:
        """How many papers of that step went out; one about several cases is one paper."""
        return len({one.number for one in self.papers if one.action == action})

    def late_by(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """By how much dates were missed: words, and the cases."""
        return tuple(
            (words, tuple(number for days, number in self.late_days if days >= low and not _over(days, high)))
            for words, low, high in LATE_STEPS
        )


def _over(days: int, high: int | None) -> bool:
    return high is not None and days > high


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a period: of all its cases, and by group. Groups of the same cases add up to the whole but for
    those by unit (`figures.OF_UNITS`)."""

    total: Sums
    groups: tuple[Group, ...] = ()


class Tally:
    """Sums in the making; facts are taken one at a time, in register order, and not kept."""

    def __init__(self) -> None:
        self._cases: dict[str, list[str]] = {}
        self._reply_days: list[Measured] = []
        self._wait_days: list[Measured] = []
        self._late_days: list[Measured] = []
        self._papers: set[Paper] = set()

    def take(self, facts: CaseFacts) -> None:
        """Everything that the case counts as."""
        self._count(facts.number, facts.all_keys)
        self._measure(facts)
        if facts.late:
            self._late_days.append((max(facts.late.values()), facts.number))
        self._papers.update(facts.papers)

    def take_for(self, unit: str, facts: CaseFacts) -> None:
        """What the case counts as for one unit; `unit` may be empty."""
        keys = facts.unit_keys.get(unit, frozenset())
        if unit == facts.unit:
            keys = keys | facts.keys
            self._measure(facts)
        self._count(facts.number, keys)
        if unit in facts.late:
            self._late_days.append((facts.late[unit], facts.number))
        self._papers.update(one for one in facts.papers if one.unit == unit)

    def sums(self) -> Sums:
        return Sums(
            cases={key: tuple(numbers) for key, numbers in self._cases.items()},
            reply_days=tuple(sorted(self._reply_days)),
            wait_days=tuple(sorted(self._wait_days)),
            late_days=tuple(sorted(self._late_days)),
            papers=frozenset(self._papers),
        )

    def _count(self, number: str, keys: frozenset[str]) -> None:
        for key in keys:
            self._cases.setdefault(key, []).append(number)

    def _measure(self, facts: CaseFacts) -> None:
        if facts.reply_days is not None and "replied" in facts.keys:
            self._reply_days.append((facts.reply_days, facts.number))
        if facts.wait_days is not None:
            self._wait_days.append((facts.wait_days, facts.number))


def summed(facts: Iterable[CaseFacts], by: Grouping | None = None) -> Summary:
    """The figures of these cases, which come in register order, each as it stands on the day of asking (`as_of`)."""
    total, groups = summed_by(facts, (by,) if by is not None else ())
    return Summary(total, groups[by] if by is not None else ())


def summed_by(
    facts: Iterable[CaseFacts], groupings: Sequence[Grouping]
) -> tuple[Sums, dict[Grouping, tuple[Group, ...]]]:
    """The same by several groupings, in one walk."""
    total = Tally()
    tallies: dict[Grouping, dict[str, Tally]] = {by: {} for by in groupings}
    for one in facts:
        total.take(one)
        for by, groups in tallies.items():
            if by is Grouping.UNIT:
                for unit in dict.fromkeys((one.unit, *one.unit_keys)):
                    groups.setdefault(unit, Tally()).take_for(unit, one)
            else:
                groups.setdefault(group_of(one, by), Tally()).take(one)
    return total.sums(), {by: _in_order(by, groups) for by, groups in tallies.items()}


def group_of(facts: CaseFacts, by: Grouping) -> str:
    """The one group that the case falls into; empty where that was not recorded."""
    if by is Grouping.MONTH:
        return f"{facts.received:%Y-%m}"
    return {
        Grouping.UNIT: facts.unit,
        Grouping.CATEGORY: facts.category,
        Grouping.TOPIC: facts.topic,
        Grouping.SOURCE: facts.source,
    }[by]


def _in_order(by: Grouping, groups: Mapping[str, Tally]) -> tuple[Group, ...]:
    """Months as they follow each other, with those between in which nothing came in; else the largest first."""
    if by is Grouping.MONTH:
        empty = Tally()
        return tuple(Group(name, groups.get(name, empty).sums()) for name in _months(sorted(groups)))
    unnamed = NOBODY if by is Grouping.UNIT else UNSAID
    made = [Group(name, tally.sums()) for name, tally in groups.items()]
    made.sort(key=lambda one: (not one.name, -one.sums.count("received"), one.name))
    return tuple(one if one.name else Group(unnamed, one.sums) for one in made)


def _months(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    year, month = map(int, names[0].split("-"))
    found = [names[0]]
    while found[-1] < names[-1]:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        found.append(f"{year:04d}-{month:02d}")
    return found


def register_order(number: str) -> tuple[int, int]:
    year, serial = number.split("-")
    return int(year), int(serial)


# ------------------------------------------------------------------ days


def median(days: Sequence[int]) -> Number:
    """The middle one of sorted numbers, or half way between the two in the middle."""
    middle, odd = divmod(len(days), 2)
    if odd:
        return days[middle]
    both = days[middle - 1] + days[middle]
    return both // 2 if both % 2 == 0 else both / 2


def ninth_tenth(days: Sequence[int]) -> int:
    """The 90th percentile of sorted numbers by the nearest rank: one that occurs, so that a case can be shown."""
    return days[-(-len(days) * 9 // 10) - 1]


_OF_WAITING = frozenset(("wait_median_days", "wait_p90_days"))
_MEDIANS = frozenset(("median_days", "wait_median_days"))


# ------------------------------------------------------------------ small numbers


@dataclass(frozen=True, slots=True)
class Ranking:
    """Groups by a rate, the highest first, equals on one place; those with too few cases to be ranked apart."""

    placed: tuple[tuple[int, Group], ...]
    too_few: tuple[Group, ...]


def ranked(groups: Iterable[Group], key: str, minimum: int = RANKING_MINIMUM) -> Ranking:
    """Rank by the rate `key` those groups whose denominator is at least `minimum`; the group of no name is in neither."""
    named = [one for one in groups if one.name not in (NOBODY, UNSAID)]
    enough = [one for one in named if one.sums.ratio(key)[1] >= max(1, minimum)]
    values = {one.name: one.sums.value(key) or 0.0 for one in enough}
    enough.sort(key=lambda one: (-values[one.name], -one.sums.ratio(key)[1], one.name))
    placed = [(1 + sum(other > values[one.name] for other in values.values()), one) for one in enough]
    return Ranking(tuple(placed), tuple(one for one in named if one not in enough))


# ------------------------------------------------------------------ periods


def year_before(first: date, last: date) -> tuple[date, date]:
    """The same period a year before (同比); one that ends with February does so in either year."""
    back = _year_back(last)
    tomorrow = back + timedelta(days=1)
    return _year_back(first), tomorrow if (last + timedelta(days=1)).day == 1 != tomorrow.day else back


def _year_back(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(max(1, day.year - 1), day.month, 28 if leap else day.day)
