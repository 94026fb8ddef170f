"""The register of issued papers (发文登记簿): every number given out, in its order, and what became of its paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from desktop_app.domain.messages import Citizen
from desktop_app.domain.numbering import DocumentSeries
from desktop_app.domain.office_records import DocumentIssued, DocumentOfCase
from desktop_app.domain.privacy import masked_text
from desktop_app.domain.regulation import Regulation, Series
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import regulations
from desktop_app.services.document_numbers import series_name
from desktop_app.services.journaling import note
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """One line of the register. `on` and `to` are those of its steps; `served_on` is set once all its cases' are.

    `voided_reason` is masked; `replaced_by` the number that a spoiled paper bears now. A `missing` number was
    never given out though later ones were: nothing but its name is known.
    """

    document: str
    regulation: str
    series: str
    year: int
    serial: int
    on: date | None = None
    title: str = ""
    to: str = ""
    cases: tuple[str, ...] = ()
    voided_reason: str = ""
    replaced_by: str = ""
    served_on: date | None = None
    served_manner: str = ""
    by: str = ""
    missing: bool = False

    @property
    def voided(self) -> bool:
        return bool(self.voided_reason)


@dataclass(frozen=True, slots=True)
class SeriesChoice:
    """A series that numbers were taken from: its papers' title, how its numbers begin, the years in which they were."""

    regulation: str
    series: str
    title: str
    prefix: str
    years: tuple[int, ...]


def list_issued(
    session: Session,
    series: str | None = None,
    year: int | None = None,
    on_from: date | None = None,
    on_to: date | None = None,
) -> tuple[IssuedPaper, ...]:
    """The register, by year, series and serial. Gaps stand in it by their names, where no days are asked for.

    `series`: its id, its papers' title, or how its numbers begin. Refusal `unknown_value` for an unknown one.
    """
    session.require(Right.SEE_CASES)
    with session.read() as work:
        wanted = _series_named(series) if series is not None else None
        issued = work.issued.all(wanted, year, on_from, on_to)
        ends = [one for one in work.numbers.series() if wanted is None or one[0] in wanted]
        citizens = work.messages.citizens({one for held in issued for one in held.cases})
    lines = [_line(one, citizens) for one in issued]
    if on_from is None and on_to is None:
        ends = [one for one in ends if year is None or one[1] == year]
        return tuple(sorted([*lines, *missing_numbers(issued, ends)], key=_place))
    low, high = on_from or date.min, on_to or date.max
    return tuple(sorted((one for one in lines if one.on is not None and low <= one.on <= high), key=_place))


def note_register(session: Session, series: str | None, year: int | None, rows: int) -> None:
    """Note in the journal that the register was written to a file or printed."""
    session.require(Right.SEE_CASES)
    facts = {"series": series or "", "year": str(year or ""), "rows": str(rows)}
    with session.change() as work:
        note(session, work, "export-issued", {name: value for name, value in facts.items() if value})


def series_choices(session: Session) -> tuple[SeriesChoice, ...]:
    """What the register may be narrowed to."""
    session.require(Right.SEE_CASES)
    years: dict[str, list[int]] = {}
    with session.read() as work:
        for name, year, _ in work.numbers.series():
            years.setdefault(name, []).append(year)
    return tuple(
        SeriesChoice(regulation.id, one.id, _title(regulation, one.id), _prefix(one), tuple(years[name]))
        for regulation in regulations.load_all()
        for one in regulation.series.values()
        if (name := series_name(regulation, one.id)) in years
    )


def missing_numbers(
    issued: Iterable[DocumentIssued], ends: Iterable[tuple[str, int, int]]
) -> Iterator[IssuedPaper]:
    """The gaps: numbers below the last of their series and year that were never given out. There should be none.

    `issued`: in each series and year in order; they are read once and not held.
    """
    last = {(name, year): serial for name, year, serial in ends}
    for (name, year), held in groupby(issued, key=lambda one: (one.series, one.year)):
        end, expected = last.pop((name, year), 0), 1
        for one in held:
            yield from _gap(name, year, range(expected, min(one.serial, end + 1)))
            expected = one.serial + 1
        yield from _gap(name, year, range(expected, end + 1))
    for (name, year), end in last.items():
        yield from _gap(name, year, range(1, end + 1))


def _gap(name: str, year: int, serials: Iterable[int]) -> Iterator[IssuedPaper]:
    regulation, series = _parts(name)
    for serial in serials:
        yield IssuedPaper(_written(name, year, serial), regulation, series, year, serial, missing=True)


def find_issued(work: Work, typed: str) -> DocumentIssued | None:
    """The number as a person types it, in any brackets and widths."""
    exact = work.issued.find(typed.strip())
    if exact is not None:
        return exact
    for _, series in _known_series():
        pattern = DocumentSeries(series.id, series.pattern)
        read = pattern.read(typed)
        if read is not None:
            return work.issued.find(pattern.write(read.year, read.serial))
    return None


def _covered(words: str, cases: Iterable[str], citizens: Mapping[str, Citizen]) -> str:
    """Words that somebody typed, with all citizens of the paper's cases covered in them."""
    for case in cases if words else ():
        words = masked_text(words, citizens.get(case, Citizen()))
    return words


def _line(one: DocumentIssued, citizens: Mapping[str, Citizen]) -> IssuedPaper:
    regulation, series = _parts(one.series)
    held = [of for of in one.of_cases if of.case in one.cases]
    reason = _covered(one.voided_reason, one.cases, citizens)
    served = _served(held)
    return IssuedPaper(
        document=one.text,
        regulation=regulation,
        series=series,
        year=one.year,
        serial=one.serial,
        on=min((of.on for of in held if of.on is not None), default=None),
        title=one.title or _title(regulations.load(regulation), series),
        to=_covered(
            "、".join(dict.fromkeys(of.addressee for of in held if of.addressee)), one.cases, citizens
        ),
        cases=one.cases,
        voided_reason=reason,
        replaced_by=one.replaced_by,
        served_on=served.served_on if served is not None else None,
        served_manner=served.served_manner if served is not None else "",
        by=one.by,
    )


def _served(held: Sequence[DocumentOfCase]) -> DocumentOfCase | None:
    """The delivery of a paper that is about several cases is done once all of them tell of it."""
    days = [(of.served_on, of) for of in held if of.served_on is not None]
    return max(days, key=lambda one: one[0])[1] if days and len(days) == len(held) else None


def _place(one: IssuedPaper) -> tuple[int, str, int, int]:
    """By year; the series of a year in the order of the regulation."""
    order = list(regulations.load(one.regulation).series)
    return one.year, one.regulation, order.index(one.series), one.serial


def _parts(name: str) -> tuple[str, str]:
    regulation, _, series = name.partition("/")
    return regulation, series


def _written(name: str, year: int, serial: int) -> str:
    regulation, series = _parts(name)
    pattern = regulations.load(regulation).series[series].pattern
    return DocumentSeries(series, pattern).write(year, serial)


def _title(regulation: Regulation, series: str) -> str:
    """What the papers of a series are called: the first of its forms."""
    return next((form.title for form in regulation.forms.values() if form.series == series), "")


def _prefix(series: Series) -> str:
    """How its numbers begin, before the year: 通民盼督."""
    return re.split("[〔{]", series.pattern, maxsplit=1)[0]


def _known_series() -> Iterator[tuple[Regulation, Series]]:
    for regulation in regulations.load_all():
        for series in regulation.series.values():
            yield regulation, series


def _series_named(word: str) -> set[str]:
    """The series of that id or title of paper, or whose numbers begin so; else those whose titles hold the word."""
    plain = word.strip()
    exact, alike, known = set(), set(), []
    for regulation, series in _known_series():
        name, prefix = series_name(regulation, series.id), _prefix(series)
        title = _title(regulation, series.id)
        known.append(f"{series.id}（{title}，{prefix}）")
        if plain in (series.id, title, prefix):
            exact.add(name)
        elif plain and plain in title:
            alike.add(name)
    if not exact and not alike:
        raise Refusal("unknown_value", f"没有“{plain}”这种文号；现有：{'、'.join(known)}。")
    return exact or alike
