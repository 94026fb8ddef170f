"""Which ledgers a regulation asks for, and their columns: data beside the regulation, strictly read.

`resources/regulations/<id>/ledgers.toml` holds one table a ledger, each column beside its article.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.documents.ledger_sheet import PAPERS, LedgerColumn
from desktop_app.documents.poured_rows import Cell
from desktop_app.domain.masking import FIELD_MASKS
from desktop_app.domain.strict_tables import TABLES, StrictTables, Table, read_articles
from desktop_app.errors import BadData, Fault, Refusal

DEFAULT_LEDGER = "register"

_KEYS_BY_KIND = {
    "date": "received due reminder dispatched received_by_unit replied_on published_on closed_on archived_on",
    "number": "days_overdue extended_days reminders urges supervisions",
    "text": "number board_number regulation status title category urgency source provisional due_from overdue "
    "was_overdue lead supporting citizen contact work_unit address ip text private returned satisfaction "
    "summary",
}
KEY_KINDS: Mapping[str, str] = {key: kind for kind, keys in _KEYS_BY_KIND.items() for key in keys.split()}
"""What a column may show, by the keys of a case's read model, and the kind each has."""

_FREE_TEXTS = frozenset({"title", "text", "summary"})
_STARTS = {"receipt": "签收之日", "dispatch": "按交办日预计"}
_WIDEST = 120


@dataclass(frozen=True, slots=True)
class LedgerForm:
    """One ledger of a regulation. A case stands in it when one of the keys in `only` says something."""

    id: str
    title: str
    article: str
    paper: str
    only: tuple[str, ...]
    columns: tuple[LedgerColumn, ...]


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


def ledger_rows(form: LedgerForm, cases: Iterable[Mapping[str, object]]) -> Iterator[list[Cell]]:
    """The rows of the cases that belong into the ledger, in the order of `cases`; a missing key is an empty cell."""
    keys = [column.key for column in form.columns]
    for case in cases:
        if not form.only or any(case.get(key) for key in form.only):
            yield [_cell(key, case.get(key)) for key in keys]


def _cell(key: str, value: object) -> Cell:
    if value is None or value is False:
        return None
    if value is True:
        return "是"
    if KEY_KINDS[key] == "number" and value == 0:
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
        got = self.table(table, place, title=str, article=str, paper=str, only=(list, []), columns=TABLES)
        if "paper" in got and got["paper"] not in PAPERS:
            self.fault(place, f"paper 应是 {' 或 '.join(PAPERS)}，现为“{got['paper']}”")
        self.known(place, "only", got.get("only", ()), KEY_KINDS)
        columns = self.each(got.get("columns", []), f"{name}.columns", self._column)
        if got.get("columns") == []:
            self.fault(place, "columns 应是至少一栏的列表")
        keys = [column.key for column in columns]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self.fault(place, f"“{key}”出现了不止一栏")
        if self.faults:
            return None
        return LedgerForm(name, got["title"], got["article"], got["paper"], tuple(got["only"]), columns)

    def _column(self, table: Table, place: str) -> LedgerColumn:
        got = self.table(
            table, place, key=str, title=str, width=float, kind=str, article=str, protected=(bool, False)
        )
        key, kind = got["key"], got["kind"]
        self.known(place, "key", (key,), KEY_KINDS)
        if kind != KEY_KINDS.get(key, kind):
            self.fault(place, f"“{key}”的 kind 应是 {KEY_KINDS[key]}，现为“{kind}”")
        if not 2 <= got["width"] <= _WIDEST:
            self.fault(place, f"width 应是 2 到 {_WIDEST} 的数，现为 {got['width']}")
        if not got["protected"] and (key in FIELD_MASKS or key in _FREE_TEXTS):
            self.fault(place, f"“{key}”含网友身份信息，须写 protected = true")
        return LedgerColumn(key, got["title"], got["width"], kind, got["protected"], got["article"])
