"""A question that is under way can be ended from another thread; what is changed, and what comes next, cannot."""

from __future__ import annotations

import threading

import pytest

from desktop_app.errors import Cancelled
from desktop_app.storage.database import Database

ENDLESS = "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n FROM t) SELECT count(*) FROM t"
LONG = (
    "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 300000) SELECT count(*) FROM t"
)


def test_what_is_read_ends_as_cancelled_and_the_thread_reads_on(office: Database) -> None:
    ended: list[BaseException] = []
    read: list[dict[str, str]] = []
    with office.change() as work:
        work.settings.put("office", "通辽市政府")

    def reading() -> None:
        try:
            with office.read() as work:
                work._connection.exec_driver_sql(ENDLESS).scalar()
        except Cancelled as error:
            ended.append(error)
        with office.read() as work:
            read.append(work.settings.all())

    reader = threading.Thread(target=reading)
    reader.start()
    assert reader.ident is not None
    while not ended and reader.is_alive():
        office.interrupt(reader.ident)
        reader.join(0.05)
    reader.join(10)
    assert len(ended) == 1
    assert read == [{"office": "通辽市政府"}]


def test_what_is_changed_goes_on(office: Database) -> None:
    counted: list[int] = []

    def changing() -> None:
        with office.change() as work:
            counted.append(work._connection.exec_driver_sql(LONG).scalar_one())
            work.settings.put("office", "通辽市政府")

    writer = threading.Thread(target=changing)
    writer.start()
    assert writer.ident is not None
    while writer.is_alive():
        office.interrupt(writer.ident)
        writer.join(0.02)
    assert counted == [300000]
    with office.read() as work:
        assert work.settings.all() == {"office": "通辽市政府"}


def test_a_refusal_stays_one_and_nobody_reading_is_left_alone(office: Database) -> None:
    office.interrupt(threading.get_ident())
    with pytest.raises(ZeroDivisionError), office.read():
        raise ZeroDivisionError
