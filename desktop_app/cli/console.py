"""What a command answers with: one JSON document and nothing else, or a short table for people."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from desktop_app.domain.pace import Pace

Document = dict[str, Any] | list[Any]


class Console:
    """Standard output as a command sees it. `json` is whether `--json` was given."""

    def __init__(self, as_json: bool, out: TextIO | None = None) -> None:
        self.json = as_json
        self._out = out if out is not None else sys.stdout

    def answer(self, document: Any, table: Callable[[Any], str]) -> None:
        """The answer: `document` under `--json`, else what `table` makes of it."""
        self._write(_as_json(document) if self.json else table(document))

    def line(self, document: Any) -> None:
        """One JSON object on a line of its own, on its way before this returns."""
        self._write(_as_json(document))

    @contextmanager
    def growing(self, name: str) -> Iterator[Callable[[Any], None]]:
        """One document ``{name: [...]}`` whose entries are written as they come, so that no long answer is held.

        It is closed whatever happens: what was answered can be read.
        """
        between = ""

        def add(entry: Any) -> None:
            nonlocal between
            self._out.write(between + _as_json(entry))
            between = ", "

        self._out.write(f'{{"{name}": [')
        try:
            yield add
        finally:
            self._write("]}")

    def progress(self, title: str) -> Callable[[int, int], bool]:
        """For long work: how far it is, on a terminal's standard error and nowhere else. Ctrl+C stops the work."""
        pace = Pace()

        def tell(done: int, total: int) -> bool:
            if not self.json and sys.stderr.isatty():
                rest = pace.words(done, total, time.monotonic())
                words = f"{title} {done:,} / {total:,}{'，' + rest if rest else ''}"
                print(f"\r\033[K{words}", end="" if done < total else "\n", file=sys.stderr, flush=True)
            return True

        return tell

    def error(self, code: str, message: str, clause: str | None = None, remedy: str | None = None) -> None:
        """An error: on standard output under `--json`, else a sentence on standard error."""
        if self.json:
            said = message + (remedy or "")
            self._write(_as_json({"error": {"code": code, "message": said, "clause": clause}}))
            return
        where = f"（{clause}）" if clause else ""
        print(f"{message}{where}{remedy or ''}", file=sys.stderr)

    def _write(self, text: str) -> None:
        self._out.write(text + "\n")
        self._out.flush()


def _as_json(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(", ", ": "))


def columns(rows: list[list[str]]) -> str:
    """Rows as columns; Chinese characters take two places."""
    if not rows:
        return "（无）"
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    )


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)
