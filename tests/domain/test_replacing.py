"""Replacing fields of a record: what `dataclasses.replace` gives, whichever way the record keeps them."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.case import Case, Complaint
from desktop_app.domain.replacing import replace

CASE = Case("2026-0001", "tongliao-2023", "待初审", date(2026, 9, 18), "市长板块")
FIELDS = {
    "status": st.text(),
    "category": st.text(),
    "voided": st.booleans(),
    "closed_on": st.none() | st.dates(),
    "linked": st.tuples(st.text()),
}


@given(st.fixed_dictionaries({}, optional=FIELDS))
def test_a_case_with_other_values(changes: dict[str, Any]) -> None:
    made = replace(CASE, **changes)
    assert made == dataclasses.replace(CASE, **changes)
    assert hash(made) == hash(dataclasses.replace(CASE, **changes))
    assert CASE.status == "待初审"


def test_a_record_with_slots_is_replaced_as_ever() -> None:
    one = Complaint(1, "投诉", "教育局", "")
    assert replace(one, unit="住建局") == Complaint(1, "投诉", "住建局", "")


@pytest.mark.parametrize("one", [CASE, Complaint(1, "投诉", "", "")])
def test_a_field_that_is_not_there_is_refused(one: Any) -> None:
    with pytest.raises(TypeError):
        replace(one, colour="red")


def test_a_case_stays_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        CASE.status = "已归档"  # type: ignore[misc]
