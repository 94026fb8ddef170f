"""The State Council's yearly holiday notice, or a local one, out of its pasted text.

Reads the usual sentences of all years: “1月1日至3日放假，共3天”, “2月8日（星期日）上班”, “与周末连休”, “补休”,
“公休日调至”, “放假时间为…”, “延长春节假期至…”; whatever stands around them is passed over. What does not hold
together (a count, a weekday, a date that is no date) is a fault: the reading, or the text, must be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.domain import notice_dates as dates
from desktop_app.domain.notice_dates import DAY, DAYS, FlatText, WrittenDay, WrittenSpan
from desktop_app.domain.notice_names import headings, names_in, read_title
from desktop_app.domain.notice_read import NATIONAL_ISSUER, NoticeRead, Scope, checked, in_order, title_of
from desktop_app.domain.work_calendar import Notice, NoticeDay
from desktop_app.errors import Fault

_CALLED = r"(?:(?:为|是)?[\u4e00-\u9fff“”\"]{1,16}?(?:节|日|新年),?)?"
_WHO = r"(?:全[区市县旗盟州省][\u4e00-\u9fff]{0,6}?)?(?:统一|依法)?"
_OFF = r"(?:(?:放假|调休)(?:放假|调休|公休)?|补休|补假|休息|休假|(?:照常)?公休)(?!上班|日|时间|安排|通知)"
_WORK = r"(?:照常|正常|调休)?(?:上班|补班)(?!日|时间)"
_COUNT = rf"(?:[,(]?(?:共计?|合计|为期)?({dates.NUMBER})天)?"

_SAID = re.compile(rf"({DAYS})(?:期间)?,?{_CALLED}{_WHO}(?:({_WORK})|{_OFF}{_COUNT})")
_SAID_BEFORE = re.compile(
    r"(?:放假|假期|休假|(上班|补班))(?:调休)?(?:时间|日期|日|安排)?(?:统一)?(?:为|是|即|:)+(?:自|从)?"
    rf"({DAYS}){_COUNT}"
)
_EXCHANGED = re.compile(rf"({DAYS})(?:[一两二三四]个)?公休日(?:分别)?调(?:整)?[至到]({DAYS})")
_PROLONGED = re.compile(rf"延长(?:\d{{4}}年)?([\u4e00-\u9fff]{{1,8}}?)(?:假期|放假)(?:时间)?[至到]({DAY})")
_COUNTED_BEFORE = re.compile(rf"放假({dates.NUMBER})天[,。:\n]?(?:即:?|时间为:?|其中)?$")

_NO_STATEMENT = re.compile(r"法定|公休|调至|调到|除夕|鼓励|起|至今|印发|修订|发布|电|通过|施行")


@dataclass(frozen=True, slots=True)
class _Statement:
    """Days that the text says are off or worked. `implied`: worked in exchange, unless said to be off."""

    at: int
    end: int
    spans: tuple[WrittenSpan, ...]
    is_off: bool
    count: int | None = None
    implied: bool = False


def read_notice_text(
    text: str,
    file: str,
    today: date,
    year: int | None = None,
    region: str = "",
    source: str = "",
    standing: Sequence[Notice] = (),
) -> NoticeRead:
    """The notice in a pasted text. `file` is what faults call it; `year`, `source` are the operator's own word.

    `standing` are the notices in force: a holiday that is prolonged goes on from where they end it. `today`
    helps where only weekdays tell the year. Whatever is wrong stands in the faults; nothing is raised.
    """
    return _Reader(text, file, region).read(today, year, source, standing)


class _Reader:
    def __init__(self, text: str, file: str, region: str) -> None:
        self._flat = FlatText(text)
        self._text = self._flat.text
        self._file = file
        self._region = region
        self._written = dates.written_days(self._text)
        self._title = read_title(self._text)
        self._headings = headings(self._text)
        self._statements = tuple(self._find_statements())
        self._faults: list[Fault] = []
        self._warnings: list[Fault] = []

    def read(self, today: date, year: int | None, source: str, standing: Sequence[Notice]) -> NoticeRead:
        of_year = self._year(today, year)
        if of_year is None:
            return NoticeRead(None, self._scope(()), tuple(self._faults), ())
        days = [*self._days(of_year), *self._prolonged(of_year, standing)]
        self._tell_unread()
        notice = Notice(
            of_year,
            source or self._title.citation or title_of(of_year, self._region),
            self._title.issuer or self._region or NATIONAL_ISSUER,
            in_order(days),
            self._region,
        )
        return checked(notice, self._scope(days), self._file, self._faults, self._warnings)

    # ------------------------------------------------------------------ the year

    def _year(self, today: date, wanted: int | None) -> int | None:
        told = self._title.year or self._years_written()
        if told is not None and wanted is not None and told != wanted:
            self._fault(f"文中是 {told} 年的安排，与指定的 {wanted} 年不符")
        if wanted is not None or told is not None:
            return wanted if wanted is not None else told
        written = [day for one in self._statements for span in one.spans for day in {span.first, span.last}]
        fitting = [
            year for year in range(today.year - 1, today.year + 3) if dates.weekdays_fit(written, year)
        ]
        if len(fitting) != 1:
            if not self._statements:
                self._fault("没有找到放假或上班的日期；请粘贴通知里写明日期的句子")
            else:
                self._fault("文中没有写是哪一年的安排；请连同标题一起粘贴，或者另外指定年份")
            return None
        self._doubt(f"文中没有写年份，按星期推定为 {fitting[0]} 年，请核对")
        return fitting[0]

    def _years_written(self) -> int | None:
        years = [
            day.year
            for one in self._statements
            for span in one.spans
            for day in (span.first, span.last)
            if day.year is not None
        ]
        return max(years) if years else None

    # ------------------------------------------------------------------ the days

    def _find_statements(self) -> Iterator[_Statement]:
        taken: list[tuple[int, int]] = []
        for match in _SAID.finditer(self._text):
            done = taken[-1][1] if taken else 0
            before = _COUNTED_BEFORE.search(self._text, max(done, match.start() - 16), match.start())
            count = match[3] or (before[1] if before else None)
            yield self._statement(match, 1, match[2] is None, count)
            taken.append(match.span())
        for match in _SAID_BEFORE.finditer(self._text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                yield self._statement(match, 2, match[1] is None, match[3])
        for match in _EXCHANGED.finditer(self._text):
            given = self._statement(match, 1, False, None)
            yield _Statement(given.at, given.end, given.spans, False, implied=True)
            yield self._statement(match, 2, True, None)

    def _statement(self, match: re.Match[str], group: int, is_off: bool, count: str | None) -> _Statement:
        spans = dates.spans_in(self._text, match.start(group), match.end(group), self._written)
        return _Statement(
            match.start(group), match.end(), spans, is_off, dates.number_of(count) if count else None
        )

    def _days(self, year: int) -> Iterator[NoticeDay]:
        off: set[date] = set()
        for one in sorted(self._statements, key=lambda one: (one.implied, one.at)):
            name = self._name_at(one)
            counted: list[date] = []
            for span in one.spans:
                counted += self._dates(span, year, "元旦" in name)
            if one.count is not None and one.count != len(set(counted)):
                self._fault(
                    f"写明 {one.count} 天，按日期数是 {len(set(counted))} 天", self._place(one.at, one.end)
                )
            for day in counted:
                if not (one.implied and day in off):
                    yield NoticeDay(day, name, one.is_off)
            if one.is_off:
                off.update(counted)

    def _dates(self, span: WrittenSpan, year: int, new_year: bool) -> tuple[date, ...]:
        try:
            found = span.days(year, new_year)
        except ValueError as error:
            self._fault(str(error), self._place(span.first.at, span.last.end))
            return ()
        for written, day in {span.first: found[0], span.last: found[-1]}.items():
            self._check(written, day)
        return found

    def _check(self, written: WrittenDay, day: date) -> None:
        if written.weekday not in (None, day.weekday()):
            told = f"{day.isoformat()} 是{dates.weekday_words(day)}，与所写的星期不符"
            self._fault(told, self._place(written.at, written.end))
        lunar = dates.lunar_differs(written, day)
        if lunar:
            self._doubt(f"{day.isoformat()} 是农历{lunar}，请核对", self._place(written.at, written.end))

    def _prolonged(self, year: int, standing: Sequence[Notice]) -> Iterator[NoticeDay]:
        for match in _PROLONGED.finditer(self._text):
            (name,) = names_in(match[1]) or (match[1],)
            written = self._written[match.start(2)]
            until = written.in_year(year)
            days = [
                day.date
                for notice in standing
                if notice.year == year and not notice.region
                for day in notice.days
                if day.is_off and day.name == name
            ]
            if until is None or not days or until <= max(days):
                told = f"现有的 {year} 年安排里没有可以延长到这一天的{name}假期"
                self._fault(told, self._place(*match.span()))
                continue
            self._check(written, until)
            last = max(days)
            for ahead in range(1, (until - last).days + 1):
                yield NoticeDay(last + timedelta(days=ahead), name, True)

    # ------------------------------------------------------------------ around the days

    def _name_at(self, one: _Statement) -> str:
        """The holiday that days belong to: its heading's, else one named in the sentence, in the title, or before."""
        heading = next((name for at, name in reversed(self._headings) if at <= one.at), None)
        if heading is not None:
            return heading
        start = max(self._text.rfind(mark, 0, one.at) for mark in "。;!\n") + 1
        stretches = (self._text[start : one.end], self._title.subject, self._text[: one.at])
        found = next((names for stretch in stretches if (names := names_in(stretch))), ())
        return "、".join(found) or "节假日"

    def _scope(self, days: Sequence[NoticeDay]) -> Scope:
        if self._region:
            return Scope.HOLIDAYS
        if _PROLONGED.search(self._text):
            return Scope.DAYS
        changes = "调整" in self._title.subject or "纪念日" in self._title.subject
        return Scope.HOLIDAYS if changes else Scope.YEAR

    def _tell_unread(self) -> None:
        """Dates under a holiday's heading of which nothing was understood."""
        read = [(one.at, one.end) for one in self._statements]
        read += [match.span() for match in _PROLONGED.finditer(self._text)]
        for at, written in self._written.items():
            if any(start <= at < end for start, end in read) or not any(
                place < at for place, _ in self._headings
            ):
                continue
            rest = re.split(r"[,。;\n]", self._text[written.end :], maxsplit=1)[0]
            beside = at > 0 and self._text[at - 1] == "("
            if rest and not beside and not _NO_STATEMENT.search(rest):
                place = self._place(at, written.end + len(rest))
                self._doubt("没有看出是放假还是上班，没有录入", place)

    def _place(self, start: int, end: int) -> str:
        return self._flat.place(start, end)

    def _fault(self, reason: str, place: str = "") -> None:
        self._faults.append(Fault(self._file, place, reason))

    def _doubt(self, reason: str, place: str = "") -> None:
        self._warnings.append(Fault(self._file, place, reason))
