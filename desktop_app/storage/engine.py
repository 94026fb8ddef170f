"""SQLCipher itself: how a file is opened, and how its complaints become StorageProblem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

from desktop_app.storage.faults import as_problem

_WAIT_SECONDS = 10.0
_CACHE_KIB = 16_000
"""Decrypted pages a connection may keep: what is warm need not be decrypted again."""


def connect_file(path: Path, key: bytes) -> Any:
    """A driver's connection to the encrypted file, in no transaction. Only its opener may use it at one time."""
    driver = dbapi2.connect(
        str(path),
        timeout=_WAIT_SECONDS,
        isolation_level=None,  # transactions are begun by us: the driver would not roll back DDL
        check_same_thread=False,  # for Database.close alone
        cached_statements=256,
    )
    try:
        # Without this a damaged page floods standard error.
        driver.execute("PRAGMA cipher_log_level = NONE")
        driver.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA synchronous = FULL")
        driver.execute("PRAGMA secure_delete = ON")  # what is disposed of is gone from the pages, too
        driver.execute("PRAGMA temp_store = MEMORY")  # nothing in clear on the disk
        driver.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    except BaseException:
        driver.close()
        raise
    return driver


def make_engine(path: Path, key: bytes) -> Engine:
    """The engine of an office's file. Another kind of database would be opened here."""
    return create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect_file(path, key),
        poolclass=NullPool,  # a thread keeps its own; SQLAlchemy's default here would drop some at random
        hide_parameters=True,  # a citizen's words must not stand in the report of a bug
    )


@contextmanager
def translated() -> Iterator[None]:
    """Raises what the engine and the disk complain of inside as StorageProblem; bugs pass as they are."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as error:
        problem = as_problem(error)
        if problem is None:
            raise
        raise problem from error
