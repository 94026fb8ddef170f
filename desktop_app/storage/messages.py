"""Messages as they came in, beside the rows of their cases."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select

from desktop_app.domain.messages import Citizen, Message
from desktop_app.storage.case_ids import id_of, number_of
from desktop_app.storage.chunks import chunked
from desktop_app.storage.tables import case_messages

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_GET = select(*case_messages.c).where(case_messages.c.case_id == bindparam("case"))
_DROP = delete(case_messages).where(case_messages.c.case_id == bindparam("case"))
_SOME = select(*case_messages.c).where(case_messages.c.case_id.in_(bindparam("cases", expanding=True)))
_TITLES = select(case_messages.c.case_id, case_messages.c.title).where(
    case_messages.c.case_id.in_(bindparam("cases", expanding=True))
)
_SAID = select(
    case_messages.c.case_id,
    case_messages.c.title,
    case_messages.c.text,
    case_messages.c.citizen_name,
    case_messages.c.citizen_contact,
).where(case_messages.c.case_id.in_(bindparam("cases", expanding=True)))
_CITIZENS = select(
    case_messages.c.case_id,
    case_messages.c.citizen_name,
    case_messages.c.citizen_contact,
    case_messages.c.citizen_work_unit,
    case_messages.c.citizen_address,
    case_messages.c.citizen_ip,
).where(case_messages.c.case_id.in_(bindparam("cases", expanding=True)))


class Messages:
    """What the citizens wrote; every case has exactly one message."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def insert(self, number: str, message: Message) -> None:
        """Keeps the message of a case whose row is there already."""
        self.insert_many([(number, message)])

    def insert_many(self, messages: Sequence[tuple[str, Message]]) -> None:
        """Keeps many messages at once, each with the register number of its case."""
        if messages:
            self._connection.execute(
                insert(case_messages), [_to_params(number, message) for number, message in messages]
            )

    def replace(self, number: str, message: Message) -> None:
        """Puts `message` in the place of the one that the case has, if any."""
        self._connection.execute(_DROP, {"case": id_of(number)})
        self.insert(number, message)

    def get(self, number: str) -> Message:
        """The message of a case; LookupError where the case has none."""
        row = self._connection.execute(_GET, {"case": id_of(number)}).first()
        if row is None:
            raise LookupError(number)
        return _to_message(row)

    def get_many(self, numbers: Iterable[str]) -> dict[str, Message]:
        """The messages of many cases; a number without one is left out."""
        return {number_of(row[0]): _to_message(row) for row in self._some(_SOME, numbers)}

    def titles(self, numbers: Iterable[str]) -> dict[str, str]:
        """The titles of many messages; a number without one is left out."""
        return {number_of(case_id): title for case_id, title in self._some(_TITLES, numbers)}

    def citizens(self, numbers: Iterable[str]) -> dict[str, Citizen]:
        """Who wrote these messages; a number without one is left out."""
        return {number_of(row[0]): Citizen(*row[1:]) for row in self._some(_CITIZENS, numbers)}

    def what_was_said(self, numbers: Iterable[str]) -> dict[str, Message]:
        """Title, text, name and contact alone of many messages; a number without one is left out."""
        return {
            number_of(case_id): Message(title=title, text=text, citizen=Citizen(name, contact))
            for case_id, title, text, name, contact in self._some(_SAID, numbers)
        }

    def _some(self, statement: Any, numbers: Iterable[str]) -> Iterable[Any]:
        for part in chunked(id_of(number) for number in numbers):
            yield from self._connection.execute(statement, {"cases": part})


def messages_of_rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, Message]:
    """Messages by register number, out of rows that were found without the engine."""
    columns = [column.name for column in case_messages.c]
    return {number_of(row["case_id"]): _to_message([row[name] for name in columns]) for row in rows}


def _to_params(number: str, message: Message) -> dict[str, Any]:
    return {
        "case_id": id_of(number),
        "title": message.title,
        "text": message.text,
        "citizen_name": message.citizen.name,
        "citizen_contact": message.citizen.contact,
        "citizen_work_unit": message.citizen.work_unit,
        "citizen_address": message.citizen.address,
        "citizen_ip": message.citizen.ip,
        "board_number": message.board_number,
        "board": message.board,
        "kind": message.kind,
        "domain": message.domain,
        "written": message.written,
        "raw_title": message.raw_title,
        "raw_text": message.raw_text,
        "answer": message.answer,
        "answered_at": message.answered_at,
        "answered_by": message.answered_by,
        "ratings": json.dumps(dict(message.ratings), ensure_ascii=False),
        "extra": json.dumps(dict(message.extra), ensure_ascii=False),
    }


def _to_message(row: Sequence[Any]) -> Message:
    (_, title, text, name, contact, work_unit, address, ip, board_number, board, kind, domain, written,
     raw_title, raw_text, answer, answered_at, answered_by, ratings, extra) = row  # fmt: skip
    return Message(
        title=title,
        text=text,
        citizen=Citizen(name, contact, work_unit, address, ip),
        board_number=board_number,
        board=board,
        kind=kind,
        domain=domain,
        written=written,
        raw_title=raw_title,
        raw_text=raw_text,
        answer=answer,
        answered_at=answered_at,
        answered_by=answered_by,
        ratings=json.loads(ratings),
        extra=json.loads(extra),
    )
