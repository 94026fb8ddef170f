"""A real server that fails in every way a server can: what was asked is done once or not at all, and it is said which."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.storage import server as server_module
from desktop_app.storage.database import Database, create, open_database
from desktop_app.storage.server import ServerPlace
from desktop_app.storage.server_address import ServerAddress, write_address
from desktop_app.storage.server_turn import ONE_WRITER
from tests.cut_line import CutLine, Where
from tests.postgres_server import ACCOUNT, PostgresServer

pytestmark = pytest.mark.server_only("about a server that fails")

KEY = bytes(32)
TEMPLATE = "template_office"
PATIENCE = 60


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """For these tests alone: they kill it. It holds an office to be copied, with one thing in it."""
    with PostgresServer.start() as started:
        folder = tmp_path_factory.mktemp("seat")
        write_address(folder, ServerAddress.of(started.make_database(TEMPLATE)))
        made = create(folder, KEY)
        with made.change() as work:
            work.settings.put("before", "1")
        made.close()
        yield started


@pytest.fixture
def line(own_server: PostgresServer) -> Iterator[CutLine]:
    with CutLine(own_server) as made:
        yield made


@pytest.fixture
def name(own_server: PostgresServer) -> Iterator[str]:
    """Of a database of one's own."""
    chosen = f"office_{secrets.token_hex(4)}"
    own_server.make_database(chosen, template=TEMPLATE)
    yield chosen
    if own_server.pid is None:
        own_server.restart()
    own_server.drop_database(chosen)


@pytest.fixture
def office(name: str, line: CutLine, tmp_path: Path) -> Iterator[Database]:
    """An office reached over the line that can be cut."""
    write_address(tmp_path / "seat", ServerAddress.of(line.address(name)))
    opened = open_database(tmp_path / "seat", KEY)
    yield opened
    opened.leave()
    opened.close()


def put(office: Database, key: str, value: str = "1") -> None:
    with office.change() as work:
        work.numbers.next_register(2026)
        work.settings.put(key, value)


def read(office: Database) -> dict[str, str]:
    with office.read() as work:
        return work.settings.all()


def refused(office: Database, key: str) -> StorageProblem:
    """What is told where something can't be kept."""
    with pytest.raises(StorageProblem) as told:
        put(office, key)
    assert told.value.remedy
    return told.value


def numbers_given(server: PostgresServer, name: str) -> int:
    """How many register numbers were used up, asked past the program."""
    rows = server.execute("SELECT last FROM liuyan.counters WHERE series = ''", database=name)
    return int(rows[0][0]) if rows else 0


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, "it does not come to that"
        time.sleep(0.01)


# ------------------------------------------------------------------ the line


@pytest.mark.parametrize("where", ["before", "sent", "after"])
def test_a_commit_whose_line_breaks_is_done_or_not_and_told_so(
    office: Database, line: CutLine, own_server: PostgresServer, name: str, where: Where
) -> None:
    line.at_commit(where)
    if where == "before":
        assert refused(office, "now").code == "server_lost"
    else:
        with suppress(StorageProblem):  # sent and unheard of: it may have come too late
            put(office, "now")
        assert where == "sent" or "now" in read(office)
    assert line.struck.is_set()
    there = "now" in read(office)
    assert numbers_given(own_server, name) == there
    put(office, "next")
    assert numbers_given(own_server, name) == there + 1
    assert {"before", "next"} <= read(office).keys()


def test_a_commit_that_was_told_as_failed_can_not_come_through_later(
    office: Database, line: CutLine, own_server: PostgresServer, name: str
) -> None:
    """The server's end of the broken line is still open, holding every other seat up: it is ended there."""
    line.at_commit("before")
    refused(office, "now")
    (waiting,) = own_server.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state = 'idle in transaction'", (name,)
    )
    assert waiting == (0,)


def test_where_nobody_can_be_asked_the_outcome_is_told_as_unknown(
    office: Database, line: CutLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_KNOW_WITHIN", 0.0)
    line.at_commit("after", then_cut=True)
    told = refused(office, "now")
    assert told.code == "outcome_unknown"
    assert told.remedy is not None and "先看" in told.remedy
    line.mend()
    assert "now" in read(office)


def test_a_server_that_crashed_as_it_committed_is_asked_once_it_is_back(
    office: Database, line: CutLine, own_server: PostgresServer, name: str
) -> None:
    """Its numbers of transactions begin again where its disk left off: the line's own mark tells."""
    own_server.execute("SELECT pg_switch_wal()")
    line.at_commit("before", then_cut=True)
    told: list[str] = []

    def act() -> None:
        with suppress(StorageProblem):
            put(office, "now")
            told.append("done")
        told.append("over")

    acting = threading.Thread(target=act)
    acting.start()
    assert line.struck.wait(PATIENCE)
    own_server.kill()
    own_server.restart()
    for other in range(5):  # other seats, whose transactions bear the numbers that are free again
        own_server.execute(f"INSERT INTO liuyan.settings VALUES ('other{other}', '1')", database=name)
    line.mend()
    acting.join()
    assert told == ["over"]
    assert "now" not in read(office)


@pytest.mark.parametrize("broken", ["reset", "half_close"])
def test_a_line_that_was_lost_while_nobody_spoke_is_made_anew_unseen(
    office: Database, line: CutLine, broken: str
) -> None:
    getattr(line, broken)()
    put(office, "now")
    getattr(line, broken)()
    assert "now" in read(office)


def test_a_line_lost_in_the_midst_leaves_nothing(office: Database, line: CutLine) -> None:
    with pytest.raises(StorageProblem) as told, office.change() as work:
        work.settings.put("half", "1")
        line.reset()
        work.settings.put("other half", "1")
    assert told.value.code == "server_lost"
    assert read(office).keys() == {"before"}


def test_what_a_broken_line_had_begun_holds_nobody_up_once_its_seat_is_back(
    office: Database, line: CutLine, own_server: PostgresServer, name: str
) -> None:
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state = 'idle in transaction'"
    with pytest.raises(StorageProblem), office.change() as work:
        work.settings.put("half", "1")
        line.half_close()  # the server's end is not told
        work.settings.put("other half", "1")
    assert own_server.execute(asked, (name,)) == [(1,)]
    assert read(office).keys() == {"before"}
    until(lambda: own_server.execute(asked, (name,)) == [(0,)])


def test_a_seat_whose_new_line_must_wait_its_turn_too_can_go_on(
    office: Database, line: CutLine, own_server: PostgresServer, name: str
) -> None:
    put(office, "first")
    with own_server.connect(name) as other:
        other.execute(f"SELECT pg_advisory_lock({ONE_WRITER})")
        line.reset()
        with pytest.raises(StorageProblem) as told, office.change(patience=0.05):
            pass
        assert told.value.code == "locked"
    put(office, "then")


def test_nobody_gets_through_and_then_they_do(office: Database, line: CutLine) -> None:
    line.cut()
    assert refused(office, "a").code == "server_lost"
    assert refused(office, "b").code == "server_lost"
    line.mend()
    put(office, "c")
    assert read(office).keys() == {"before", "c"}


def test_a_line_that_hangs_is_broken_from_another_thread(office: Database, line: CutLine) -> None:
    told: list[str] = []

    def act() -> None:
        try:
            with office.change() as work:
                work.settings.put("now", "1")
                line.hang()
                work.settings.all()
        except StorageProblem as problem:
            told.append(problem.code)

    acting = threading.Thread(target=act)
    acting.start()
    until(lambda: line._state == "hangs")
    place = office._place
    assert isinstance(place, ServerPlace)
    while acting.is_alive():
        place.break_lines()
        acting.join(0.05)
    assert told == ["server_lost"]
    line.mend()
    assert read(office).keys() == {"before"}


def test_who_leaves_waits_for_nobody(office: Database, line: CutLine) -> None:
    line.at_commit("after", then_cut=True)
    told: list[str] = []

    def act() -> None:
        told.append(refused(office, "now").code)

    acting = threading.Thread(target=act)
    acting.start()
    assert line.struck.wait(PATIENCE)
    office.leave()
    acting.join(PATIENCE)
    assert told == ["outcome_unknown"]
    assert refused(office, "then").code == "server_lost"


# ------------------------------------------------------------------ the server


@pytest.mark.parametrize("how", ["fast", "immediate", "kill"])
def test_a_server_that_was_started_again_is_used_again(
    office: Database, own_server: PostgresServer, how: str
) -> None:
    put(office, "acknowledged")
    with pytest.raises(StorageProblem) as told, office.change() as work:
        work.settings.put("half", "1")
        own_server.kill() if how == "kill" else own_server.stop(immediate=how == "immediate")
        work.settings.put("other half", "1")
    assert told.value.code == "server_lost"
    assert refused(office, "while it is away").code == "server_lost"
    own_server.restart()
    put(office, "after")
    assert read(office).keys() == {"before", "acknowledged", "after"}


def test_one_process_of_the_server_dies_and_all_begin_anew(
    office: Database, own_server: PostgresServer, name: str
) -> None:
    put(office, "acknowledged")
    ((backend,),) = own_server.execute(
        "SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name LIKE 'liuyan%%'", (name,)
    )
    os.kill(backend, signal.SIGKILL)
    until(lambda: _comes_through(office))
    assert read(office).keys() == {"before", "acknowledged", "through"}


def _comes_through(office: Database) -> bool:
    try:
        put(office, "through")
    except StorageProblem as problem:
        assert problem.code == "server_lost"
        return False
    return True


def test_a_seat_that_was_cut_off_by_the_server_for_idling_is_told(
    office: Database, own_server: PostgresServer, name: str
) -> None:
    with pytest.raises(StorageProblem) as told, office.change() as work:
        work._connection.exec_driver_sql("SET idle_in_transaction_session_timeout = 1")
        work.settings.put("half", "1")
        until(lambda: _lines(own_server, name) == 0)
        work.settings.put("other half", "1")
    assert told.value.code == "server_lost"
    assert read(office).keys() == {"before"}


def _lines(server: PostgresServer, name: str) -> int:
    ((count,),) = server.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND application_name LIKE 'liuyan%%'",
        (name,),
    )
    return int(count)


def test_another_seat_that_writes_long_is_waited_for_only_so_long(
    office: Database, own_server: PostgresServer, name: str
) -> None:
    with own_server.connect(name) as other:
        other.execute(f"SELECT pg_advisory_lock({ONE_WRITER})")
        with pytest.raises(StorageProblem) as told, office.change(patience=0.05):
            pass
        assert told.value.code == "locked"
        assert read(office).keys() == {"before"}, "looking needs no turn"
    put(office, "then")


def test_no_line_is_free(office: Database, own_server: PostgresServer) -> None:
    put(office, "before")
    own_server.execute(f"ALTER ROLE {ACCOUNT} CONNECTION LIMIT 1")
    try:
        put(office, "who is in goes on")
        with pytest.raises(StorageProblem) as told:
            open_database(office.folder, KEY)
        assert told.value.code == "server_busy"
    finally:
        own_server.execute(f"ALTER ROLE {ACCOUNT} CONNECTION LIMIT -1")


def test_the_account_was_shut_out(office: Database, own_server: PostgresServer) -> None:
    put(office, "before")
    own_server.execute(f"ALTER ROLE {ACCOUNT} NOLOGIN")
    try:
        put(office, "who is in goes on")
        with pytest.raises(StorageProblem) as told:
            open_database(office.folder, KEY)
        assert told.value.code == "server_refused"
    finally:
        own_server.execute(f"ALTER ROLE {ACCOUNT} LOGIN")


def test_the_password_was_changed(tmp_path: Path) -> None:
    with PostgresServer.start(network=True) as guarded:
        guarded.make_database("office")
        address = ServerAddress.of(guarded.url("office", over_network=True))
        write_address(tmp_path, address)
        office = create(tmp_path, KEY)
        put(office, "before")
        guarded.execute(f"ALTER ROLE {ACCOUNT} PASSWORD 'another'")
        put(office, "who is in goes on")
        guarded.cut_connections("office", "liuyan")
        assert refused(office, "now").code == "server_refused"
        write_address(tmp_path, address.with_account(ACCOUNT, "another"))
        again = open_database(tmp_path, KEY)
        assert read(again).keys() == {"before", "who is in goes on"}
        again.close()
        office.close()


def test_the_database_is_gone(office: Database, own_server: PostgresServer, name: str) -> None:
    own_server.drop_database(name)
    assert refused(office, "now").code == "no_office"


def test_the_schema_is_gone(office: Database, own_server: PostgresServer, name: str) -> None:
    own_server.execute("DROP SCHEMA liuyan CASCADE", database=name)
    with pytest.raises(StorageProblem) as told:
        open_database(office.folder, KEY)
    assert told.value.code == "no_office"


def test_a_server_that_only_reads_is_told_and_read(
    office: Database, own_server: PostgresServer, name: str
) -> None:
    own_server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    own_server.cut_connections(name)
    assert refused(office, "now").code == "read_only"
    assert read(office).keys() == {"before"}


def test_a_standby_is_told_and_read(office: Database, own_server: PostgresServer) -> None:
    own_server.stop()
    signal_file = own_server.folder / "data" / "standby.signal"
    signal_file.touch()
    own_server._hand_over(signal_file)
    try:
        own_server.restart()
        assert refused(office, "now").code == "read_only"
        assert read(office).keys() == {"before"}
    finally:
        own_server.stop()
        signal_file.unlink()
        own_server.restart()
    put(office, "now")


def test_the_servers_disk_is_full(office: Database, own_server: PostgresServer, name: str) -> None:
    with _SmallDisk(own_server) as disk:
        own_server.execute(f"CREATE TABLESPACE small LOCATION '{disk.within}'")
        try:
            own_server.cut_connections(name)
            own_server.execute(f"ALTER DATABASE {name} SET TABLESPACE small")
            put(office, "before it was full")
            with pytest.raises(StorageProblem) as told:
                for count in range(10_000):
                    put(office, f"{count}", os.urandom(1_000_000).hex())
            assert told.value.code == "disk_full"
            kept = read(office).keys() - {"before", "before it was full"}
            assert kept == {f"{count}" for count in range(len(kept))}, (
                "each whole, and the last one not at all"
            )
            assert numbers_given(own_server, name) == len(kept) + 1
            disk.enlarge()
            put(office, "after", os.urandom(1_000_000).hex())
        finally:
            own_server.drop_database(name)
            own_server.execute("DROP TABLESPACE small")


class _SmallDisk:
    """A file system of a few megabytes, for root; `within` is a folder on it, owned by whom the server runs as."""

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._folder = server.folder / "small"
        self.within = self._folder / "data"

    def __enter__(self) -> _SmallDisk:
        self._folder.mkdir()
        if self._mount("size=30m") != 0:
            pytest.skip("only root may mount a small disk")
        self.within.mkdir()
        self._server._hand_over(self.within)
        return self

    def enlarge(self) -> None:
        assert self._mount("remount,size=60m") == 0

    def _mount(self, asked: str) -> int:
        words = ["mount", "-t", "tmpfs", "-o", asked, "tmpfs", str(self._folder)]
        return subprocess.run(words, capture_output=True, check=False).returncode

    def __exit__(self, *raised: object) -> None:
        # Lazily: the server writes behind, and may keep a file of it open until it next looks.
        subprocess.run(["umount", "--lazy", self._folder], check=True)


def test_the_keeper_may_end_a_connection_in_the_midst(
    office: Database, own_server: PostgresServer, name: str
) -> None:
    with pytest.raises(StorageProblem) as told, office.change() as work:
        work.settings.put("half", "1")
        assert own_server.cut_connections(name, "liuyan%") == 1
        work.settings.put("other half", "1")
    assert told.value.code == "server_lost"
    assert read(office).keys() == {"before"}
