"""What another seat needs to reach an office on a server: the address of the office's door, to be typed or to be carried.

It holds the door's password, and with it the key ring can be read, so that passwords can be tried: not for everybody.
Whenever it leaves this seat the access log says so.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import access, office_place
from desktop_app.storage import server_address

if TYPE_CHECKING:
    from desktop_app.services.session import Session
    from desktop_app.storage.server_address import ServerAddress

KIND = "seat-address"
"""By which the access log names it."""


def is_to_be_had(folder: Path) -> bool:
    """Whether the seat goes by the door, so that it knows an address for others. Where one account of the database
    serves all, or the seat goes by the one that founded the office, that is the server's administrator's to give."""
    address = server_address.read_address(folder)
    return address is not None and address.is_door


def tell(session: Session) -> str:
    """The whole address, password and all. Refusal `not_allowed_for_role`; `wrong_state` where there is none."""
    address = _address(session)
    access.record_export(session, KIND, 1, masked=False)
    return address.url_with_password


def save(session: Session, file: Path) -> tuple[Path, ...]:
    """The same as a file such as a seat keeps, to be carried on a stick, and the server's certificate beside it where
    the address names one; what was written. Refuses as `tell`; StorageProblem where the disk fails."""
    address = _address(session)
    access.record_export(session, KIND, 1, masked=False)
    return server_address.write_to_carry(file, address)


def _address(session: Session) -> ServerAddress:
    session.require(Right.RESTORE)
    address = server_address.read_address(session.folder)
    if address is None or not address.is_door:
        raise Refusal(
            "wrong_state",
            f"数据在{office_place.where(session.folder)}，这台电脑没有可以给其他席位的地址。",
            None,
            "请向服务器管理员要。",
        )
    return address
