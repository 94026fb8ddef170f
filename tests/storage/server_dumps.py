"""Offices on a server as they were at each schema, told by the server itself.

    python -m tests.storage.server_dumps      # that of today's schema, into schemas/server

It holds what `schemas/<schema>.sql` tells of a file, with the index that the program makes of it there.
"""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import tempfile
from pathlib import Path

from psycopg import Connection

from desktop_app.storage.database import create
from desktop_app.storage.server_address import read_address
from desktop_app.storage.tables import SCHEMA_VERSION
from tests import engines
from tests.postgres_server import ACCOUNT, programs
from tests.storage.earlier_offices import SCHEMAS

DUMPS = SCHEMAS / "server"

_SHAPE = """
SELECT 'column', relname || '.' || attname, format_type(atttypid, atttypmod)
    || CASE WHEN attcollation = 0 THEN '' ELSE ' collate ' || (SELECT collname FROM pg_collation WHERE oid = attcollation) END
    || CASE WHEN attnotnull THEN ' not null' ELSE '' END
    || coalesce(' default ' || pg_get_expr(adbin, adrelid), '')
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE relnamespace = 'liuyan'::regnamespace AND relkind IN ('r', 'S', 'v') AND attnum > 0 AND NOT attisdropped
UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'liuyan'::regnamespace
UNION ALL SELECT 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'liuyan'::regnamespace
UNION ALL SELECT 'trigger', tgrelid::regclass || '.' || tgname, pg_get_triggerdef(pg_trigger.oid)
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = 'liuyan'::regnamespace AND NOT tgisinternal
UNION ALL SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'liuyan'::regnamespace
ORDER BY 1, 2
"""


def shape_of(folder: Path) -> dict[tuple[str, str], str]:
    """Everything of the office's schema on the server but its rows, each by kind and name; brackets left out, of which
    a condition that was told and read again has one pair more or less."""
    address = read_address(folder)
    assert address is not None
    rows = engines.server().execute(_SHAPE, database=address.database)
    return {(kind, name): " ".join(re.sub(r"[()]", " ", told).split()) for kind, name, told in rows}


def put_dump(folder: Path, schema: str) -> None:
    """Makes the office of that folder as it was at that schema."""
    engines.place(folder)
    address = read_address(folder)
    assert address is not None
    told = (DUMPS / f"{schema}.sql").read_text("utf-8")
    with engines.server().connect(address.database, ACCOUNT) as connection:
        connection.execute(told.encode())


def _main() -> None:
    engines.choose(engines.POSTGRESQL)
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = engines.place(Path(name) / "office")
            office = create(folder, secrets.token_bytes(32))
            address = read_address(folder)
            assert address is not None
            with engines.server().connect(address.database, ACCOUNT) as connection:
                _put_rows(connection)
            with office.change() as work:
                work.search.rebuild()
            office.close()
            DUMPS.mkdir(exist_ok=True)
            (DUMPS / f"{SCHEMA_VERSION}.sql").write_text(_dumped(address.database), "utf-8")
    finally:
        engines.close()


def _put_rows(connection: Connection) -> None:
    """What the snapshot of a file says, in the words of a server; its index is another there."""
    connection.execute("SET search_path TO liuyan")
    for line in (SCHEMAS / f"{SCHEMA_VERSION}.sql").read_text("utf-8").splitlines():
        if not line.startswith(("--", "INSERT INTO case_search")):
            spelled = re.sub(r"\bx'([0-9a-f]*)'", r"'\\x\1'", line).replace("char(31)", "chr(31)")
            connection.execute(spelled.encode())


def _dumped(database: str) -> str:
    told = subprocess.run(
        [
            *(programs().folder / "pg_dump", "--host", engines.server().folder, "--username", ACCOUNT),
            *("--schema", "liuyan", "--no-owner", "--no-privileges", "--column-inserts", database),
        ],
        env={**os.environ, "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout
    lines = (line for line in told.splitlines() if line and not line.startswith(("--", "\\", "SET ")))
    head = f"-- What an office on a server held at schema {SCHEMA_VERSION}; all invented. Kept as it was."
    return "\n".join((head, *lines, ""))


if __name__ == "__main__":
    _main()
