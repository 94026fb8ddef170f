from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError

from desktop_app.domain.events import DIGEST_PREFIX, NewEvent, digest
from desktop_app.errors import StorageProblem
from desktop_app.storage.database import Database
from desktop_app.storage.journal import read_event
from tests.engines import behind

MakeEvent = Callable[..., NewEvent]


@pytest.fixture
def filled(office: Database, make_event: MakeEvent) -> Database:
    """Five events of two cases and one of the office."""
    with office.change() as work:
        work.journal.append([make_event("2026-0001"), make_event("2026-0002")])
        work.journal.append([make_event("2026-0001", action="accept", protected={})])
        work.journal.append([make_event(None, action="settings", protected={}), make_event("2026-0002")])
    return office


def _tamper(office: Database, *statements: str) -> None:
    with behind(office.folder, office.key) as driver:
        driver.disarm()
        for statement in statements:
            driver.execute(statement)


def _problems(office: Database) -> list[tuple[str, str]]:
    with office.read() as work:
        return [(problem.kind, problem.where) for problem in work.journal.check_chain()]


def test_events_are_numbered_and_come_back_as_they_were(office: Database, make_event: MakeEvent) -> None:
    new = make_event(practice=True, keys={"lead": "市住建局"}, protected={"text": "换行\n与<引号>\"'"})
    with office.change() as work:
        appended = work.journal.append([new, make_event("2026-0002")])
    assert [event.id for event in appended] == [1, 2]
    with office.read() as work:
        assert work.journal.of_case("2026-0001") == appended[:1]
        assert work.journal.get(2) == appended[1]
        assert work.journal.get(3) is None
        assert work.journal.count() == 2
    assert appended[0].all_keys == {"lead": "市住建局", "text": "换行\n与<引号>\"'"}
    assert appended[0].on == date(2026, 1, 2)


def test_appending_nothing_changes_nothing(office: Database) -> None:
    with office.change() as work:
        assert work.journal.append([]) == []
        assert work.journal.last() is None
        assert list(work.journal.since(0)) == []
        assert list(work.journal.by_case()) == []


def test_events_come_in_order_by_number_and_by_case(filled: Database) -> None:
    with filled.read() as work:
        assert [event.id for event in work.journal.since(0)] == [1, 2, 3, 4, 5]
        assert [event.id for event in work.journal.since(3)] == [4, 5]
        by_case = [(number, [event.id for event in events]) for number, events in work.journal.by_case()]
    assert by_case == [("2026-0001", [1, 3]), ("2026-0002", [2, 5])]


def test_events_of_some_cases_come_as_those_of_each(filled: Database) -> None:
    with filled.read() as work:
        wanted = ["2026-0002", "2026-0001", "2026-0404"]
        found = work.journal.of_cases(wanted)
        assert found == {number: work.journal.of_case(number) for number in wanted[:2]}
        assert work.journal.last_of_cases(wanted) == {"2026-0001": 3, "2026-0002": 5}
        assert work.journal.of_cases([]) == {}
        assert work.journal.last_of_cases([]) == {}


def test_events_of_the_office_are_found_by_their_action(office: Database, make_event: MakeEvent) -> None:
    with office.change() as work:
        work.journal.append(
            [make_event(None, action=action) for action in ("add-user", "settle", "add-user")]
        )
        work.journal.append([make_event("2026-0001", action="settle")])
    with office.read() as work:
        assert [event.id for event in work.journal.of_office("add-user")] == [1, 3]
        (settled,) = work.journal.of_office("settle")
        assert settled == work.journal.get(2)
        assert settled.protected
        assert [event.id for event in work.journal.of_office("settle", "add-user")] == [1, 2, 3]
        assert work.journal.of_office("leave") == []


def test_many_events_are_read_whole_across_pieces(office: Database, make_event: MakeEvent) -> None:
    numbers = [f"2026-{serial:04d}" for serial in range(1, 2502)]
    with office.change() as work:
        work.journal.append([make_event(number) for number in numbers])
    with office.read() as work:
        assert [event.case for event in work.journal.since(0)] == numbers
        assert all(event.protected for event in work.journal.since(0))
        assert [number for number, _ in work.journal.by_case()] == numbers
        assert list(work.journal.of_cases(numbers)) == numbers
        assert work.journal.last_of_cases(numbers) == {one: place for place, one in enumerate(numbers, 1)}
        assert list(work.journal.check_chain()) == []


def test_protected_words_do_not_stand_in_the_text_that_is_hashed(filled: Database) -> None:
    with filled.read() as work:
        canonical = work._connection.exec_driver_sql("SELECT canonical FROM events").scalars().all()
        assert not any("水压" in text or "李某" in text for text in canonical)
        assert DIGEST_PREFIX in canonical[0]
        last = work.journal.last()
    assert last == (5, digest(canonical[-1]))


def test_the_same_words_have_another_digest_each_time(filled: Database) -> None:
    with filled.read() as work:
        salts = work._connection.exec_driver_sql("SELECT salt FROM protected_words").scalars().all()
    assert len(set(salts)) == len(salts) == 6


def test_a_whole_journal_has_no_problems(filled: Database, office: Database) -> None:
    assert _problems(filled) == []


@pytest.mark.parametrize("statement", ["UPDATE events SET action = 'x'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_events(filled: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match="never"), filled.change() as work:
        work._connection.exec_driver_sql(statement)
    assert _problems(filled) == []


def test_an_altered_event_is_found_and_is_the_first_named(filled: Database) -> None:
    _tamper(filled, "UPDATE events SET canonical = replace(canonical, '王敏', '李四') WHERE id IN (3, 5)")
    assert _problems(filled) == [("event_altered", "event 3"), ("event_altered", "event 5")]


def test_an_altered_event_with_a_fitting_digest_breaks_the_chain(filled: Database) -> None:
    with filled.read() as work:
        text = work._connection.exec_driver_sql("SELECT canonical FROM events WHERE id = 3").scalar_one()
    forged = text.replace("王敏", "李四")
    _tamper(filled, f"UPDATE events SET canonical = '{forged}', hash = '{digest(forged)}' WHERE id = 3")
    assert _problems(filled) == [("chain_broken", "event 3")]


def test_a_missing_event_is_named(filled: Database) -> None:
    _tamper(filled, "DELETE FROM protected_words WHERE event_id = 2", "DELETE FROM events WHERE id = 2")
    assert _problems(filled)[0] == ("event_missing", "event 2")


def test_the_first_and_the_last_missing_are_named_too(filled: Database) -> None:
    _tamper(
        filled,
        "DELETE FROM protected_words WHERE event_id IN (1, 5)",
        "DELETE FROM events WHERE id IN (1, 5)",
    )
    problems = _problems(filled)
    assert problems[0] == ("event_missing", "event 1")
    assert problems[-1] == ("event_missing", "event 5")


def test_an_inserted_event_is_named(filled: Database) -> None:
    _tamper(
        filled,
        "INSERT INTO events (id, case_id, action, canonical, hash) SELECT 6, case_id, action, canonical, hash "
        "FROM events WHERE id = 3",
    )
    problems = _problems(filled)
    assert {where for _, where in problems} <= {"event 5", "event 6"}
    assert ("event_inserted", "event 6") in problems


def test_an_event_inserted_between_others_is_found(filled: Database) -> None:
    _tamper(
        filled,
        "DELETE FROM protected_words WHERE event_id = 5",
        "UPDATE events SET id = 6 WHERE id = 5",
        "INSERT INTO events (id, case_id, action, canonical, hash) SELECT 5, case_id, action, canonical, hash "
        "FROM events WHERE id = 3",
    )
    assert _problems(filled)[0] == ("event_inserted", "event 5")


def test_events_moved_to_another_case_are_found(filled: Database) -> None:
    _tamper(filled, "UPDATE events SET case_id = 2026000000002 WHERE id = 3")
    assert _problems(filled) == [("event_altered", "event 3")]


def test_altered_and_missing_words_are_named(filled: Database) -> None:
    _tamper(
        filled,
        "UPDATE protected_words SET words = '改过' WHERE event_id = 2 AND key = 'text'",
        "DELETE FROM protected_words WHERE event_id = 5 AND key = 'name'",
    )
    assert _problems(filled) == [("words_altered", "event 2"), ("words_missing", "event 5")]


def test_words_added_to_an_event_are_found(filled: Database) -> None:
    _tamper(filled, "INSERT INTO protected_words VALUES (3, 'text', '多出来的', 'x')")
    assert _problems(filled) == [("words_altered", "event 3")]


def test_words_lawfully_disposed_of_leave_the_chain_whole(filled: Database) -> None:
    with filled.change() as work:
        work._connection.exec_driver_sql("UPDATE protected_words SET words = NULL WHERE event_id = 1")
    assert _problems(filled) == []
    with filled.read() as work:
        assert work.journal.of_case("2026-0001")[0].protected == {}


def test_a_text_that_is_no_event_is_told_and_found(filled: Database) -> None:
    _tamper(filled, "UPDATE events SET canonical = '{' WHERE id = 3")
    with pytest.raises(StorageProblem) as told, filled.read() as work:
        work.journal.of_case("2026-0001")
    assert told.value.code == "damaged"
    assert _problems(filled) == [("event_altered", "event 3")]


def test_an_event_of_a_newer_program_is_told(filled: Database) -> None:
    with pytest.raises(StorageProblem) as told:
        read_event('{"id":1,"version":99}', {})
    assert told.value.code == "newer_schema"
