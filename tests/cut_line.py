"""A line to a PostgreSQL server that can be cut: a small proxy on the loopback, in front of the server's socket.

with CutLine(server) as line:
    address = line.address("office")     # as PostgresServer.url, over this line
    line.cut()                           # everybody's connection is reset, nobody gets through
    line.mend()
    line.hang()                          # nothing passes, and nothing says so
    line.at_commit("after")              # the next COMMIT is answered, and the answer is lost
"""

from __future__ import annotations

import selectors
import socket
import struct
import threading
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

from tests.postgres_server import ACCOUNT, PostgresServer

Where = Literal["before", "sent", "after"]
"""Cut as a COMMIT comes along: it is dropped; or passed on; or passed on, and the server has answered.

The server's end of a line that was cut so stays open, as it does where a network breaks: it does not know.
"""

_COMMIT = b"; COMMIT\x00"
"""As a change ends; where nothing was changed the word stands alone."""
_ALL = 65536


@dataclass(eq=False)
class _Link:
    client: socket.socket
    server: socket.socket
    struck: bool = False
    """A COMMIT has passed, and the line is cut with the server's answer."""


class CutLine:
    """Passes on what clients and the server say, until told otherwise. Used as a context."""

    def __init__(self, server: PostgresServer) -> None:
        self._target = f"{server.folder}/.s.PGSQL.{server.port}"
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.setblocking(False)
        self._waker, self._woken = socket.socketpair()
        self._guard = threading.RLock()
        self._links: set[_Link] = set()
        self._half_open: list[socket.socket] = []
        self._state: Literal["whole", "cut", "hangs", "closed"] = "whole"
        self._strike: Where | None = None
        self.struck = threading.Event()
        """Set once a COMMIT was met as `at_commit` said."""
        self._stale = False
        self._then_cut = False
        self._thread = threading.Thread(target=self._run, name="cut-line", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._door.getsockname()[1])

    def address(self, database: str) -> str:
        """Of a database, by this line."""
        return f"postgresql+psycopg://{quote(ACCOUNT)}@127.0.0.1:{self.port}/{quote(database)}"

    @property
    def links(self) -> int:
        """How many connections pass here now."""
        with self._guard:
            return len(self._links)

    # ------------------------------------------------------------------ its fate

    def cut(self) -> None:
        """Every connection is reset at both ends, and new ones are turned away."""
        with self._guard:
            self._state = "cut"
            for link in list(self._links):
                self._end(link)
        self._wake()

    def reset(self) -> None:
        """Every connection is reset; new ones come through."""
        self.cut()
        self.mend()

    def hang(self) -> None:
        """Nothing passes in either direction; whoever comes is let in and hears nothing."""
        with self._guard:
            self._state = "hangs"
        self._wake()

    def mend(self) -> None:
        """Whole again; what hung goes on."""
        with self._guard:
            self._state = "whole"
        self._wake()

    def half_close(self) -> None:
        """The server's side says that it has ended, in good order, to every client; new ones come through."""
        with self._guard:
            for link in list(self._links):
                link.client.shutdown(socket.SHUT_WR)
                self._links.discard(link)
                self._half_open += [link.client, link.server]
        self._wake()

    def at_commit(self, where: Where, then_cut: bool = False) -> None:
        """The next COMMIT meets its fate; `then_cut`: nobody gets through afterwards either, until `mend`."""
        with self._guard:
            self._strike, self._then_cut = where, then_cut
            self.struck.clear()

    def close(self) -> None:
        with self._guard:
            self._state = "closed"
        self._wake()
        self._thread.join()
        for one in (self._door, self._waker, self._woken, *self._half_open):
            one.close()

    def __enter__(self) -> CutLine:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()

    # ------------------------------------------------------------------ the thread

    def _wake(self) -> None:
        self._waker.send(b"!")

    def _run(self) -> None:
        while self._state != "closed":
            with selectors.DefaultSelector() as watched:
                for one, link in self._to_watch():
                    watched.register(one, selectors.EVENT_READ, link)
                self._stale = False
                while not self._stale and self._state != "closed":
                    found = [(key.fileobj, key.data) for key, _ in watched.select()]
                    with self._guard:
                        for one, link in found:
                            self._serve(one, link)
        for link in list(self._links):
            self._end(link)

    def _to_watch(self) -> list[tuple[socket.socket, _Link | None]]:
        with self._guard:
            passing = list(self._links) if self._state == "whole" else []
            ends = [(one, link) for link in passing for one in (link.client, link.server)]
            return [(self._door, None), (self._woken, None), *ends]

    def _serve(self, one: object, link: _Link | None) -> None:
        if one is self._woken:
            self._woken.recv(_ALL)
            self._stale = True
        elif one is self._door:
            self._let_in()
            self._stale = True
        elif link in self._links and self._state == "whole" and isinstance(one, socket.socket):
            try:
                self._pass_on(link, one)
            except OSError:
                self._end(link)

    def _let_in(self) -> None:
        client, _ = self._door.accept()
        if self._state == "cut":
            _reset(client)
            return
        server = socket.socket(socket.AF_UNIX)
        try:
            server.connect(self._target)
        except OSError:
            _reset(client)
            server.close()
            return
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._links.add(_Link(client, server))

    def _pass_on(self, link: _Link, one: socket.socket) -> None:
        said = one.recv(_ALL)
        if not said:
            self._end(link)
        elif one is link.server:
            if link.struck:
                self._break(link)
            else:
                link.client.sendall(said)
        elif self._strike is not None and _COMMIT in said:
            self._meet(link, said)
        else:
            link.server.sendall(said)

    def _meet(self, link: _Link, said: bytes) -> None:
        """A COMMIT, as it comes along."""
        where, self._strike = self._strike, None
        if where != "before":
            link.server.sendall(said)
        if where == "after":
            link.struck = True
        else:
            self._break(link)

    def _break(self, link: _Link) -> None:
        """The client's end is reset, and the server's left as it is."""
        self._stale = True
        self._links.discard(link)
        _reset(link.client)
        self._half_open.append(link.server)
        if self._then_cut:
            self.cut()
        self.struck.set()

    def _end(self, link: _Link) -> None:
        self._stale = True
        self._links.discard(link)
        _reset(link.client)
        link.server.close()


def _reset(client: socket.socket) -> None:
    """As a firewall does it: with a reset, not in good order."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
