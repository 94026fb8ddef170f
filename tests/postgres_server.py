"""A PostgreSQL server of the tests' own: a real one, in a temporary folder, gone when they end.

It listens on a socket in that folder, and with `network` on 127.0.0.1 as well, there only with TLS and passwords.
What a killed run left behind, its server still running, is swept away when the next server is made.

    with PostgresServer.start() as server:
        url = server.make_database("office")     # postgresql+psycopg://liuyan@/office?host=…
        server.kill()                            # as the power does
        server.restart()
"""

from __future__ import annotations

import atexit
import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from tests.engines import NoServer

ACCOUNT = "liuyan"
"""Owns the databases that are made, and may do nothing else: what an office's account may be expected to be."""

PASSWORD = "jie-dao-ban-shi-chu"
"""Of ACCOUNT and KEEPER, asked for over the network alone."""

KEEPER = "keeper"
"""The server's own administrator."""

_PROGRAMS = ("initdb", "pg_ctl", "postgres")
_PREFIX = "lypg-"
_LONGEST_FOLDER = 60
"""Bytes: the path of a socket may have 107, and its name takes some."""
_LOCK = "owner.lock"
_PATIENCE = 60
"""Seconds for a server to start or stop on a busy machine."""
_UNPRIVILEGED = ("postgres", "nobody")

# Nothing has to outlive the machine here, and several servers share two cores.
_QUICK = """
fsync = off
synchronous_commit = off
full_page_writes = off
"""
_SETTINGS = """
listen_addresses = '{addresses}'
port = {port}
unix_socket_directories = '{folder}'
unix_socket_permissions = 0777
shared_buffers = 16MB
max_connections = 100
max_wal_size = 256MB
autovacuum = off
log_line_prefix = '%m [%p] %a '
timezone = 'Asia/Shanghai'
lc_messages = 'C'
"""
_ACCESS = """
local   all all               trust
hostssl all all 127.0.0.1/32  scram-sha-256
"""


@dataclass(frozen=True, slots=True)
class _Programs:
    folder: Path
    user: str | None
    """Whom the server runs as, where it is not ourselves: it refuses to run as root."""

    def run(self, name: str, *words: str | Path, check: bool = True) -> int:
        """Runs it to its end; what it printed is raised where it failed."""
        done = subprocess.run(
            [self.folder / name, *words],
            user=self.user,
            group=pwd.getpwnam(self.user).pw_gid if self.user else None,
            extra_groups=[] if self.user else None,
            cwd="/",
            stdin=subprocess.DEVNULL,
            # A file: the server would keep a pipe open, and the reading of it would never end.
            stdout=(said := tempfile.TemporaryFile()),  # noqa: SIM115
            stderr=subprocess.STDOUT,
            check=False,
        )
        with said:
            if check and done.returncode != 0:
                said.seek(0)
                raise RuntimeError(f"{name}: {said.read().decode(errors='replace')}")
        return done.returncode


@lru_cache(1)
def programs() -> _Programs:
    """The newest server on this machine. Raises NoServer."""
    beside = [Path(found).resolve().parent] if (found := shutil.which("postgres")) else []
    folders = [*beside, *Path("/usr/lib/postgresql").glob("*/bin")]
    whole = [one for one in folders if all((one / name).is_file() for name in _PROGRAMS)]
    if not whole:
        raise NoServer(
            "本机没有 PostgreSQL 服务器程序（Debian 软件包 postgresql），没有在服务器上再测一遍存储和业务。"
        )
    user = None
    if os.geteuid() == 0:
        user = next((name for name in _UNPRIVILEGED if _is_known(name)), None)
        if user is None:
            raise NoServer("PostgreSQL 不能由 root 运行，本机也没有别的用户可用，没有在服务器上再测一遍。")
    return _Programs(max(whole, key=_version), user)


def _version(folder: Path) -> tuple[int, ...]:
    told = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    number = told.split(")")[1].split()[0]
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def _is_known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


class PostgresServer:
    """A running server. `start` makes one; used as a context, or closed at the end of the process."""

    def __init__(self, folder: Path, port: int, network: bool) -> None:
        self.folder = folder
        self.port = port
        self.network = network
        self._owner = os.getpid()
        self._lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    @classmethod
    def start(cls, *, durable: bool = False, network: bool = False) -> PostgresServer:
        """A new, empty server. `durable`: with fsync, as in an office. Raises NoServer."""
        there = programs()
        parent = _parent()
        _sweep(parent)
        server = cls(
            Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent)), _free_port() if network else 5432, network
        )
        atexit.register(server.close)
        server._hand_over(server.folder)
        data = server.folder / "data"
        there.run(
            "initdb",
            *("-D", data, "-A", "trust", "-U", KEEPER),
            *("--locale=C", "--encoding=UTF8", "--no-sync", "--no-instructions"),
        )
        settings = _SETTINGS.format(
            addresses="127.0.0.1" if network else "", port=server.port, folder=server.folder
        )
        settings += "" if durable else _QUICK
        if network:
            settings += server._certified()
        with (data / "postgresql.conf").open("a") as lines:
            lines.write(settings)
        (data / "pg_hba.conf").write_text(_ACCESS)
        server.restart()
        server.execute(f"CREATE ROLE {ACCOUNT} LOGIN PASSWORD '{PASSWORD}'")
        server.execute(f"ALTER ROLE {KEEPER} PASSWORD '{PASSWORD}'")
        return server

    # ------------------------------------------------------------------ reaching it

    def url(self, database: str, account: str = ACCOUNT, over_network: bool = False) -> str:
        """The address of a database: by the socket, or by TLS with the certificate proved and PASSWORD given."""
        if not over_network:
            asked = {"host": str(self.folder), "port": str(self.port)}
            return f"postgresql+psycopg://{quote(account)}@/{quote(database)}?{urlencode(asked, safe='/')}"
        asked = {"sslmode": "verify-full", "sslrootcert": str(self.authority)}
        return (
            f"postgresql+psycopg://{quote(account)}:{quote(PASSWORD)}@127.0.0.1:{self.port}/{quote(database)}"
            f"?{urlencode(asked, safe='/')}"
        )

    @property
    def authority(self) -> Path:
        """The certificate that a client knows the server by; with `network` only."""
        return self.folder / "root.crt"

    def connect(self, database: str = "postgres", account: str = KEEPER) -> psycopg.Connection[Any]:
        """A connection of its own, each statement committed at once; as the administrator, if nobody is named."""
        return psycopg.connect(
            host=str(self.folder), port=self.port, dbname=database, user=account, autocommit=True
        )

    def execute(
        self, statement: str | sql.Composed, given: Sequence[Any] = (), database: str = "postgres"
    ) -> list[tuple[Any, ...]]:
        """Runs one statement as the administrator; returns its rows."""
        with self.connect(database) as connection:
            done = connection.execute(statement, given or None)  # type: ignore[arg-type]
            return done.fetchall() if done.description else []

    def make_database(self, name: str, template: str = "template0") -> str:
        """A new database, a copy of `template`, with whom nobody may be connected; returns its `url`."""
        made = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY file_copy")
        self.execute(made.format(*map(sql.Identifier, (name, ACCOUNT, template))))
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Gone, whoever is connected."""
        self.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def cut_connections(self, database: str, application: str = "%") -> int:
        """Ends them at the server's side, as an administrator may; returns how many."""
        ended = self.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE datname = %s AND application_name LIKE %s AND pid <> pg_backend_pid()",
            (database, application),
        )
        return len(ended)

    # ------------------------------------------------------------------ its fate

    def stop(self, immediate: bool = False) -> None:
        """Stopped: cleanly, everybody's connections ended, or `immediate` as after a crash."""
        self._control("stop", "-m", "immediate" if immediate else "fast")

    def kill(self) -> None:
        """SIGKILL to the server and all its processes at once, as when the power goes."""
        server = self.pid
        assert server is not None, "it is not running"
        # Stopped first, so that it cannot start another while its children are counted.
        os.kill(server, signal.SIGSTOP)
        for one in (*_children(server), server):
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        _wait_until(lambda: not _runs(server))

    def restart(self) -> None:
        """Started, after a stop or a kill: it recovers what it had acknowledged."""
        self._control("start", "-l", str(self.folder / "data" / "server.log"))

    def pause(self) -> None:
        """Not dead, and not answering: neither whoever comes, nor who is there."""
        assert self.pid is not None, "it is not running"
        for one in (self.pid, *_children(self.pid)):
            os.kill(one, signal.SIGSTOP)

    def resume(self) -> None:
        """Goes on after a `pause`."""
        assert self.pid is not None, "it is not running"
        for one in (*_children(self.pid), self.pid):
            os.kill(one, signal.SIGCONT)

    @property
    def pid(self) -> int | None:
        """The server's own process; None where it is not running."""
        return _pid_of(self.folder)

    @property
    def log(self) -> str:
        """What it has had to say so far."""
        return (self.folder / "data" / "server.log").read_text(errors="replace")

    def close(self) -> None:
        """Stopped and removed, once; a child that was forked from its owner leaves it alone."""
        if self._lock >= 0 and os.getpid() == self._owner:
            atexit.unregister(self.close)
            _remove(self.folder)
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> PostgresServer:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    def _control(self, what: str, *words: str) -> None:
        programs().run("pg_ctl", what, "-D", self.folder / "data", "-w", "-s", "-t", str(_PATIENCE), *words)

    def _hand_over(self, path: Path) -> None:
        user = programs().user
        if user is not None:
            known = pwd.getpwnam(user)
            os.chown(path, known.pw_uid, known.pw_gid)

    def _certified(self) -> str:
        """Makes the server's certificate and the authority that vouches for it; returns the settings for them."""
        from tests.server_certificate import make_certificates

        made = make_certificates()
        self.authority.write_bytes(made.authority)
        for name, content in (("server.crt", made.certificate), ("server.key", made.key)):
            file = self.folder / name
            file.touch(0o600)
            file.write_bytes(content)
            self._hand_over(file)
        return f"ssl = on\nssl_cert_file = '{self.folder}/server.crt'\nssl_key_file = '{self.folder}/server.key'\n"


def _parent() -> Path:
    chosen = Path(tempfile.gettempdir())
    return chosen if len(os.fsencode(chosen)) + len(_PREFIX) + 10 <= _LONGEST_FOLDER else Path("/tmp")


def _sweep(parent: Path) -> None:
    """Removes the servers whose owners have ended without doing so."""
    for lock_file in parent.glob(f"{_PREFIX}*/{_LOCK}"):
        try:
            lock = os.open(lock_file, os.O_RDWR)
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(lock_file.parent)
        except OSError:
            continue  # its owner lives, or it is somebody else's
        finally:
            os.close(lock)


def _remove(folder: Path) -> None:
    if _pid_of(folder) is not None:
        programs().run("pg_ctl", "stop", "-D", folder / "data", "-w", "-s", "-m", "immediate", check=False)
    shutil.rmtree(folder, ignore_errors=True)


def _pid_of(folder: Path) -> int | None:
    try:
        pid = int((folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if _runs(pid) else None


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _wait_until(holds: Any) -> None:
    until = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > until:
            raise TimeoutError("the server does not end")
        time.sleep(0.01)
