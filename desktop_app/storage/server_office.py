"""An office's tables on a server: made, looked at, and brought up to date; the pair of what `database` does for a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg.errors import InvalidSchemaName, UndefinedTable

from desktop_app.errors import StorageProblem
from desktop_app.storage import tables
from desktop_app.storage.server import ServerPlace, server_faults_told
from desktop_app.storage.server_extras import SERVER_EXTRAS
from desktop_app.storage.server_line import SCHEMA, connect

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from desktop_app.storage.server_address import ServerAddress


def create(address: ServerAddress) -> None:
    """Makes an empty office at the newest schema, in one transaction.

    StorageProblem ``office_exists`` where the database holds one, ``server_refused`` where the account may not.
    """
    place = ServerPlace(address)
    try:
        with server_faults_told(), place.connect() as connection:
            begin_empty(place, connection)
            make_tables(connection)
            place.commit(connection)
    finally:
        place.close()


def begin_empty(place: ServerPlace, connection: Connection) -> None:
    """Begins the transaction in which an office comes into the database, which holds none. Raises as `create`."""
    _refuse_other_encodings(connection)
    place.begin_change(connection, None)
    if connection.exec_driver_sql(_HAS_OFFICE).scalar():
        raise StorageProblem(
            "office_exists",
            f"{place.address.shown}里已有一个单位的数据。",
            "请请服务器管理员另建一个数据库，或直接登录已有的数据。",
        )
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")


def drop(address: ServerAddress) -> None:
    """Takes an office away that has arrived and that nobody has entered."""
    place = ServerPlace(address)
    try:
        with server_faults_told(), place.connect() as connection:
            place.begin_change(connection, None, marked=False)
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            place.commit(connection)
    finally:
        place.close()


def make_tables(connection: Connection) -> None:
    """All tables at the newest schema, stamped so."""
    tables.metadata.create_all(connection, checkfirst=False)
    for statement in SERVER_EXTRAS:
        connection.exec_driver_sql(statement)
    connection.execute(tables.schema_version.insert().values(version_num=tables.SCHEMA_VERSION))


def exists(address: ServerAddress) -> bool:
    """Whether the database holds an office. StorageProblem where it can't be reached."""
    with server_faults_told(), connect(address) as driver:
        row = driver.execute(_HAS_OFFICE).fetchone()
        return row is not None and bool(row[0])


def bring_up_to_date(address: ServerAddress, own_tables: bool = True) -> None:
    """Upgrades an older schema in one transaction, alone among all seats.

    StorageProblem ``no_office`` where the database holds none, ``newer_schema`` where a newer program made it,
    ``older_schema`` where the tables belong to another account (not `own_tables`), which has to do it.
    """
    with server_faults_told():
        version = _version(address)
        if version == tables.SCHEMA_VERSION:
            return
        if not own_tables and version < tables.SCHEMA_VERSION:
            raise StorageProblem(
                "older_schema",
                f"{address.shown}是旧版本程序的格式（{version}），升级要用建立单位时的数据库账号。",
                "请服务器管理员用那个账号的地址登录一次本程序，各席位随后就能登录。",
            )
        from desktop_app.storage.migrate import upgrade_server

        upgrade_server(address)


# Asked of the catalogue: the door may not look into the schema itself.
_HAS_OFFICE = (
    "SELECT EXISTS (SELECT 1 FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
    f"WHERE nspname = '{SCHEMA}' AND relname = 'alembic_version')"
)


def _version(address: ServerAddress) -> str:
    try:
        with connect(address) as driver:
            row = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    except (UndefinedTable, InvalidSchemaName) as error:
        raise StorageProblem(
            "no_office",
            f"{address.shown}里还没有单位的数据。",
            "请核对地址，或先用 init 在这个数据库里建立单位数据。",
        ) from error
    return str(row[0]) if row else ""


def _refuse_other_encodings(connection: Connection) -> None:
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    connection.rollback()
    if encoding != "UTF8":
        raise StorageProblem(
            "server_refused",
            f"这个数据库的编码是 {encoding}，存不下全部汉字。",
            "请服务器管理员用 ENCODING 'UTF8' 另建一个数据库。",
        )
