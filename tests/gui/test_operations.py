"""Queries and changes off the window's thread: what comes back, what is dropped, what is told to everybody."""

from __future__ import annotations

import multiprocessing
import re
import threading
import weakref
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop_app.documents.case_ledger import write_case_ledger
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.units import Unit
from desktop_app.errors import Cancelled, LiuyanError, Refusal
from desktop_app.gui.changes import Changes
from desktop_app.gui.jobs import Progress
from desktop_app.gui.operations import Operations
from desktop_app.services import office, queries
from desktop_app.services.session import Session

UNITS = Changes.of("units")


@pytest.fixture
def owner() -> QObject:
    return QObject()


def refuse(session: Session) -> None:
    raise Refusal("unknown_value", "没有这一项。")


def test_an_answer_comes_back_in_the_thread_of_the_window(
    qtbot: QtBot, operations: Operations, owner: QObject
) -> None:
    asked_in: list[threading.Thread] = []
    answers: list[tuple[int, threading.Thread]] = []

    def ask(session: Session) -> int:
        asked_in.append(threading.current_thread())
        return queries.count_cases(session, CaseQuery())

    operations.query(owner, "count", ask, lambda total: answers.append((total, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == [(20, threading.main_thread())]
    assert asked_in[0] is not threading.main_thread()


def test_no_thread_holds_on_to_whom_it_has_answered(qtbot: QtBot, operations: Operations) -> None:
    answers: list[int] = []
    asked = QObject()
    held = weakref.ref(asked)
    operations.query(asked, "one", lambda session, page=asked: int(isValid(page)), answers.append)
    operations.change(asked, lambda session: 2, answers.append, Changes.of())
    qtbot.waitUntil(lambda: sorted(answers) == [1, 2])
    del asked
    qtbot.waitUntil(lambda: held() is None)


def test_times_are_noted_with_the_topic_and_nothing_else(
    qtbot: QtBot, operations: Operations, owner: QObject, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "desktop_app.gui.task_lines")
    answers: list[str] = []
    operations.query(owner, "search", lambda session: "王小明", answers.append)
    qtbot.waitUntil(lambda: bool(answers) and bool(caplog.messages))
    (noted,) = [words for words in caplog.messages if words.startswith("search")]
    assert re.fullmatch(r"search: [\d.]+ ms, of which the answer took [\d.]+", noted)


def test_only_the_newest_request_on_a_topic_is_answered(
    qtbot: QtBot, operations: Operations, owner: QObject
) -> None:
    answers: list[str] = []
    held = threading.Event()
    operations.query(owner, "search", lambda session: held.wait(10) and "first", answers.append)
    operations.query(owner, "search", lambda session: "second", answers.append)
    operations.query(owner, "other", lambda session: "other", answers.append)
    held.set()
    qtbot.waitUntil(lambda: "other" in answers)
    assert answers == ["second", "other"]


def test_requests_that_nobody_waits_for_are_not_asked_at_all(
    qtbot: QtBot, operations: Operations, owner: QObject
) -> None:
    asked: list[str] = []
    held = threading.Event()
    operations.query(owner, "gate", lambda session: held.wait(10), lambda passed: None)
    for word in ("水", "水压", "水压不足"):
        operations.query(owner, "search", lambda session, word=word: asked.append(word), lambda nothing: None)
    operations.query(owner, "end", lambda session: asked.append("end"), lambda nothing: None)
    held.set()
    qtbot.waitUntil(lambda: "end" in asked)
    assert asked == ["水压不足", "end"]


ENDLESS = "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n FROM t) SELECT count(*) FROM t"


@pytest.mark.parametrize("aside", [False, True])
def test_a_question_under_way_that_nobody_waits_for_is_interrupted(
    qtbot: QtBot, operations: Operations, owner: QObject, aside: bool
) -> None:
    answers: list[str] = []
    errors: list[BaseException] = []
    operations.failed.connect(errors.append)
    begun = threading.Event()

    def ask(session: Session) -> str:
        with session.read() as work:
            begun.set()
            work._connection.exec_driver_sql(ENDLESS).scalar()
        return "first"

    operations.query(owner, "search", ask, answers.append, errors.append, aside)
    assert begun.wait(10)
    operations.query(owner, "search", lambda session: "second", answers.append, errors.append, aside)
    qtbot.waitUntil(lambda: bool(answers))
    assert (answers, errors) == (["second"], [])

    begun.clear()
    operations.query(owner, "search", ask, answers.append, errors.append, aside)
    assert begun.wait(10)
    operations.forget(owner, "search")
    operations.query(owner, "other", lambda session: "other", answers.append, errors.append, aside)
    qtbot.waitUntil(lambda: "other" in answers)
    assert (answers, errors) == (["second", "other"], [])


def test_nothing_comes_back_once_the_owner_is_gone(qtbot: QtBot, operations: Operations) -> None:
    from shiboken6 import delete

    going, staying = QObject(), QObject()
    answers: list[str] = []
    held = threading.Event()
    operations.query(going, "a", lambda session: held.wait(10) and "gone", answers.append)
    operations.query(staying, "b", lambda session: "here", answers.append)
    delete(going)
    held.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["here"]


def test_a_forgotten_request_is_not_answered(qtbot: QtBot, operations: Operations, owner: QObject) -> None:
    answers: list[str] = []
    held = threading.Event()
    operations.query(owner, "a", lambda session: held.wait(10) and "forgotten", answers.append)
    operations.forget(owner, "a")
    operations.query(owner, "b", lambda session: "kept", answers.append)
    held.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert answers == ["kept"]


def test_a_change_is_answered_first_and_then_told_to_everybody(
    qtbot: QtBot, operations: Operations, owner: QObject, session: Session
) -> None:
    order: list[object] = []
    operations.changed.connect(order.append)

    def act(session: Session) -> int:
        return office.bring_in_units(session, [Unit("市水务局")])

    operations.change(owner, act, order.append, UNITS)
    assert operations.busy
    qtbot.waitUntil(lambda: not operations.busy)
    assert order == [1, UNITS]
    assert not operations.busy
    assert "市水务局" in {unit.name for unit in office.list_units(session)}


def test_changes_run_in_the_order_they_were_asked_for(
    qtbot: QtBot, operations: Operations, owner: QObject
) -> None:
    done: list[int] = []
    for place in range(20):
        operations.change(owner, lambda session, place=place: place, done.append, UNITS)
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def test_a_refusal_goes_to_who_asked_and_nothing_is_told_as_changed(
    qtbot: QtBot, operations: Operations, owner: QObject
) -> None:
    told: list[LiuyanError] = []
    changed: list[Changes] = []
    operations.changed.connect(changed.append)
    operations.change(owner, refuse, changed.append, UNITS, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert [str(error) for error in told] == ["没有这一项。"]
    assert changed == []


def test_an_error_that_nobody_takes_goes_to_the_frame(
    qtbot: QtBot, operations: Operations, owner: QObject
) -> None:
    with qtbot.waitSignal(operations.failed) as refused:
        operations.query(owner, "a", refuse, lambda nothing: None)
    with qtbot.waitSignal(operations.failed) as broken:
        operations.query(owner, "a", lambda session: 1 // 0, lambda nothing: None, lambda error: None)
    assert isinstance(refused.args[0], Refusal)
    assert isinstance(broken.args[0], ZeroDivisionError)


def test_what_was_cancelled_is_not_spoken_of(qtbot: QtBot, operations: Operations, owner: QObject) -> None:
    said: list[object] = []
    operations.failed.connect(said.append)

    def cancelled(session: Session) -> None:
        raise Cancelled

    operations.change(owner, cancelled, said.append, UNITS, said.append)
    qtbot.waitUntil(lambda: not operations.busy)
    assert said == []


def wait_for_ever(session: Session, progress: Progress) -> None:
    threading.Event().wait()


def test_a_job_that_only_reads_ends_at_once_where_it_is_cancelled(
    qtbot: QtBot, operations: Operations, owner: QObject
) -> None:
    said: list[object] = []
    operations.failed.connect(said.append)
    job = operations.job(owner, "看看", wait_for_ever, said.append, failed=said.append, patience=0)
    job.cancel()
    qtbot.waitUntil(lambda: not operations.busy)
    running = operations.job(owner, "看看", wait_for_ever, said.append, failed=said.append, patience=0)
    qtbot.waitUntil(lambda: bool(multiprocessing.active_children()))
    running.cancel()
    qtbot.waitUntil(lambda: not operations.busy, timeout=20_000)
    assert said == [] and not multiprocessing.active_children()


def test_what_another_program_writes_is_noticed(
    qtbot: QtBot, operations: Operations, session: Session
) -> None:
    changed: list[Changes] = []
    operations.changed.connect(changed.append)
    known: list[str] = []
    operations.look_for_others()
    operations.query(operations, "seen", lambda session: "seen", known.append)
    qtbot.waitUntil(lambda: bool(known))
    other = office.enter_with_key(session.database.folder, session.user.name, session.database.key)
    try:
        office.bring_in_units(other, [Unit("市水务局")])
    finally:
        other.database.close()
    operations.look_for_others()
    qtbot.waitUntil(lambda: bool(changed))
    assert changed[0].touches("2026-0001")


def test_a_job_works_in_a_process_of_its_own_and_tells_how_far_it_is(
    qtbot: QtBot, operations: Operations, owner: QObject, tmp_path: Path
) -> None:
    answers: list[int] = []
    target = tmp_path / "台账.xlsx"
    run = partial(_export, target)
    operations.job(owner, "导出台账", run, answers.append)
    qtbot.waitUntil(lambda: not operations.busy, timeout=60_000)
    assert answers == [20]
    assert target.stat().st_size > 1000


def _export(target: Path, session: Session, progress: Progress) -> int:
    return write_case_ledger(session, CaseQuery(), target, progress=progress)


def test_a_refusal_within_a_job_comes_back_as_one(
    qtbot: QtBot, operations: Operations, owner: QObject
) -> None:
    told: list[LiuyanError] = []
    operations.job(owner, "试一试", _refuse_in_job, told.append, failed=told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert [str(error) for error in told] == ["没有这一项。"]
    assert operations.jobs == ()


def _refuse_in_job(session: Session, progress: Progress) -> None:
    raise Refusal("unknown_value", "没有这一项。")


@pytest.mark.parametrize(
    ("changes", "number", "touched"),
    [
        (Changes.of("cases"), "2026-0001", True),
        (Changes.of("cases", numbers=frozenset(("2026-0001",))), "2026-0001", True),
        (Changes.of("cases", numbers=frozenset(("2026-0001",))), "2026-0002", False),
        (Changes.of("units"), "2026-0001", False),
    ],
)
def test_changes_tell_whether_a_case_may_have_changed(changes: Changes, number: str, touched: bool) -> None:
    assert changes.touches(number) is touched
