"""The address for other seats: for whoever runs the program, recorded, and good for no more than the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.rights import Right
from desktop_app.domain.users import Role
from desktop_app.errors import BadData, Refusal
from desktop_app.services import accounts, office, office_place, other_seats
from desktop_app.services.session import Session
from desktop_app.storage.server_address import ServerAddress, read_address, write_address
from tests.engines import NoServer
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.server_only("a file has no other seats")

ADMIN, OPERATOR, PASSWORD = "王敏", "李建国", "gou-chang-de-mi-ma"
TODAY = date(2026, 10, 30)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    try:
        with PostgresServer.start() as started:
            started.execute("CREATE ROLE founder LOGIN CREATEROLE")
            yield started
    except NoServer as lacking:
        pytest.skip(str(lacking))


@pytest.fixture(scope="module")
def folder(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seat at which an office with accounts was founded; a second user may not run the program."""
    made = tmp_path_factory.mktemp("other") / "seat"
    server.execute("CREATE DATABASE office OWNER founder TEMPLATE template0")
    write_address(made, ServerAddress.of(server.url("office", "founder")))
    office.found(made, "示例办", "tongliao-2023", ADMIN, PASSWORD)
    session = entered(made)
    accounts.add_user(session, OPERATOR, (Role.OPERATOR,), PASSWORD)
    session.close()
    return made


def entered(folder: Path, user: str = ADMIN) -> Session:
    return office.enter(folder, user, PASSWORD, TODAY)


def test_another_seat_comes_in_by_it_and_it_is_recorded(folder: Path, tmp_path: Path) -> None:
    assert other_seats.is_to_be_had(folder)
    session = entered(folder)
    url = other_seats.tell(session)
    with session.read() as work:
        told = [entry for entry in work.access.since(0) if entry.keys.get("kind") == other_seats.KIND]
    session.close()
    assert [(entry.action, entry.by) for entry in told] == [("export", ADMIN)]
    address = ServerAddress.of(url)
    assert address == read_address(folder) and address.is_door
    assert office_place.connect(tmp_path / "next", office_place.fields_of(url))
    entered(tmp_path / "next", OPERATOR).close()


def test_it_is_carried_in_a_file(folder: Path, tmp_path: Path) -> None:
    session = entered(folder)
    (written,) = other_seats.save(session, tmp_path / "stick.json")
    session.close()
    fields = office_place.fields_in(written, tmp_path / "next")
    assert office_place.connect(tmp_path / "next", fields)
    assert read_address(tmp_path / "next") == read_address(folder)
    entered(tmp_path / "next", OPERATOR).close()


def test_who_does_not_run_the_program_gets_none(folder: Path, tmp_path: Path) -> None:
    session = entered(folder, OPERATOR)
    assert not session.may(Right.RESTORE)
    for act in (other_seats.tell, lambda one: other_seats.save(one, tmp_path / "stick.json")):
        with pytest.raises(Refusal) as refused:
            act(session)
        assert refused.value.code == "not_allowed_for_role"
    session.close()
    assert not (tmp_path / "stick.json").exists()


def test_an_account_that_sees_everything_is_not_handed_out(
    folder: Path, server: PostgresServer, tmp_path: Path
) -> None:
    """The founding account's, and one that serves all."""
    write_address(tmp_path / "founder", ServerAddress.of(server.url("office", "founder")))
    session = entered(tmp_path / "founder")
    with pytest.raises(Refusal) as refused:
        other_seats.tell(session)
    session.close()
    assert refused.value.code == "wrong_state" and not other_seats.is_to_be_had(tmp_path / "founder")


def test_what_is_no_address_is_told(tmp_path: Path) -> None:
    for content in (b"", b"[]", b'{"address": "http://a", "password": ""}', b"\xff"):
        (tmp_path / "other.json").write_bytes(content)
        with pytest.raises(BadData) as told:
            office_place.fields_in(tmp_path / "other.json", tmp_path / "seat")
        assert told.value.code == "bad_address"
    assert not (tmp_path / "seat").exists()
