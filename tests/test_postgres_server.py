"""The server that other tests stand on: it is real, it dies as it should, and nothing of it stays."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.engines import NoServer
from tests.postgres_server import ACCOUNT, PASSWORD, PostgresServer, programs

ROOT = Path(__file__).parents[1]


def _has_programs() -> bool:
    try:
        programs()
    except NoServer:
        return False
    return True


pytestmark = pytest.mark.skipif(not _has_programs(), reason="PostgreSQL's programs are not on this machine")


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    with PostgresServer.start() as started:
        yield started


def _rows(server: PostgresServer) -> list[tuple[int]]:
    return server.execute("SELECT a FROM kept ORDER BY a", database="office")


def test_what_was_committed_outlives_a_kill_and_a_crash(server: PostgresServer) -> None:
    server.make_database("office")
    with server.connect("office", ACCOUNT) as connection:
        connection.execute("CREATE SCHEMA ours")
        connection.execute("CREATE TABLE ours.kept (a int)")
    server.execute("ALTER DATABASE office SET search_path = ours")
    server.execute("INSERT INTO kept VALUES (1)", database="office")
    server.execute("CHECKPOINT")
    server.kill()
    assert server.pid is None
    with pytest.raises(psycopg.OperationalError):
        server.connect()
    server.restart()
    assert _rows(server) == [(1,)]
    server.stop(immediate=True)
    server.restart()
    assert _rows(server) == [(1,)]


def test_a_copy_has_what_its_template_had(server: PostgresServer) -> None:
    server.make_database("first")
    server.execute("CREATE TABLE kept AS SELECT 7 AS a", database="first")
    server.make_database("second", template="first")
    server.drop_database("first")
    assert server.execute("SELECT a FROM kept", database="second") == [(7,)]


def test_connections_are_cut_by_name(server: PostgresServer) -> None:
    server.make_database("office")
    one = server.connect("office", ACCOUNT)
    assert server.cut_connections("office", "nobody") == 0
    one.execute("SELECT 1")
    assert server.cut_connections("office") == 1
    with pytest.raises(psycopg.OperationalError):
        one.execute("SELECT 1")
    one.close()


def test_over_the_network_it_is_tls_and_a_password_or_nothing() -> None:
    with PostgresServer.start(network=True) as server:
        server.make_database("office")
        driver = {"host": "127.0.0.1", "port": server.port, "dbname": "office", "user": ACCOUNT}
        url = server.url("office", over_network=True).replace("+psycopg", "")
        with psycopg.connect(url) as connection:
            asked = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
            assert connection.execute(asked).fetchone() == (True,)
        for refused in (
            {"password": PASSWORD, "sslmode": "disable"},
            {"password": "cai-yi-cai", "sslmode": "require"},
            {"password": PASSWORD, "sslmode": "verify-full"},  # by the authorities that this machine trusts
        ):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(**driver, **refused)


def is_running(pid: str) -> bool:
    """Whether it still does anything; who is dead stays on the system's list until somebody asks after it."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_what_a_killed_run_left_is_swept_away(server: PostgresServer) -> None:
    code = (
        "import os, signal; from tests.postgres_server import PostgresServer; made = PostgresServer.start(); "
        "print(made.folder, made.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    assert run.returncode == -signal.SIGKILL
    folder, pid = run.stdout.split()
    assert is_running(pid)
    with PostgresServer.start():
        assert not Path(folder).exists()
        assert not is_running(pid)
    assert server.execute("SELECT 1") == [(1,)], "whose owner lives is left alone"
