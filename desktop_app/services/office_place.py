"""Where an office is: in a folder of this machine, or on a server to which a folder of this seat points."""

from __future__ import annotations

from pathlib import Path

from desktop_app.storage import server_address

_FILE = "office.db"


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


def is_on_server(folder: Path) -> bool:
    """Whether the folder points to a server. StorageProblem ``damaged`` where it can't be read."""
    return server_address.read_address(folder) is not None


def holds_office(folder: Path) -> bool:
    """Whether one can log in there; a server is not asked, for that may take long."""
    return (folder / _FILE).exists() or (folder / server_address.SERVER_FILE).exists()


def connect(folder: Path, url: str) -> bool:
    """Points a seat's folder to a server, once that has answered; returns whether there is an office there already.

    BadData ``bad_address``; StorageProblem ``server_lost``, ``server_refused``, ``no_office`` (no such database).
    """
    from desktop_app.storage import server_office

    address = server_address.ServerAddress.of(url)
    there = server_office.exists(address)
    server_address.write_address(folder, address)
    return there
