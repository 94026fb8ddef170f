"""What the engines spell differently leaves their indexes of use."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

from desktop_app.storage.spellings import OneOf
from desktop_app.storage.tables import cases


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()])  # type: ignore[no-untyped-call]
@pytest.mark.parametrize("more", [[], [cases.c.lead == "教育局"]])
def test_one_of_many_stands_alone_so_that_an_index_serves(dialect: Dialect, more: list[object]) -> None:
    statement = select(cases.c.id).where(OneOf(cases.c.id, "ids"), *more)  # type: ignore[arg-type]
    sql = str(statement.compile(dialect=dialect))
    _, _, condition = sql.partition("WHERE ")
    alone = condition.split(" AND ")[0]
    assert alone.endswith((")", "))"))
    assert "= 1" not in condition
