"""Whatever breaks, however deep, and whatever it quotes: no log, report or sentence of the program names the citizen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop_app.services import cases, papers
from desktop_app.storage import cases as case_rows
from desktop_app.storage import journal
from tests.cli.offices import Office
from tests.sentinels import CITIZEN, COLUMNS, MESSAGE, TEXT, TYPED, leaks_in


class _Odd(Exception):
    def __repr__(self) -> str:
        return TYPED


def _chained() -> Exception:
    try:
        try:
            int(TYPED)
        except ValueError as inner:
            raise KeyError(TYPED) from inner
    except KeyError as error:
        error.add_note(TYPED)
        return error


BROKEN: list[Callable[[], Exception]] = [
    lambda: ValueError(f"invalid literal: {TYPED!r}"),
    lambda: AssertionError(f"{MESSAGE} {TYPED}"),
    lambda: TypeError(TEXT),
    lambda: UnicodeEncodeError("gbk", TYPED, 0, 1, TYPED),
    lambda: OSError(5, TYPED, f"{TYPED}.docx"),
    lambda: _Odd(TYPED),
    lambda: ExceptionGroup(TYPED, [ValueError(TYPED)]),
    _chained,
]
PLACES = [
    (cases, "prepare"),
    (cases, "row_of"),
    (journal.Journal, "append"),
    (case_rows.Cases, "update"),
]


@pytest.mark.parametrize("error", BROKEN)
@pytest.mark.parametrize(("owner", "name"), PLACES, ids=[name for _, name in PLACES])
def test_a_bug_anywhere_below_a_step_tells_nothing(
    tongliao: Office, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, error: Callable[[], Exception]
) -> None:
    number = tongliao.message(**COLUMNS)

    def breaks(*_: Any, **__: Any) -> Any:
        raise error()

    with monkeypatch.context() as patched:
        patched.setattr(owner, name, breaks)
        answer = tongliao.call("act", number, "accept", "topic=路灯", "category=投诉", "--on", "2026-09-18")
    assert answer.code != 0
    assert leaks_in(answer.out + answer.err) == []
    assert leaks_in(tongliao.folder / "logs") == [] and leaks_in(tongliao.folder / "bug-reports") == []
    assert list((tongliao.folder / "bug-reports").glob("*")), "there is a report to be looked at"
    assert tongliao.show(number)["status"] == "待初审"


def test_a_bug_while_a_paper_is_made_tells_nothing(
    tongliao: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    number = tongliao.dispatched(**COLUMNS)

    def breaks(*_: Any, **__: Any) -> Any:
        raise AssertionError(TEXT)

    monkeypatch.setattr(papers, "masked_message", breaks)
    answer = tongliao.call("form", number, "slip", "-o", tmp_path / "a.docx")
    assert answer.code == 3 and leaks_in(answer.out + answer.err) == []
    assert leaks_in(tongliao.folder / "bug-reports") == []


def test_the_values_themselves_say_nothing_when_they_are_printed() -> None:
    assert leaks_in(f"{CITIZEN!r} {MESSAGE!r} {[CITIZEN, MESSAGE]}") == []
