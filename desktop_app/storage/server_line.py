"""One line to the office's database on a server, by the driver alone: what is asked before anybody has logged in needs
no SQLAlchemy, and a file's office needs no driver."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg

from desktop_app.storage.faults import as_problem

if TYPE_CHECKING:
    from desktop_app.storage.server_address import ServerAddress

# Of a line that breaks in the midst of a batch it tells on standard error, in English; we raise it as StorageProblem.
logging.getLogger("psycopg").setLevel(logging.ERROR)

SCHEMA = "liuyan"
"""Of all tables of an office; a database holds one office."""

_WAIT_SECONDS = 10.0
"""For any lock but the turn to write, which is waited for longer (`server_turn`)."""
_CONNECT_SECONDS = 10

_STEADY = {
    # A cut line is noticed within half a minute, where the system's own patience is hours.
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "25000",
    "connect_timeout": str(_CONNECT_SECONDS),
}
_SETTINGS = {
    "search_path": SCHEMA,
    "client_encoding": "UTF8",
    "lock_timeout": f"{round(_WAIT_SECONDS * 1000)}",
    # A seat that was switched off in the midst of a change holds nobody up for longer than this.
    "idle_in_transaction_session_timeout": "60000",
    # Nor one that lost its power, which says nothing; over a network only.
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "standard_conforming_strings": "on",
    # What is asked is short and by an index, of a disk without arms, of values that differ from one time to the next.
    "random_page_cost": "1.1",
    "jit": "off",
    "plan_cache_mode": "force_custom_plan",
    # A page is read piece after piece, in order and no further than needed: helpers would read them side by side.
    "max_parallel_workers_per_gather": "0",
    "synchronous_commit": "on",  # an act that was acknowledged is on the server's disk
}


def connect(address: ServerAddress) -> psycopg.Connection[Any]:
    """A driver's connection to the office's database, in no transaction and beginning none by itself.

    Its errors are the driver's own; see `line_faults_told`.
    """
    options = " ".join(f"-c {name}={value}" for name, value in _SETTINGS.items())
    # A number that stands in the address wins over ours.
    given: dict[str, Any] = {**_STEADY, **address.to_driver(), "options": options}
    return psycopg.connect(**given, application_name="liuyan", autocommit=True)


@contextmanager
def line_faults_told() -> Iterator[None]:
    """Raises what server, driver and line complain of inside as StorageProblem; bugs pass as they are."""
    try:
        yield
    except psycopg.Error as error:
        problem = as_problem(error)
        if problem is None:
            raise
        raise problem from error
