"""Where an office is: in a folder of this machine, or on a server to which a folder of this seat points."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import quote

from desktop_app.errors import StorageProblem
from desktop_app.storage import server_address
from desktop_app.storage.server_address import ServerAddress

if TYPE_CHECKING:
    from desktop_app.storage.keyring import Login

_FILE = "office.db"
_SHOWN = frozenset(("host", "port", "sslrootcert"))


@dataclass(frozen=True, slots=True)
class ServerFields:
    """The address of a server as a person fills it in; `server` may bear a port, or be the folder of a socket."""

    server: str = ""
    database_name: str = ""
    user: str = ""
    password: str = ""
    certificate: str = ""
    """File with the certificate of the authority that vouches for the server; empty for the system's own."""
    more: tuple[tuple[str, str], ...] = ()
    """What else a whole address said, such as sslmode."""


def folder_of(place: str) -> Path:
    """The folder for what a user names: a folder, or the address of a server, to which the seat's folder points then.

    BadData ``bad_address``.
    """
    return server_address.settle_seat(place) if is_address(place) else Path(place)


def is_address(place: str) -> bool:
    """Whether the address of a server is meant."""
    return "://" in place


def shown(folder: Path) -> str:
    """What is told to a user of where the office is: the folder, or the server's address without the password."""
    address = server_address.read_address(folder)
    return str(folder) if address is None else address.url


def shown_address(url: str) -> str:
    """What is told of a server before anything is done there. BadData ``bad_address``."""
    return ServerAddress.of(url).shown


def where(folder: Path) -> str:
    """The same within a sentence: ``数据在……``."""
    address = server_address.read_address(folder)
    return str(folder) if address is None else address.shown


def is_on_server(folder: Path) -> bool:
    """Whether the folder points to a server. StorageProblem ``damaged`` where it can't be read."""
    return server_address.read_address(folder) is not None


def refuse_on_server(folder: Path, what: str, instead: str) -> None:
    """StorageProblem ``server_office``: `what` is about an office's file, and there is none; `instead` says what to do."""
    address = server_address.read_address(folder)
    if address is not None:
        raise StorageProblem("server_office", f"数据在{address.shown}里，{what}。没有改动任何数据。", instead)


def holds_office(folder: Path) -> bool:
    """Whether one can log in there; a server is not asked, for that may take long."""
    return (folder / _FILE).exists() or (folder / server_address.SERVER_FILE).exists()


def known_server(folder: Path) -> ServerFields:
    """The server that a folder points to, to be shown for correction; the password stays out of sight."""
    address = server_address.read_address(folder)
    return ServerFields() if address is None else _fields(address)


def fields_of(url: str) -> ServerFields:
    """A whole address, as the person who runs the server gives it. BadData ``bad_address``."""
    return _fields(ServerAddress.of(url), with_password=True)


def fields_in(file: Path, folder: Path) -> ServerFields:
    """The address that another seat has put into a file, to be used by the seat of `folder`; the certificate that came
    with it is kept there. BadData ``bad_address``."""
    return _fields(server_address.read_carried(file, folder), with_password=True)


def connect(folder: Path, given: ServerFields) -> bool:
    """Points a seat's folder to a server, once that has answered; returns whether there is an office there already.

    An empty password stays the one known. BadData ``bad_address``; StorageProblem ``server_lost``, ``server_refused``,
    ``no_office`` (no such database).
    """
    from desktop_app.storage import server_office

    known = server_address.read_address(folder)
    address = _address(given, known)
    try:
        there = server_office.exists(address)
    except StorageProblem as problem:
        if problem.code != "server_lost":
            raise
        raise StorageProblem(
            problem.code,
            f"连不上 {given.server}：那里没有服务器应答。",
            "请核对地址和端口，看网线是否接好；都对的，请服务器管理员看服务器是否开着、防火墙是否放行。",
        ) from problem
    server_address.write_address(folder, address)
    return there


def go_by_the_door(folder: Path, door: Login) -> str:
    """From now on this seat reaches the office by its door, as every other; the address for those, with its password."""
    address = server_address.read_address(folder)
    assert address is not None, "only a server has a door"
    address = address.with_account(door.account, door.password)
    server_address.write_address(folder, address)
    return address.url_with_password


def _fields(address: ServerAddress, with_password: bool = False) -> ServerFields:
    host, port = address.parameters.get("host", ""), address.parameters.get("port", "")
    server = f"{host}:{port}" if port and not host.startswith("/") else host
    password = address.password if with_password else ""
    # A port beside the folder of a socket has no place of its own in a field.
    shown = _SHOWN - {"port"} if host.startswith("/") else _SHOWN
    more = tuple((name, value) for name, value in address.parameters.items() if name not in shown)
    return ServerFields(
        server, address.database, address.user, password, address.parameters.get("sslrootcert", ""), more
    )


def _address(given: ServerFields, known: ServerAddress | None) -> ServerAddress:
    place = given.server if not given.server.startswith("/") else ""
    address = ServerAddress.of(f"{server_address.SCHEME}://{place}/{quote(given.database_name, safe='')}")
    # What no field shows stays as it was given in a whole address.
    more = {name: value for name, value in given.more if name != "port" or given.server.startswith("/")}
    parameters = {**more, **address.parameters}
    if given.server.startswith("/"):
        parameters["host"] = given.server
    if given.certificate:
        parameters["sslrootcert"] = given.certificate
    password = given.password
    if (
        not password
        and known is not None
        and (known.user, known.database) == (given.user, given.database_name)
    ):
        password = known.password
    return ServerAddress(address.database, given.user, password, MappingProxyType(parameters))
