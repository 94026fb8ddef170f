"""Which ledgers a regulation asks for, and their columns: data beside the regulation, strictly read.

`resources/regulations/<id>/ledgers.toml` holds one table a ledger, each column beside its article.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from desktop_app.documents.ledger_sheet import PAPERS, LedgerColumn
from desktop_app.documents.poured_rows import Cell
from desktop_app.domain.masking import FIELD_MASKS
from desktop_app.domain.strict_tables import TABLES, StrictTables, Table, read_articles
from desktop_app.errors import BadData, Fault, Refusal
from desktop_app.services.ledger_lines import CASES

DEFAULT_LEDGER = "register"
Period = tuple[date, date]

_KEYS_BY_KIND = {
    "date": "received due reminder dispatched received_by_unit replied_on published_on closed_on archived_on",
    "number": "days_overdue extended_days reminders urges supervisions",
    "text": "number board_number regulation status title category urgency source provisional due_from overdue "
    "was_overdue lead supporting citizen contact work_unit address ip text private returned satisfaction "
    "summary",
}
KEY_KINDS: Mapping[str, str] = {key: kind for kind, keys in _KEYS_BY_KIND.items() for key in keys.split()}
"""What a column may show, by the keys of a case's read model, and the kind each has."""

STEP_KEYS: Mapping[str, Mapping[str, str]] = {
    CASES: {},
    **{
        lines: {**dict.fromkeys(texts.split(), "text"), **dict.fromkeys(dates.split(), "date")}
        for lines, texts, dates in (
            ("pressure", "step document addressee ground channel served_manner answer", "step_on served_on"),
            (
                "returns",
                "step document returning_unit reason suggested_unit late outcome",
                "step_on outcome_on",
            ),
            ("follow_ups", "step channel solved note", "step_on"),
            (
                "instructions",
                "step leader principal instruction rhythm feedback",
                "step_on feedback_due feedback_on",
            ),
        )
    },
}
"""What a ledger of such lines may show besides."""

_FREE_TEXTS = frozenset({"title", "text", "summary", "answer", "reason", "note", "instruction", "feedback"})
_STARTS = {"receipt": "签收之日", "dispatch": "按交办日预计"}
_WIDEST = 120


@dataclass(frozen=True, slots=True)
class LedgerForm:
    """One ledger of a regulation. A line stands in it when one of the keys in `only` says something.

    lines: of what there is one, a case or a kind of step (`services.ledger_lines`); dated: the key of the day by
    which a line belongs to a month or a year.
    """

    id: str
    title: str
    article: str
    paper: str
    only: tuple[str, ...]
    columns: tuple[LedgerColumn, ...]
    lines: str = CASES
    dated: str = "received"

    def with_columns(self, keys: Sequence[str]) -> LedgerForm:
        """The same with these columns alone, in the order of the data; Refusal `unknown_value` for a key it lacks."""
        known = {column.key: column for column in self.columns}
        unknown = [key for key in keys if key not in known]
        if unknown or not keys:
            words = "、".join(f"{key}（{column.title}）" for key, column in known.items())
            raise Refusal("unknown_value", f"{self.title}没有“{'、'.join(unknown)}”这一栏；可用：{words}。")
        return replace(self, columns=tuple(column for column in self.columns if column.key in set(keys)))


def load_ledgers(folder: Path) -> dict[str, LedgerForm]:
    """The ledgers of the regulation in `folder`, by id; BadData names every fault with file and place."""
    file, shown = folder / "ledgers.toml", f"{folder.name}/ledgers.toml"
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        articles = read_articles((folder / "articles.md").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadData(Fault(shown, "", f"不是正确的 TOML：{error}")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(Fault(shown, "", f"不能读取：{error}")) from error
    reader = _Reader(shown, articles)
    ledgers = [reader.ledger(name, table) for name, table in data.items()]
    if DEFAULT_LEDGER not in data:
        reader.fault("", f"缺少默认的台账 [{DEFAULT_LEDGER}]")
    if reader.faults:
        raise BadData(reader.faults)
    return {form.id: form for form in ledgers if form is not None}


def chosen_ledger(ledgers: Mapping[str, LedgerForm], ledger_id: str | None) -> LedgerForm:
    """The ledger of that id, the register where none is named; Refusal `unknown_value` for another name."""
    try:
        return ledgers[ledger_id or DEFAULT_LEDGER]
    except KeyError:
        known = "、".join(f"{form.id}（{form.title}）" for form in ledgers.values())
        raise Refusal("unknown_value", f"没有名为“{ledger_id}”的台账；现有：{known}。") from None


def ledger_rows(
    form: LedgerForm, cases: Iterable[Mapping[str, object]], within: Period | None = None
) -> Iterator[list[Cell]]:
    """The rows of the lines that belong into the ledger, in the order of `cases`; a missing key is an empty cell.

    within: first and last day of a period in which a line's own day (`dated`) has to lie.
    """
    keys = [column.key for column in form.columns]
    for case in cases:
        if not form.only or any(case.get(key) for key in form.only):
            if within is not None and not _lies_within(case.get(form.dated), within):
                continue
            yield [_cell(key, case.get(key)) for key in keys]


def _lies_within(day: object, period: Period) -> bool:
    return isinstance(day, date) and period[0] <= day <= period[1]


def _cell(key: str, value: object) -> Cell:
    if value is None or value is False:
        return None
    if value is True:
        return "是"
    if KEY_KINDS.get(key) == "number" and value == 0:
        return None
    if isinstance(value, str):
        return _STARTS.get(value, value) if key == "due_from" else value
    if isinstance(value, int | date):
        return value
    if isinstance(value, Sequence):
        return "、".join(map(str, value))
    return str(value)


class _Reader(StrictTables):
    """Reads one file and collects its faults."""

    def ledger(self, name: str, table: Any) -> LedgerForm | None:
        place = f"[{name}]"
        if not isinstance(table, dict):
            self.fault(place, "应为表")
            return None
        got = self.table(
            table,
            place,
            title=str,
            article=str,
            paper=str,
            only=(list, []),
            lines=(str, CASES),
            dated=(str, "received"),
            columns=TABLES,
        )
        self.known(place, "lines", (got.get("lines", CASES),), STEP_KEYS)
        kinds = {**KEY_KINDS, **STEP_KEYS.get(got.get("lines", CASES), {})}
        dated = got.get("dated", "received")
        if kinds.get(dated) != "date":
            self.fault(place, f"dated 应是日期栏的 key，现为“{dated}”")
        if "paper" in got and got["paper"] not in PAPERS:
            self.fault(place, f"paper 应是 {' 或 '.join(PAPERS)}，现为“{got['paper']}”")
        self.known(place, "only", got.get("only", ()), kinds)
        columns = self.each(got.get("columns", []), f"{name}.columns", partial(self._column, kinds))
        if got.get("columns") == []:
            self.fault(place, "columns 应是至少一栏的列表")
        keys = [column.key for column in columns]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self.fault(place, f"“{key}”出现了不止一栏")
        if self.faults:
            return None
        return LedgerForm(
            name, got["title"], got["article"], got["paper"], tuple(got["only"]), columns, got["lines"], dated
        )

    def _column(self, kinds: Mapping[str, str], table: Table, place: str) -> LedgerColumn:
        got = self.table(
            table, place, key=str, title=str, width=float, kind=str, article=str, protected=(bool, False)
        )
        key, kind = got["key"], got["kind"]
        self.known(place, "key", (key,), kinds)
        if kind != kinds.get(key, kind):
            self.fault(place, f"“{key}”的 kind 应是 {kinds[key]}，现为“{kind}”")
        if not 2 <= got["width"] <= _WIDEST:
            self.fault(place, f"width 应是 2 到 {_WIDEST} 的数，现为 {got['width']}")
        if not got["protected"] and (key in FIELD_MASKS or key in _FREE_TEXTS):
            self.fault(place, f"“{key}”含网友身份信息，须写 protected = true")
        return LedgerColumn(key, got["title"], got["width"], kind, got["protected"], got["article"])
