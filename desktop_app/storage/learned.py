"""What the program has learned, kept as it stands; and the cases it learns from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, insert, select

from desktop_app.storage.case_ids import number_of
from desktop_app.storage.spellings import is_unset
from desktop_app.storage.tables import case_messages, cases, learned

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

_GET = select(learned.c.made, learned.c.cases, learned.c.content).where(learned.c.name == bindparam("wanted"))
_MADE = select(learned.c.made, learned.c.cases).where(learned.c.name == bindparam("wanted"))
_DROP = delete(learned).where(learned.c.name == bindparam("wanted"))
# Literals, so that the index by unit, which leaves voided cases out, is used.
_DECIDED = select(func.count()).select_from(cases).where(cases.c.lead > "", is_unset(cases.c.voided))
_EXAMPLES = (
    select(cases.c.id, case_messages.c.title, case_messages.c.text, cases.c.category, cases.c.lead)
    .join(case_messages, case_messages.c.case_id == cases.c.id)
    .where(is_unset(cases.c.voided), (cases.c.lead > "") | (cases.c.category > ""))
    .order_by(cases.c.id.desc())
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Example:
    """A case that was decided: which category it was given, which unit leads it; either may be empty."""

    number: str
    title: str
    text: str
    category: str
    lead: str


class LearnedModels:
    """Kept by name; a new one takes the place of the old."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def made(self, name: str) -> tuple[str, int] | None:
        """When what is kept under that name was learned, and from how many cases."""
        row = self._connection.execute(_MADE, {"wanted": name}).first()
        return None if row is None else (row.made, row.cases)

    def get(self, name: str) -> bytes | None:
        """What is kept under that name."""
        row = self._connection.execute(_GET, {"wanted": name}).first()
        return None if row is None else bytes(row.content)

    def put(self, name: str, made: str, count: int, content: bytes) -> None:
        """Keep what was learned from `count` cases."""
        self._connection.execute(_DROP, {"wanted": name})
        self._connection.execute(
            insert(learned), {"name": name, "made": made, "cases": count, "content": content}
        )

    def decided(self) -> int:
        """How many cases a unit was found for."""
        return int(self._connection.execute(_DECIDED).scalar_one())

    def examples(self, most: int) -> Iterator[Example]:
        """The cases that were decided, the newest first."""
        for case_id, title, text, category, lead in self._connection.execute(_EXAMPLES, {"most": most}):
            yield Example(number_of(case_id), title, text, category, lead)
