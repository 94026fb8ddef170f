"""Strict reading of tables of data: what is unknown, missing or of the wrong kind is named as a fault.

Input is parsed TOML; every fault names the file, the place in it and what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, TypeVar

from desktop_app.errors import Fault


class TABLES:
    """Stands for a list of tables where a kind is named; `list` is a list of words."""


_KINDS = {
    str: "文字",
    bool: "true 或 false",
    int: "整数",
    float: "数",
    date: "日期",
    dict: "表",
    list: "列表",
    TABLES: "列表",
}
_REQUIRED = object()
_HEADING = re.compile(r"^##\s+(\S.*?)\s*$", re.MULTILINE)

Table = Mapping[str, Any]
T = TypeVar("T")


def read_articles(text: str) -> dict[str, str]:
    """`## 第五条（四）` headings and the text below each."""
    parts = _HEADING.split(text)
    return {parts[i]: parts[i + 1].strip() for i in range(1, len(parts), 2)}


class StrictTables:
    """One file being read, and what was found wrong with it. `articles` are those that it may name."""

    def __init__(self, file: str, articles: Collection[str]) -> None:
        self._file = file
        self._articles = articles
        self.faults: list[Fault] = []

    def fault(self, place: str, reason: str) -> None:
        self.faults.append(Fault(self._file, place, reason))

    def table(self, table: Table, place: str, **spec: Any) -> dict[str, Any]:
        """The values of `table` that are as they should be. `spec` gives each name its kind, or its kind and a
        default where it may be left out; `article` and `…_article` must name an article."""
        got: dict[str, Any] = {}
        for unknown in sorted(set(table) - set(spec)):
            self.fault(place, f"不认识的项“{unknown}”，可用的是 {'、'.join(spec)}")
        for name, wanted in spec.items():
            kind, default = wanted if isinstance(wanted, tuple) else (wanted, _REQUIRED)
            if name not in table:
                if default is _REQUIRED:
                    self.fault(place, f"缺少“{name}”（{_KINDS[kind]}）")
                else:
                    got[name] = default
            elif not _is_a(kind, table[name]):
                self.fault(place, f"“{name}”应为{_KINDS[kind]}，现为 {table[name]!r}")
            elif kind is list and not all(isinstance(one, str) for one in table[name]):
                self.fault(place, f"“{name}”应为文字的列表，现为 {table[name]!r}")
            else:
                got[name] = table[name]
        for name, value in got.items():
            if name == "article" or name.endswith("_article"):
                self.article(place, value)
        return got

    def each(self, tables: Any, name: str, build: Callable[[Table, str], T]) -> tuple[T, ...]:
        """What `build` makes of every table of a list, from the table and its place; those with faults are left out."""
        if not isinstance(tables, list):
            self.fault(f"[[{name}]]", "应为列表")
            return ()
        built = []
        for position, table in enumerate(tables, start=1):
            place = f"[[{name}]] 第 {position} 项"
            before = len(self.faults)
            if not isinstance(table, dict):
                self.fault(place, "应为表")
                continue
            try:
                built.append(build(table, place))
            except (KeyError, TypeError, AttributeError):
                # Values of a wrong kind were named already; building on them is pointless.
                if len(self.faults) == before:
                    raise
        return tuple(built)

    def article(self, place: str, article: str) -> None:
        if article and article not in self._articles:
            self.fault(place, f"条文“{article}”不在 articles.md 中")

    def known(self, place: str, name: str, words: Any, known: Collection[str] | None) -> None:
        """Every word must be among `known`; None leaves them unchecked."""
        for word in words if known is not None else ():
            if known is not None and word not in known:
                self.fault(place, f"{name} 中的“{word}”不认识")


def _is_a(kind: type, value: object) -> bool:
    if kind is TABLES:
        return type(value) is list
    return type(value) is kind or (kind is float and type(value) is int)
