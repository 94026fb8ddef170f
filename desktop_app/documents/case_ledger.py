"""The register as an Excel ledger: the cases of a query, in the columns of the office's regulation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from desktop_app.documents.ledger_columns import (
    STEP_KEYS,
    LedgerForm,
    Period,
    chosen_ledger,
    ledger_rows,
    load_ledgers,
)
from desktop_app.documents.ledgers import write_ledger
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.wording import long_date
from desktop_app.errors import Cancelled
from desktop_app.services import ledgers, regulations
from desktop_app.services.session import Session

Progress = Callable[[int, int], bool]


def write_case_ledger(
    session: Session,
    query: CaseQuery,
    path: Path,
    ledger_id: str | None = None,
    unmasked: bool = False,
    reason: str = "",
    progress: Progress | None = None,
    columns: Sequence[str] = (),
    within: Period | None = None,
) -> int:
    """Write the ledger and return its rows. Identity is masked unless `unmasked`, which needs the right and a reason.

    columns: keys of those wanted, all where none is named; within: first and last day of the period of its lines.
    """
    form = chosen_ledger(office_ledgers(session), ledger_id)
    form = form.with_columns(columns) if columns else form
    total = ledgers.begin_export(session, query, form.id, unmasked, reason)
    note = f"{ledgers.office_name(session)}　{long_date(session.today)}导出　依据：{form.article}"
    wanted = {column.key for column in form.columns} | set(form.only)
    if within is not None:
        note += f"　{long_date(within[0])}至{long_date(within[1])}"
    wanted.add(form.dated)
    cases = _counted(ledgers.ledger_facts(session, query, unmasked, wanted, form.lines), total, progress)
    with suppress(OSError):  # what hinders is told when the file is written
        path.parent.mkdir(parents=True, exist_ok=True)
    return write_ledger(
        path,
        form.title,
        form.columns,
        ledger_rows(form, cases, within),
        note=note,
        paper=form.paper,
        unmasked=unmasked,
        covered=not unmasked and _comes_covered(form),
    )


def _comes_covered(form: LedgerForm) -> bool:
    """Whether all that is protected in it was covered where it was read."""
    covered = ledgers.COVERED | STEP_KEYS[form.lines].keys()
    return all(column.key in covered for column in form.columns if column.protected)


def office_ledgers(session: Session) -> dict[str, LedgerForm]:
    """The ledgers of the office's own regulation, by id."""
    return load_ledgers(regulations.folder() / ledgers.regulation_of(session).id)


def _counted(
    cases: Iterator[dict[str, object]], total: int, progress: Progress | None
) -> Iterator[dict[str, object]]:
    for position, case in enumerate(cases, start=1):
        yield case
        if progress is not None and position % 500 == 0 and not progress(position, total):
            raise Cancelled
