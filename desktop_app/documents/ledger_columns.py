"""Which ledgers a regulation asks for, and their columns: data beside the regulation, strictly read.

`resources/regulations/<id>/ledgers.toml` holds one table a ledger, each column beside its article.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.documents.ledger_sheet import PAPERS, LedgerColumn
from desktop_app.documents.poured_rows import Cell
from desktop_app.domain.masking import FIELD_MASKS
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
_LEDGER_KEYS = frozenset({"title", "article", "paper", "only", "columns"})
_COLUMN_KEYS = frozenset({"key", "title", "width", "kind", "article", "protected"})
_WIDEST = 120
_HEADING = re.compile(r"^##\s+(\S.*?)\s*$", re.MULTILINE)


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
        articles = frozenset(_HEADING.findall((folder / "articles.md").read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise BadData(Fault(shown, "", f"不是正确的 TOML：{error}")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(Fault(shown, "", f"不能读取：{error}")) from error
    reader = _Reader(shown, articles)
    ledgers = {name: reader.ledger(name, table) for name, table in data.items()}
    if DEFAULT_LEDGER not in ledgers:
        reader.fault("", f"缺少默认的台账 [{DEFAULT_LEDGER}]")
    if reader.faults:
        raise BadData(reader.faults)
    return ledgers


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


class _Reader:
    """Reads one file and collects its faults."""

    def __init__(self, file: str, articles: frozenset[str]) -> None:
        self._file = file
        self._articles = articles
        self.faults: list[Fault] = []

    def fault(self, place: str, reason: str) -> None:
        self.faults.append(Fault(self._file, place, reason))

    def ledger(self, name: str, table: Any) -> LedgerForm:
        if not isinstance(table, dict):
            self.fault(f"[{name}]", "应是一个表")
            return LedgerForm(name, "", "", "A4", (), ())
        place = f"[{name}]"
        self._known(place, table, _LEDGER_KEYS)
        paper = self._text(place, table, "paper")
        if paper and paper not in PAPERS:
            self.fault(place, f"paper 应是 A3 或 A4，现为“{paper}”")
        only = table.get("only", [])
        if not isinstance(only, list) or any(key not in KEY_KINDS for key in only):
            self.fault(place, f"only 应列出已知的 key，现为 {only!r}")
            only = []
        given = table.get("columns")
        if not isinstance(given, list) or not given:
            self.fault(place, "columns 应是至少一栏的列表")
            given = []
        columns = tuple(self._column(f"[{name}] 第 {at} 栏", column) for at, column in enumerate(given, 1))
        keys = [column.key for column in columns]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            self.fault(place, f"“{key}”出现了不止一栏")
        title, article = self._text(place, table, "title"), self._article(place, table)
        return LedgerForm(name, title, article, paper, tuple(only), columns)

    def _column(self, place: str, table: Any) -> LedgerColumn:
        if not isinstance(table, dict):
            self.fault(place, "应是一个表")
            return LedgerColumn("", "", 1)
        self._known(place, table, _COLUMN_KEYS)
        key, title = self._text(place, table, "key"), self._text(place, table, "title")
        kind = self._text(place, table, "kind")
        if key and key not in KEY_KINDS:
            self.fault(place, f"不认识的 key“{key}”")
        elif key and kind != KEY_KINDS[key]:
            self.fault(place, f"“{key}”的 kind 应是 {KEY_KINDS[key]}，现为“{kind}”")
        width = table.get("width")
        if isinstance(width, bool) or not isinstance(width, int | float) or not 2 <= width <= _WIDEST:
            self.fault(place, f"width 应是 2 到 {_WIDEST} 的数，现为 {width!r}")
            width = 2
        protected = table.get("protected", False)
        if type(protected) is not bool:
            self.fault(place, "protected 应是 true 或 false")
        if protected is not True and (key in FIELD_MASKS or key in _FREE_TEXTS):
            self.fault(place, f"“{key}”含网友身份信息，须写 protected = true")
        return LedgerColumn(key, title, width, kind, protected is True, self._article(place, table))

    def _known(self, place: str, table: Mapping[str, Any], known: frozenset[str]) -> None:
        for key in sorted(set(table) - known):
            self.fault(place, f"不认识的项“{key}”；可用：{'、'.join(sorted(known))}")

    def _text(self, place: str, table: Mapping[str, Any], key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fault(place, f"{key} 应是文字，现为 {value!r}")
            return ""
        return value

    def _article(self, place: str, table: Mapping[str, Any]) -> str:
        article = self._text(place, table, "article")
        if article and article not in self._articles:
            self.fault(place, f"正文中没有“{article}”")
        return article
