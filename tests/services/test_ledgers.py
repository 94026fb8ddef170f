"""What a ledger says of a case: every key that a ledger's file may name, and no more work than it needs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.documents.ledger_columns import KEY_KINDS
from desktop_app.domain.case_queries import CaseQuery
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.services import ledgers, office
from desktop_app.services.cases import act
from desktop_app.services.registration import register_one
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An office with one case that was dispatched and is late."""
    found_quickly(tmp_path / "office", T)
    opened = office.enter(tmp_path / "office", FIRST, PASSWORD, date(2026, 10, 30))
    office.bring_in_units(opened, [Unit("甲市教育局", ("教育局",))])
    message = Message("路灯不亮", "我叫常乐，路灯坏了。", Citizen("常乐", "13904750001"))
    number = register_one(opened, Registration(T, date(2026, 9, 18), "市长板块", message)).number
    act(opened, number, "accept", {"category": "投诉"}, date(2026, 9, 18))
    act(opened, number, "dispatch", {"lead": "教育局"}, date(2026, 9, 21))
    act(opened, number, "receive", {"manner": "签收"}, date(2026, 9, 21))
    act(opened, number, "urge", {"to": "教育局"}, date(2026, 10, 9))
    yield opened
    opened.database.close()


def test_every_key_a_ledger_may_name_is_there(session: Session) -> None:
    (facts,) = ledgers.ledger_facts(session, CaseQuery(), False, set(KEY_KINDS))
    assert set(facts) >= set(KEY_KINDS)
    assert (facts["urges"], facts["days_overdue"], facts["overdue"]) == (1, 19, True)
    assert "常乐" not in str(facts) and "13904750001" not in str(facts)


@pytest.mark.parametrize("key", sorted(KEY_KINDS))
def test_a_key_alone_says_what_it_says_among_all(session: Session, key: str) -> None:
    (whole,) = ledgers.ledger_facts(session, CaseQuery(), False, set(KEY_KINDS))
    (alone,) = ledgers.ledger_facts(session, CaseQuery(), False, {key})
    assert alone[key] == whole[key]


def test_unmasked_it_is_in_the_clear(session: Session) -> None:
    (facts,) = ledgers.ledger_facts(session, CaseQuery(), True, {"citizen"})
    assert (facts["citizen"], facts["contact"]) == ("常乐", "13904750001")
