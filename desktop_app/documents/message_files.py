"""From a file of messages to the register: read, recognise the columns, clean, sort, bring in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop_app.documents.sheets import read_table
from desktop_app.documents.tables import Table
from desktop_app.domain.columns import recognise
from desktop_app.domain.incoming import IncomingMessage, Rejected, read_row
from desktop_app.domain.rights import Right
from desktop_app.errors import Cancelled, Refusal
from desktop_app.services import intake
from desktop_app.services.column_choices import remember_columns, remembered_columns
from desktop_app.services.intake import Brought, Incoming, Progress
from desktop_app.services.session import Session
from desktop_app.services.taking_over import COLUMNS, read_old

_ASKED_EVERY = 1_000


def bring_in_file(
    session: Session,
    path: Path,
    *,
    regulation_id: str | None = None,
    source: str = "",
    on: date | None = None,
    chosen: Mapping[str, str] | None = None,
    sheet: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    taken_over: bool = False,
    retention: str = "",
    most_compared: int | None = None,
) -> Brought:
    """Bring a file in. `chosen` maps fields to columns where the names do not tell (FIELD=COLUMN).

    `taken_over`: it is an old ledger, whose cases come in as closed, and as archived where `retention` or a column of
    theirs tells how long they are kept. A dry run of more than `most_compared` rows goes without comparing messages
    word by word.

    BadData where the file cannot be read; Refusal where regulation or source is unknown, or no column holds
    the message.
    """
    session.require(Right.REGISTER)
    regulation = intake.default_regulation(session, regulation_id)
    intake.source_of(regulation, source)
    table = read_table(path, sheet)
    header = table.header
    given = chosen or remembered_columns(session, header)
    own = {field: column for field, column in given.items() if field not in COLUMNS} if taken_over else given
    incoming, day, old = read_messages(path, table, own, progress), on or session.today, None
    if taken_over:
        old, good, bad = read_old(session, incoming.messages, regulation, day, retention, given)
        incoming = replace(incoming, messages=list(good), rejected=(*incoming.rejected, *bad))
    del table  # of a large file the rows would be held a second time
    compared = not dry_run or most_compared is None or incoming.rows <= most_compared
    brought = intake.bring_in(session, incoming, regulation, source, day, dry_run, progress, compared, old)
    if chosen and not dry_run and not taken_over:
        remember_columns(session, header, chosen)
    return brought


def read_messages(
    path: Path, table: Table, chosen: Mapping[str, str], progress: Progress | None = None
) -> Incoming:
    """Every row of a table as a message, or as rejected with its reason; `progress` may stop it."""
    columns = recognise(table.header, chosen)
    if not columns.holds_messages:
        raise Refusal(
            "unknown_value",
            f"{path.name} 中没有认出留言主题或留言详情这一列；表头是：{'、'.join(table.header)}。",
            None,
            "请用 --map text=列名 指定。",
        )
    messages: list[IncomingMessage] = []
    rejected: list[Rejected] = []
    rows = 0
    for row in table.rows:
        rows += 1
        if progress is not None and rows % _ASKED_EVERY == 0 and not progress(0, len(table.rows)):
            raise Cancelled
        read = read_row(row.number, row.cells, columns)
        if isinstance(read, Rejected):
            rejected.append(read)
        else:
            messages.append(read)
    return Incoming(path.name, _sha256(path), rows, messages, tuple(rejected))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
