"""Offices of earlier schemas, and what must be there of them once they have come to today's."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.likeness import keys_of
from desktop_app.storage.migrate import MIGRATIONS
from desktop_app.storage.tables import SCHEMA_VERSION
from desktop_app.storage.work import Work

SCHEMAS = Path(__file__).parent / "schemas"
"""What an office held at each schema: `0001.sql` … in the words of SQLite, `server/0008.sql` … as a server dumps it."""

NEXT = "9999"
_NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    with op.batch_alter_table("units") as units:
        units.add_column(sa.Column("fax", sa.Text(), nullable=False, server_default="无"))
    {more}
"""


def with_next_step(tmp_path: Path, more: str = "pass") -> Path:
    """The migrations of a later program, whose last step adds a column and does `more`."""
    scripts = tmp_path / "scripts % 中文"
    shutil.copytree(MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    step = _NEXT_STEP.format(revision=NEXT, before=SCHEMA_VERSION, more=more)
    (scripts / "versions" / f"{NEXT}_next.py").write_text(step, "utf-8")
    return scripts


def assert_all_there(work: Work) -> None:
    """Everything that each of SCHEMAS tells, as today's program reads it."""
    assert list(work.journal.check_chain()) == []
    assert [(event.id, event.case) for event in work.journal.since(0)] == [
        (1, "2026-0001"),
        (2, "2026-0001"),
        (3, None),
    ]
    assert work.journal.of_case("2026-0001")[0].protected == {
        "name": "李某",
        "text": "二次供水水压不足。",
    }
    assert [row.lead for row in work.cases.all()] == ["市住建局", ""]
    assert work.cases.count_by_status() == {"办理中": 1, "待初审": 1}
    assert work.cases.numbers(CaseQuery(text="水压不足", unit="市水务局")) == ["2026-0001"]
    assert work.cases.numbers(CaseQuery(text="limou", by_name=True, open_only=True)) == ["2026-0001"]
    assert list(work.search.faults()) == []
    assert work.messages.get("2026-0001").citizen.name == "李某"
    assert [unit.names for unit in work.units.all()] == [("市住房和城乡建设局", "市住建局")]
    assert work.users.all()[0].role_labels == "经办、系统管理员"
    assert work.settings.all() == {"office": "某市政府"}
    assert work.numbers.next_register(2026) == [3]
    (issued,) = work.issued.of_case("2026-0001")
    assert (issued.text, issued.by, issued.cases) == ("督〔2026〕1号", "王敏", ("2026-0001",))
    assert (issued.of_cases[0].event_id, issued.of_cases[0].on) == (2, date(2026, 1, 3))
    assert [paper.form for paper in work.papers.of_case("2026-0001")] == ["slip"]
    assert [batch.imported for batch in work.batches.all()] == [2]
    assert work.content_index.by_board_numbers({"7"}) == {"7": [("d1", "2026-0001")]}
    keys = keys_of("水压不足", "二次供水水压不足。")
    assert keys
    assert work.likeness.find(keys) == {key: ["2026-0001"] for key in keys}
    assert [one.name for one in work.attachments.of_case("2026-0001")] == ["扫描件.pdf"]
    assert work.drafts.get("王敏", "2026-0001", "reply") == "{}"
    assert [notice.year for notice in work.notices.all()] == [2027]
