"""Scans and files of cases: each encrypted by itself (AES-256-GCM) under a random name in `attachments/`, or in a
row of its own on a server (`attachment_contents`).

The row of an attachment stands in the database, bound to its file: the case's number and the file's name are
authenticated with the bytes, so that two files can't be swapped unseen.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update

from desktop_app.domain.office_records import Attachment, Problem
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.storage.attachment_contents import ContentsInFolder, contents_of
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.tables import attachments

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

LARGEST = 256 * 1024 * 1024
"""Bytes: a file is sealed in one piece, in memory."""

_PURPOSE = b"liuyan attachments v1"
_NONCE_BYTES = 12

_COLUMNS = (
    attachments.c.id,
    attachments.c.case_id,
    attachments.c.kind,
    attachments.c.name,
    attachments.c.size,
    attachments.c.sha256,
    attachments.c.added,
    attachments.c.by,
)
_OF_CASE = select(*_COLUMNS).where(attachments.c.case_id == bindparam("case")).order_by(attachments.c.id)
_LIKE = select(*_COLUMNS).where(attachments.c.sha256 == bindparam("wanted")).order_by(attachments.c.id)
_SEALED = select(
    attachments.c.id,
    attachments.c.case_id,
    attachments.c.name,
    attachments.c.sha256,
    attachments.c.file,
    attachments.c.nonce,
).order_by(attachments.c.id)
_SEALED_ONE = _SEALED.where(attachments.c.id == bindparam("wanted"))


class Attachments:
    """Files of cases. What a rolled-back transaction had put down is taken away again."""

    def __init__(
        self, connection: Connection, folder: Path, key: bytes, undo: list[Callable[[], None]]
    ) -> None:
        self._connection = connection
        self._contents = contents_of(connection, folder, undo)
        self._key = key

    def add(
        self, number: str, content: Path | bytes, kind: str, by: str, *, added: str, name: str = ""
    ) -> Attachment:
        """Seals a file to a case. `name` is what it is called (a path's own name by default), `added` the time.

        Refusal ``unknown_value`` for a file above `LARGEST`.
        """
        plain = content if isinstance(content, bytes) else _read_given(content)
        name = name or (content.name if isinstance(content, Path) else "")
        if len(plain) > LARGEST:
            raise _too_large(name)
        file, nonce = secrets.token_hex(16), secrets.token_bytes(_NONCE_BYTES)
        case_id = id_of(number)
        self._contents.put(file, _cipher(self._key).encrypt(nonce, plain, _bound(case_id, file)))
        sha256 = hashlib.sha256(plain).hexdigest()
        made = self._connection.execute(
            insert(attachments).returning(attachments.c.id),
            {
                "case_id": case_id,
                "kind": kind,
                "name": name,
                "size": len(plain),
                "sha256": sha256,
                "file": file,
                "nonce": nonce.hex(),
                "added": added,
                "by": by,
            },
        )
        return Attachment(made.scalar_one(), number_of(case_id), kind, name, len(plain), sha256, added, by)

    def of_case(self, number: str) -> list[Attachment]:
        """The attachments of a case, the first added first."""
        return [_to_attachment(row) for row in self._connection.execute(_OF_CASE, {"case": id_of(number)})]

    def of_content(self, sha256: str) -> list[Attachment]:
        """The attachments of any case that hold just these bytes, the first added first."""
        return [_to_attachment(row) for row in self._connection.execute(_LIKE, {"wanted": sha256})]

    def read(self, attachment_id: int) -> bytes:
        """The file as it was given. LookupError where there is none; StorageProblem where it is lost or altered."""
        row = self._connection.execute(_SEALED_ONE, {"wanted": attachment_id}).first()
        if row is None:
            raise LookupError(attachment_id)
        _, case_id, name, sha256, file, nonce = row
        fault, plain = self._opened(case_id, sha256, file, nonce)
        if plain is None:
            raise StorageProblem(
                "damaged",
                f"{number_of(case_id)} 的附件“{name}”{fault}。其他数据不受影响。",
                "请从最近的备份恢复这个附件，或重新扫描后再添加。",
            )
        return plain

    def strays(self) -> list[str]:
        """Names of files that belong to no case, as a transaction leaves in a folder that was cut off."""
        return sorted(self._contents.names() - set(self.files()))

    def drop_strays(self) -> None:
        """Takes those away; nobody else may be writing."""
        self._contents.drop(self.strays())

    def files(self) -> list[str]:
        """The names under which attachments lie."""
        return [row.file for row in self._connection.execute(_SEALED)]

    def is_whole(self, file: str) -> bool:
        """Whether the file of that name is there and opens."""
        found = self._connection.execute(_SEALED.where(attachments.c.file == file)).first()
        return (
            found is not None and self._opened(found.case_id, found.sha256, file, found.nonce)[1] is not None
        )

    def open_found(self, row: Mapping[str, Any], folder: Path) -> bytes | None:
        """The file of a row that was found without the engine, out of that folder; None where it can't be opened."""
        sealed = ContentsInFolder(folder).get(row["file"])
        return _opened_with(self._key, sealed, row["case_id"], row["sha256"], row["file"], row["nonce"])[1]

    def seal_anew(self, folder: Path, key: bytes) -> tuple[int, list[str]]:
        """Every attachment out of `folder`, where it lies under `key`, sealed again here under this office's own.

        How many, and in words those that can't be opened: they are taken along as they are, for verify to name.
        """
        count, lost, source = 0, [], ContentsInFolder(folder)
        for row in self._connection.execute(_SEALED).all():
            sealed = source.get(row.file)
            fault, plain = _opened_with(key, sealed, row.case_id, row.sha256, row.file, row.nonce)
            if plain is None:
                lost.append(f"{number_of(row.case_id)} 的附件“{row.name}”{fault}。")
                if sealed is not None:
                    self._contents.replace(row.file, sealed)
                continue
            nonce = secrets.token_bytes(_NONCE_BYTES)
            self._contents.replace(
                row.file, _cipher(self._key).encrypt(nonce, plain, _bound(row.case_id, row.file))
            )
            self._connection.execute(
                update(attachments).where(attachments.c.id == row.id).values(nonce=nonce.hex())
            )
            count += 1
        return count, lost

    def drop_lost(self) -> list[Problem]:
        """Forgets the attachments that can't be opened, as after a recovery; tells which."""
        lost = [
            (row, fault)
            for row in self._connection.execute(_SEALED).all()
            for fault, plain in [self._opened(row.case_id, row.sha256, row.file, row.nonce)]
            if plain is None
        ]
        for row, _ in lost:
            self._connection.execute(delete(attachments).where(attachments.c.id == row.id))
        self._contents.drop([row.file for row, _ in lost])
        return [
            Problem(
                "attachment", number_of(row.case_id), f"{number_of(row.case_id)} 的附件“{row.name}”{fault}。"
            )
            for row, fault in lost
        ]

    def check(self) -> Iterator[Problem]:
        """Opens every attachment: what is lost or altered, and files that belong to no case."""
        for _, case_id, name, sha256, file, nonce in self._connection.execute(_SEALED):
            fault, plain = self._opened(case_id, sha256, file, nonce)
            if plain is None:
                number = number_of(case_id)
                yield Problem("attachment", number, f"{number} 的附件“{name}”{fault}。")
        for name in self.strays():
            yield Problem("attachment_stray", name, f"附件中的 {name} 不属于任何留言件。")

    def _opened(self, case_id: int, sha256: str, file: str, nonce: str) -> tuple[str, bytes | None]:
        return _opened_with(self._key, self._contents.get(file), case_id, sha256, file, nonce)


def _opened_with(
    key: bytes, sealed: bytes | None, case_id: int, sha256: str, file: str, nonce: str
) -> tuple[str, bytes | None]:
    """What is wrong with a sealed file, and what it holds."""
    from cryptography.exceptions import InvalidTag

    if sealed is None:
        return "的文件不见了", None
    try:
        plain = _cipher(key).decrypt(bytes.fromhex(nonce), sealed, _bound(case_id, file))
    except (InvalidTag, ValueError):
        return "的文件被改动或损坏", None
    if hashlib.sha256(plain).hexdigest() != sha256:
        return "与登记的校验值不符", None
    return "", plain


def _cipher(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    # A key of its own, so that the database's key never seals anything else.
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key))


def _bound(case_id: int, file: str) -> bytes:
    return f"{number_of(case_id)}/{file}".encode()


def _read_given(path: Path) -> bytes:
    if path.stat().st_size > LARGEST:
        raise _too_large(path.name)
    return path.read_bytes()


def _too_large(name: str) -> Refusal:
    return Refusal(
        "unknown_value",
        f"附件“{name}”超过 {LARGEST // 1024**2} MB，未添加。",
        remedy="请缩小扫描分辨率，或分成几个文件。",
    )


def _to_attachment(row: Sequence[Any]) -> Attachment:
    attachment_id, case_id, kind, name, size, sha256, added, by = row
    return Attachment(attachment_id, number_of(case_id), kind, name, size, sha256, added, by)
