"""An account of the database for each user: what a role may do, the server lets it do, and nothing else, whatever
program is used. All with passwords over TLS, on a server of this module's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.users import Role
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import accounts, cases, moving, office, registration, two_persons, verification
from desktop_app.services.case_view import view_case
from desktop_app.services.child_process import entry_of, run_in_child
from desktop_app.services.queries import list_cases
from desktop_app.services.session import OfficeClock, Session
from desktop_app.storage import keyring, keyring_entries, server_address
from desktop_app.storage.server_address import ServerAddress, read_address, write_address
from desktop_app.storage.server_line import connect
from tests.engines import NoServer
from tests.postgres_server import PASSWORD as SERVER_PASSWORD
from tests.postgres_server import PostgresServer

pytestmark = pytest.mark.server_only("a file has no accounts")

PASSWORD = "gou-chang-de-mi-ma"
TODAY = date(2026, 10, 30)
USERS = {
    "周经办": Role.OPERATOR,
    "李审核": Role.REVIEWER,
    "钱领导": Role.VIEWER,
    "孙管理": Role.ADMINISTRATOR,
    "赵保密": Role.SECURITY,
    "吴审计": Role.AUDITOR,
}
FOUNDER = "founder"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    try:
        with PostgresServer.start(network=True) as started:
            started.execute(f"CREATE ROLE {FOUNDER} LOGIN CREATEROLE PASSWORD '{SERVER_PASSWORD}'")
            yield started
    except NoServer as lacking:
        pytest.skip(str(lacking))


@pytest.fixture(scope="module")
def folder(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seat of an office with a user for each role, the posts apart, and one case."""
    made = tmp_path_factory.mktemp("accounts") / "seat"
    server.execute(f"CREATE DATABASE office OWNER {FOUNDER} TEMPLATE template0")
    write_address(made, ServerAddress.of(server.url("office", FOUNDER, over_network=True)))
    founded = office.found(made, "某市督查室", "tongliao-2023", "王敏", PASSWORD, OfficeClock(TODAY))
    assert founded.seat_address.startswith("postgresql+psycopg://liuyan_")
    with_first = office.enter(made, "王敏", PASSWORD, TODAY)
    for name, role in USERS.items():
        accounts.add_user(with_first, name, [role], PASSWORD)
    message = Message("路灯不亮", "第三盏灯不亮。", Citizen("杨某", "13900001234"), board_number="181")
    registration.register_one(
        with_first, Registration("tongliao-2023", date(2026, 9, 22), "市长板块", message)
    )
    accounts.separate_roles(with_first)
    with_first.close()
    return made


def _entered(folder: Path, name: str) -> Session:
    return office.enter(folder, name, PASSWORD, TODAY)


def _address(folder: Path) -> ServerAddress:
    address = read_address(folder)
    assert address is not None
    return address


def _login(folder: Path, name: str) -> psycopg.Connection[object]:
    """A connection as that user, by no program of ours."""
    login = keyring.open_ring(folder, name, PASSWORD).login
    assert login is not None
    return connect(_address(folder).with_account(login.account, login.password))


def _refused(line: psycopg.Connection[object], *statements: str) -> None:
    for statement in statements:
        with pytest.raises(InsufficientPrivilege):
            line.execute(statement)


def test_the_door_sees_the_key_ring_and_no_row_of_content(folder: Path) -> None:
    with connect(_address(folder)) as door:
        tables = door.execute("SELECT schemaname || '.' || tablename FROM pg_tables").fetchall()
        content = [name for (name,) in tables if str(name).startswith("liuyan.")]
        assert len(content) > 30
        for table in content:
            _refused(door, f"SELECT * FROM {table}", f"DELETE FROM {table}")
        _refused(
            door,
            "SELECT liuyan.make_login('x', 'y', ARRAY['operator'])",
            "CREATE TABLE liuyan_door.mine (a int)",
            "CREATE TEMP TABLE mine (a int)",
            "CREATE ROLE mine",
            "COPY liuyan_door.office_files TO PROGRAM 'cat'",
        )
        shelf = {name for (name,) in door.execute("SELECT name FROM liuyan_door.office_files")}
        assert shelf == {"keyring.json", "waiting-entries.json"}


def test_a_wrong_password_of_the_door_is_told(folder: Path, tmp_path: Path) -> None:
    address = _address(folder)
    write_address(tmp_path / "seat", replace(address, password="falsch"))
    with pytest.raises(StorageProblem) as told:
        _entered(tmp_path / "seat", "周经办")
    assert told.value.code == "server_refused"


def test_each_role_works_through_its_own_login(folder: Path) -> None:
    for name, role in USERS.items():
        session = _entered(folder, name)
        assert session.database.login is not None
        if role in (Role.OPERATOR, Role.REVIEWER, Role.VIEWER):
            assert list_cases(session, CaseQuery()).total == 1
            assert view_case(session, "2026-0001").message.title == "路灯不亮"
            assert verification.verify(session).problems == ()
        else:
            with pytest.raises(Refusal) as told:
                verification.verify(session)
            assert told.value.code == "not_allowed_for_role"
        session.close()


def test_the_operator_s_login_rewrites_nothing(folder: Path) -> None:
    with _login(folder, "周经办") as line:
        assert line.execute("SELECT title FROM cases").fetchall() == [("路灯不亮",)]
        _refused(
            line,
            "UPDATE events SET action = 'x'",
            "DELETE FROM events",
            "TRUNCATE events",
            "UPDATE access_log SET day = ''",
            "DELETE FROM seals",
            "UPDATE protected_words SET words = ''",
            "DELETE FROM attachments",
            "DELETE FROM attachment_contents",
            "UPDATE users SET roles = 'administrator'",
            "DROP TABLE cases",
            "ALTER TABLE events DISABLE TRIGGER ALL",
            "SET session_replication_role = replica",
            "UPDATE settings SET value = 'x' WHERE key = 'office.name'",
            "DELETE FROM settings WHERE key = 'seals.key'",
            "SELECT make_login('liuyan_00000000_u_0000000000000000', 'SCRAM-SHA-256$x', ARRAY['security'])",
            "SELECT regroup_login('liuyan_00000000_u_0000000000000000', ARRAY['security'])",
        )


@pytest.mark.parametrize("name", ["孙管理", "赵保密", "吴审计"])
def test_a_post_s_login_reads_no_case(folder: Path, name: str) -> None:
    with _login(folder, name) as line:
        _refused(
            line,
            "SELECT * FROM cases",
            "SELECT * FROM case_messages",
            "SELECT * FROM protected_words",
            "SELECT * FROM search_texts",
            "SELECT * FROM case_search",
            "SELECT * FROM drafts",
            "SELECT * FROM attachment_contents",
            "DELETE FROM access_log",
        )


def test_the_viewer_s_login_changes_no_case(folder: Path) -> None:
    with _login(folder, "钱领导") as line:
        assert line.execute("SELECT count(*) FROM case_messages").fetchone() == (1,)
        _refused(line, "UPDATE cases SET title = ''", "DELETE FROM case_messages", "DELETE FROM users")


@pytest.mark.parametrize("name", ["孙管理", "吴审计", "钱领导"])
def test_nobody_raises_himself(folder: Path, name: str) -> None:
    """Not by the owner's functions either: they ask who has logged in."""
    own, other = keyring.account_of(folder, name), keyring.account_of(folder, "赵保密")
    with _login(folder, name) as line:
        _refused(
            line,
            f"SELECT regroup_login('{own}', ARRAY['operator'])",
            f"SELECT renew_login('{other}', 'SCRAM-SHA-256$4096:a$b:c')",
            f"SET ROLE {own.partition('_u_')[0]}_owner",
            f"GRANT {own.partition('_u_')[0]}_security TO {own}",
            f"ALTER ROLE {own} CREATEROLE",
        )


def test_a_child_process_goes_by_the_same_login(folder: Path) -> None:
    session = _entered(folder, "周经办")
    entry = entry_of(session)
    session.close()
    assert run_in_child(entry, _account_of_child, lambda *_: None, lambda: False) == entry.login.account  # type: ignore[union-attr]


def _account_of_child(session: Session, _: object) -> str:
    with session.read() as work:
        row = work._connection.exec_driver_sql("SELECT session_user").first()
    assert row is not None
    return str(row[0])


def test_roles_passwords_and_leaving_are_the_server_s_at_once(folder: Path) -> None:
    admin, security = _entered(folder, "孙管理"), _entered(folder, "赵保密")
    accounts.add_user(admin, "新人", (), PASSWORD, handed_over=True)
    with _login(folder, "新人") as line:
        _refused(line, "SELECT * FROM cases")
    accounts.set_roles(security, "新人", [Role.OPERATOR])
    with _login(folder, "新人") as line:
        assert line.execute("SELECT count(*) FROM cases").fetchone() == (1,)
    newcomer = _entered(folder, "新人")
    before = newcomer.database.login
    accounts.change_password(newcomer, "新人", "ling-yi-ge-mi-ma")
    assert newcomer.database.login != before
    assert list_cases(newcomer, CaseQuery()).total == 1
    newcomer.close()
    assert before is not None
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        connect(_address(folder).with_account(before.account, before.password))
    accounts.change_password(security, "新人", PASSWORD)
    login = keyring.open_ring(folder, "新人", PASSWORD).login
    assert login is not None
    accounts.set_roles(security, "新人", [Role.VIEWER])
    with _login(folder, "新人") as line:
        _refused(line, "UPDATE cases SET title = ''")
        accounts.remove_user(admin, "新人")
        with pytest.raises(psycopg.Error):
            line.execute("SELECT * FROM cases")
    with pytest.raises(psycopg.OperationalError):
        connect(_address(folder).with_account(login.account, login.password))
    accounts.readmit_user(admin, "新人", PASSWORD)
    assert keyring.account_of(folder, "新人") != login.account
    _entered(folder, "新人").close()
    accounts.remove_user(admin, "新人")
    admin.close()
    security.close()


def test_a_change_that_is_taken_back_takes_its_login_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = keyring.account_of(folder, "钱领导")
    session = _entered(folder, "赵保密")

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(keyring, "set_login", fail)
    with pytest.raises(ZeroDivisionError):
        accounts.change_password(session, "钱领导", "ling-yi-ge-mi-ma")
    monkeypatch.undo()
    session.close()
    assert keyring.account_of(folder, "钱领导") == ring
    _entered(folder, "钱领导").close()


def test_two_recovery_codes_set_a_password_and_read_no_case(folder: Path) -> None:
    session = _entered(folder, "赵保密")
    codes = two_persons.make_codes(session)
    session.close()
    account = keyring.account_of(folder, keyring_entries.CODES)
    assert account
    two_persons.recover_access(folder, codes, "赵保密", PASSWORD, TODAY)
    _entered(folder, "赵保密").close()
    assert keyring.account_of(folder, keyring_entries.CODES) == ""


def test_a_post_that_tries_a_step_is_refused_as_in_a_file(folder: Path) -> None:
    session = _entered(folder, "孙管理")
    with pytest.raises(Refusal) as told:
        cases.act(session, "2026-0001", "accept", {"category": "投诉"}, TODAY)
    session.close()
    assert told.value.code == "not_allowed_for_role"


def test_casework_goes_from_hand_to_hand(folder: Path) -> None:
    operator = _entered(folder, "周经办")
    cases.act(operator, "2026-0001", "accept", {"category": "投诉"}, TODAY)
    assert view_case(operator, "2026-0001").case.status == "待交办"
    operator.close()


def test_where_the_founding_account_may_make_no_others_one_serves_all(
    server: PostgresServer, tmp_path: Path
) -> None:
    server.make_database("plain")
    write_address(tmp_path / "seat", ServerAddress.of(server.url("plain", over_network=True)))
    founded = office.found(tmp_path / "seat", "某市督查室", "tongliao-2023", "王敏", PASSWORD)
    assert founded.seat_address == ""
    session = office.enter(tmp_path / "seat", "王敏", PASSWORD)
    assert session.database.login is None
    accounts.add_user(session, "周经办", [Role.OPERATOR], PASSWORD)
    verified = verification.verify(session)
    session.close()
    assert verified.problems == ()
    assert [note.kind for note in verified.notes] == ["one_account"]


def test_an_office_that_moves_there_gets_accounts_for_everybody(
    server: PostgresServer, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_address, "seat_folder", lambda _: tmp_path / "seat")
    office.found(tmp_path / "file", "某市督查室", "tongliao-2023", "王敏", PASSWORD)
    session = office.enter(tmp_path / "file", "王敏", PASSWORD)
    accounts.add_user(session, "周经办", [Role.OPERATOR], PASSWORD)
    server.execute(f"CREATE DATABASE moved OWNER {FOUNDER} TEMPLATE template0")
    go = moving.ready(
        session, ServerAddress.of(server.url("moved", FOUNDER, over_network=True)).url_with_password
    )
    session.close()
    done = go(lambda *_: True)
    assert ServerAddress.of(done.seat_address).is_door
    for name in ("王敏", "周经办"):
        there = _entered(tmp_path / "seat", name)
        assert there.database.login is not None
        there.close()
