"""Where an office lies that several seats share: the address of a PostgreSQL database, kept in the seat's folder.

A seat of such an office has a folder as any other office has; in it `server.json` stands in the place of the
database. This module imports neither SQLAlchemy nor a driver: the log-in window asks it first of all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PureWindowsPath
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from desktop_app import paths
from desktop_app.errors import BadData, Fault, StorageProblem
from desktop_app.storage.safe_files import disk_faults_told, write_whole

SCHEME = "postgresql+psycopg"
SERVER_FILE = "server.json"
_VERSION = 1
_CERTIFICATE = "sslrootcert"
_STANDARD_PORT = "5432"
_OTHER_SCHEMES = frozenset((SCHEME, "postgresql", "postgres"))
_EXAMPLE = f"{SCHEME}://账号:密码@服务器:5432/数据库"
_FORBIDDEN = frozenset(("dbname", "user", "password", "service", "options", "application_name"))
"""What an address may not say in its second half: it says so in its first, or the program does."""
_PROVED = {"sslmode": "verify-full", "sslrootcert": "system"}
"""Over a network nothing is sent before the server has proved its name, unless the address says otherwise."""
_QUIETLY_PLAIN = frozenset(("allow", "prefer"))
"""What lets whoever stands in between talk both sides out of TLS; `disable` at least says so."""


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """One database on one server, and the account to reach it by. `parameters` are libpq's own (sslmode, sslrootcert,
    host for the folder of a socket …)."""

    database: str
    user: str = ""
    password: str = field(default="", repr=False)
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, url: str) -> ServerAddress:
        """Reads ``postgresql+psycopg://user:password@host:port/database?sslmode=…``. BadData ``bad_address``."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise _bad("端口应是数字") from None
        if parts.scheme not in _OTHER_SCHEMES:
            raise _bad(f"应以 {SCHEME}:// 开头")
        database = unquote(parts.path.removeprefix("/"))
        if not database or "/" in database:
            raise _bad("没有写明数据库名")
        parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
        wrong = sorted(_FORBIDDEN & parameters.keys())
        if wrong:
            raise _bad(f"“?”后面不能写 {'、'.join(wrong)}")
        if parts.hostname:
            parameters.setdefault("host", unquote(parts.hostname))
        if port is not None:
            parameters.setdefault("port", str(port))
        address = cls(
            database,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            MappingProxyType(parameters),
        )
        if not address.is_local and parameters.get("sslmode") in _QUIETLY_PLAIN:
            raise _bad("sslmode 写 allow、prefer 的，会在被人截断时悄悄不加密；请写 verify-full，或不写")
        return address

    @property
    def url(self) -> str:
        """The address without its password, as it may be shown and kept."""
        return self._url("")

    @property
    def url_with_password(self) -> str:
        """The whole address, to be handed to whoever sets up another seat."""
        return self._url(f":{quote(self.password, safe='')}" if self.password else "")

    def _url(self, password: str) -> str:
        host, port = self.parameters.get("host", ""), self.parameters.get("port", "")
        rest = {name: value for name, value in self.parameters.items() if name not in ("host", "port")}
        place = f"{quote(self.user, safe='')}{password}@" if self.user else ""
        if host.startswith("/"):
            rest = {"host": host, **({"port": port} if port else {}), **rest}
        else:
            place += (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
        asked = f"?{urlencode(rest, safe='/')}" if rest else ""
        return f"{SCHEME}://{place}/{quote(self.database, safe='')}{asked}"

    @property
    def shown(self) -> str:
        """``服务器 10.1.2.3 上的数据库 liuyan``, for a sentence."""
        host = self.parameters.get("host", "")
        where = "本机" if not host or host.startswith("/") else f"服务器 {host} "
        return f"{where}上的数据库 {self.database}"

    @property
    def is_local(self) -> bool:
        """Whether nothing passes over a network: a socket, or the machine itself."""
        host = self.parameters.get("hostaddr") or self.parameters.get("host", "")
        return not host or host.startswith("/") or host in ("localhost", "127.0.0.1", "::1")

    @property
    def is_door(self) -> bool:
        """Whether the account is an office's door, which sees none of its tables (`server_accounts`)."""
        return self.user.startswith("liuyan_") and self.user.endswith("_door")

    def with_account(self, user: str, password: str) -> ServerAddress:
        """The same database by another account."""
        return replace(self, user=user, password=password)

    def to_driver(self) -> dict[str, str]:
        """What the driver connects by."""
        proved = {} if self.is_local or "sslmode" in self.parameters else _PROVED
        account = {"dbname": self.database, "user": self.user, "password": self.password}
        given = {**proved, **self.parameters, **account}
        return {name: value for name, value in given.items() if value}


def read_address(folder: Path) -> ServerAddress | None:
    """The server that a seat's folder points to; None for an office that lies in the folder itself.

    StorageProblem ``damaged`` where the file can't be read.
    """
    path = folder / SERVER_FILE
    try:
        with disk_faults_told():
            return _told(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (ValueError, KeyError, TypeError, AttributeError, BadData) as error:
        raise StorageProblem(
            "damaged",
            f"服务器地址读不出来：{path}。数据在服务器上，不受影响。",
            "请删除这个文件，再按管理员给的地址重新连接。",
        ) from error


def write_address(folder: Path, address: ServerAddress) -> None:
    """Points a seat's folder to a server; the folder is made where it is not there yet."""
    with disk_faults_told():
        folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / SERVER_FILE, _written(address))


def write_to_carry(file: Path, address: ServerAddress) -> tuple[Path, ...]:
    """The address as a seat keeps it, password and all, in a file to be carried to another; beside it the certificate
    that the address names, where it is there. StorageProblem where the disk fails."""
    written = [file]
    write_whole(file, _written(address))
    certificate = address.parameters.get(_CERTIFICATE, "")
    if certificate:
        beside = file.with_name(_name_of(certificate))
        with disk_faults_told(), suppress(FileNotFoundError):
            write_whole(beside, Path(certificate).read_bytes())
            written.append(beside)
    return tuple(written)


def read_carried(file: Path, folder: Path) -> ServerAddress:
    """The address in a file that was carried here. A certificate that lies beside it, and is not to be found under the
    name that the address gives, comes into the seat's `folder`: the stick goes again.

    BadData ``bad_address`` where it is no such file.
    """
    try:
        address = _told(file.read_bytes())
    except (OSError, ValueError, KeyError, TypeError, AttributeError, BadData) as error:
        raise BadData(
            Fault(str(file), "", "不是别的席位存下的服务器地址（server.json）"), "bad_address"
        ) from error
    named = address.parameters.get(_CERTIFICATE, "")
    beside = file.with_name(_name_of(named)) if named else None
    if beside is None or Path(named).is_file() or not beside.is_file():
        return address
    kept = folder / beside.name
    with disk_faults_told():
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(kept, beside.read_bytes())
    return replace(address, parameters=MappingProxyType({**address.parameters, _CERTIFICATE: str(kept)}))


def _told(content: bytes) -> ServerAddress:
    told: Any = json.loads(content)
    return replace(ServerAddress.of(told["address"]), password=str(told["password"]))


def _written(address: ServerAddress) -> bytes:
    told = {"version": _VERSION, "address": address.url, "password": address.password}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _name_of(path: str) -> str:
    """Of a file on this machine or on one of another system."""
    return PureWindowsPath(path).name


def seat_folder(address: ServerAddress) -> Path:
    """The folder of this seat for that database where none was chosen; it need not exist yet."""
    host = address.parameters.get("host", "")
    port = address.parameters.get("port", _STANDARD_PORT)
    told = "\n".join((host, port, address.database))
    return paths.default_data_folder() / "seats" / hashlib.sha256(told.encode()).hexdigest()[:16]


def settle_seat(url: str) -> Path:
    """The seat's folder for the address that was given, pointing there from now on. BadData ``bad_address``."""
    address = ServerAddress.of(url)
    folder = seat_folder(address)
    known = read_address(folder)
    if known is not None and not address.password and known.user == address.user:
        address = replace(address, password=known.password)
    if known != address:
        write_address(folder, address)
    return folder


def _bad(why: str) -> BadData:
    return BadData(Fault("服务器地址", "", f"{why}；应像 {_EXAMPLE}"), "bad_address")
