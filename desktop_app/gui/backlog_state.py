"""One old case as it is typed: read into a line, tried out, told about. No Qt here, and nothing is recorded."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.backlog_lines import ON, STEPS, BacklogLine, WrongFact, fact
from desktop_app.domain.backlog_trials import Bench, Trial, try_out
from desktop_app.domain.history import REGISTER
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.typed_days import read_day
from desktop_app.domain.wording import date_words, weekday_words
from desktop_app.domain.work_calendar import WorkCalendar
from desktop_app.gui.backlog_fields import DEFAULTS, REFUSE, VERDICT, is_shown
from desktop_app.gui.form_faults import plain_words
from desktop_app.services.queries import Listed

PROTECTED = "protected_data_in_public_text"
_NOT_YET = frozenset(("missing_key", "wrong_state", "open_items_remain"))
"""What is no fault while a line is still being typed, only when it is to be recorded."""

UNKNOWN_MARK, UNKNOWN = "-", "无"
"""An old file often does not say who signed: a dash stands for 无."""


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong, beside which field."""

    field: str
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands in the form: as a line, and as far as the rules let it go."""

    line: BacklogLine
    trial: Trial | None
    faults: tuple[LineFault, ...]

    @property
    def faults_so_far(self) -> tuple[LineFault, ...]:
        """Those that are faults already while the rest is still to be typed."""
        return tuple(one for one in self.faults if one.code not in _NOT_YET)

    @property
    def protected(self) -> bool:
        """Whether the answer holds words to be looked at before it may have gone public."""
        return any(one.code == PROTECTED for one in self.faults)


def read(values: Mapping[str, str], kept: Collection[str], year: int, bench: Bench) -> Reading:
    """Read what is typed. `kept` fields wait for their step: they tell of none by themselves."""
    regulation = bench.regulation
    shown = {
        name: value.strip()
        for name, value in values.items()
        if value.strip() and name != VERDICT and is_shown(name, values, regulation, protected=True)
    }
    facts, faults = _with_days(shown, year)
    line = BacklogLine(_without_waiting(facts, kept))
    refused_on = fact(REFUSE, ON)
    if not faults and values.get(VERDICT) == REFUSE and refused_on not in facts:
        faults = [LineFault(refused_on, "缺少日期。", "missing_key")]
    if faults:
        return Reading(line, None, tuple(faults))
    try:
        return Reading(line, try_out(line, bench), ())
    except WrongFact as wrong:
        return Reading(line, None, (fault_of(wrong),))


def fault_of(wrong: WrongFact) -> LineFault:
    """A refusal in the words of the window."""
    message, remedy = plain_words(wrong.message), plain_words(wrong.remedy)
    if wrong.code == PROTECTED:
        remedy = "请改写；逐处看过确可公开的，在“已核对”中选定。"
    clause = f"（{wrong.clause}）" if wrong.clause and wrong.clause not in message else ""
    return LineFault(wrong.fact, f"{message}{clause}{remedy}", wrong.code)


def _with_days(shown: Mapping[str, str], year: int) -> tuple[dict[str, str], list[LineFault]]:
    """The facts with their days read. One without a year is looked for after the day of the step before it."""
    facts, faults = dict(shown), []
    before: date | None = None
    for action in (REGISTER, *STEPS):
        name = fact(action, ON)
        if name not in facts:
            continue
        try:
            before = read_day(facts[name], year, before)
        except ValueError as error:
            faults.append(LineFault(name, f"{error}。"))
        else:
            facts[name] = before.isoformat()
    return facts, faults


def _without_waiting(facts: Mapping[str, str], kept: Collection[str]) -> dict[str, str]:
    waiting = {
        fact(action, key)
        for action, keys in STEPS.items()
        if ON in keys and fact(action, ON) not in facts
        for key in keys
    }
    return {name: value for name, value in facts.items() if name not in waiting or name not in kept}


# ------------------------------------------------------------------ words


def day_as_read(name: str, values: Mapping[str, str], year: int, calendar: WorkCalendar) -> str:
    """How a day is shown once it is typed: ``2025-09-18 周四``, ``2025-10-01 周三 休``; as typed where it is none."""
    days, _ = _with_days({one: text for one, text in values.items() if text.strip()}, year)
    try:
        day = date.fromisoformat(days.get(name, ""))
    except ValueError:
        return values.get(name, "").strip()
    off = "" if calendar.day(day).working else " 休"
    return f"{day.isoformat()} {weekday_words(day)}{off}"


def outlook(reading: Reading, today: date) -> str:
    """What would become of the line: ``将登记 9 步，登记后为“已归档” · 期限 2025年9月29日 周一 · 按期``."""
    trial = reading.trial
    if trial is None:
        return ""
    case, clock = trial.situation.case, trial.situation.clock
    parts = [f"将登记 {len(trial.steps) + 1} 步，登记后为“{case.status}”"]
    if clock is not None:
        parts.append(f"期限 {date_words(clock.due, today)}")
        late = clock.overdue_on(today)
        parts.append(_judged(case.reply_in is not None, clock.ran_out, late))
    return " · ".join(parts)


def timeliness(case: Listed) -> str:
    """Whether the unit was in time, for the list of what was typed."""
    row = case.row
    if row.due is None or row.voided:
        return ""
    return _judged(row.replied is not None, row.was_overdue, case.overdue)


def _judged(replied: bool, was_overdue: bool, overdue: bool) -> str:
    if overdue:
        return "逾期"
    if was_overdue:
        return "曾逾期"
    return "按期" if replied else "在办"


# ------------------------------------------------------------------ the draft


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed and not recorded: the fields, what stays from file to file, and which year is at hand."""

    values: Mapping[str, str]
    kept: frozenset[str]
    year: str = ""
    regulation: str = ""
    source: str = ""

    def written(self) -> dict[str, str]:
        values = {name: value for name, value in self.values.items() if value.strip()}
        return {
            "values": json.dumps(values, ensure_ascii=False),
            "kept": json.dumps(sorted(self.kept)),
            "year": self.year,
            "regulation": self.regulation,
            "source": self.source,
        }

    @classmethod
    def read(cls, written: Mapping[str, str]) -> Draft | None:
        """The draft as it was kept; None where there is none."""
        if not written:
            return None
        return cls(
            json.loads(written["values"]),
            frozenset(json.loads(written["kept"])),
            written["year"],
            written["regulation"],
            written["source"],
        )


def is_fresh(values: Mapping[str, str], kept: Collection[str]) -> bool:
    """Whether nothing was typed of this file yet."""
    typed = {name: value.strip() for name, value in values.items() if name not in kept}
    return not any(value for name, value in typed.items() if value != DEFAULTS.get(name))


def knows(regulation: Regulation, name: str, value: str) -> bool:
    """Whether a kept value still means something under this regulation."""
    vocabulary = {"accept.category": "category", "archive.retention": "retention"}.get(name)
    return vocabulary is None or value in regulation.values(vocabulary)
