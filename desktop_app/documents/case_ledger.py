"""The register as an Excel ledger: the cases of a query, in the columns of the office's regulation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from desktop_app.documents.ledger_columns import chosen_ledger, ledger_rows, load_ledgers
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
) -> int:
    """Write the ledger and return its rows. Identity is masked unless `unmasked`, which needs the right and a reason."""
    regulation = ledgers.regulation_of(session)
    form = chosen_ledger(load_ledgers(regulations.folder() / regulation.id), ledger_id)
    total = ledgers.begin_export(session, query, form.id, unmasked, reason)
    note = f"{ledgers.office_name(session)}　{long_date(session.today)}导出　依据：{form.article}"
    wanted = {column.key for column in form.columns} | set(form.only)
    cases = _counted(ledgers.ledger_facts(session, query, unmasked, wanted), total, progress)
    with suppress(OSError):  # what hinders is told when the file is written
        path.parent.mkdir(parents=True, exist_ok=True)
    return write_ledger(
        path,
        form.title,
        form.columns,
        ledger_rows(form, cases),
        note=note,
        paper=form.paper,
        unmasked=unmasked,
    )


def _counted(
    cases: Iterator[dict[str, object]], total: int, progress: Progress | None
) -> Iterator[dict[str, object]]:
    for position, case in enumerate(cases, start=1):
        yield case
        if progress is not None and position % 500 == 0 and not progress(position, total):
            raise Cancelled
