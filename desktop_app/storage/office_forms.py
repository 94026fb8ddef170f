"""The office's own paper templates where it lies on a server: one row each. Beside a file they lie in a folder."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from desktop_app.storage.tables import office_forms

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_ROWS = select(
    office_forms.c.name,
    office_forms.c.content,
    office_forms.c.sha256,
    office_forms.c.changed,
    office_forms.c.by,
).order_by(office_forms.c.name)
_ONE = _ROWS.where(office_forms.c.name == bindparam("wanted"))
_DROP = delete(office_forms).where(office_forms.c.name == bindparam("wanted"))


@dataclass(frozen=True, slots=True)
class OfficeForm:
    """A template by the name of its file; `changed` the clock's time with +08:00, `by` the user who gave it in."""

    name: str
    content: bytes
    sha256: str
    changed: str
    by: str


class OfficeForms:
    """The templates that all seats make papers of."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[OfficeForm]:
        """In the order of their names."""
        return [OfficeForm(*row) for row in self._connection.execute(_ROWS)]

    def get(self, name: str) -> OfficeForm | None:
        """One of them; None where the office has changed none of that name."""
        row = self._connection.execute(_ONE, {"wanted": name}).first()
        return None if row is None else OfficeForm(*row)

    def put(self, name: str, content: bytes, changed: str, by: str) -> OfficeForm:
        """Puts one in the place of that of before."""
        form = OfficeForm(name, content, hashlib.sha256(content).hexdigest(), changed, by)
        self._connection.execute(_DROP, {"wanted": name})
        self._connection.execute(
            insert(office_forms),
            {"name": name, "content": content, "sha256": form.sha256, "changed": changed, "by": by},
        )
        return form
