"""What an office says of itself, and the lists beside its calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import office, office_settings, queries, registration
from desktop_app.services.office_settings import OfficeSettings
from desktop_app.services.session import Session
from tests.engines import place

TODAY = date(2026, 10, 9)
PASSWORD = "long enough 1"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    office.found(place(tmp_path / "office"), "某市运维中心", "tongliao-2023", "王敏", PASSWORD)
    opened = office.enter(tmp_path / "office", "王敏", PASSWORD, TODAY)
    yield opened
    opened.database.close()


def register(session: Session, title: str) -> str:
    message = Message(
        title=title, text="门口的路灯坏了", citizen=Citizen(name="李晓明", contact="13900001234")
    )
    return registration.register_one(
        session, Registration("tongliao-2023", date(2026, 9, 24), "市长板块", message)
    ).number


def test_settings_are_kept_trimmed_and_journalled_once(session: Session) -> None:
    assert office_settings.get(session) == OfficeSettings("某市运维中心", "", "", "tongliao-2023")
    wanted = OfficeSettings(" 某市运维中心 ", "0475-0000001 ", " 王敏", "xizang-2017")
    kept = OfficeSettings("某市运维中心", "0475-0000001", "王敏", "xizang-2017")
    with session.read() as work:
        before = work.journal.count()
    assert office_settings.put(session, wanted) == kept
    assert office_settings.put(session, wanted) == kept
    assert office_settings.get(session) == kept
    with session.read() as work:
        assert work.journal.count() == before + 1


def test_an_office_without_a_name_or_with_an_unknown_regulation_is_refused(session: Session) -> None:
    settings = office_settings.get(session)
    with pytest.raises(Refusal, match="单位名称不能空着"):
        office_settings.put(session, replace(settings, name="  "))
    with pytest.raises(Refusal) as caught:
        office_settings.put(session, replace(settings, regulation="nowhere-1999"))
    assert caught.value.code == "unknown_value"
    assert office_settings.get(session) == settings


def test_only_an_administrator_changes_settings(session: Session) -> None:
    settings = office_settings.get(session)
    session.user = User("李军", frozenset((Role.OPERATOR,)))
    with pytest.raises(Refusal) as caught:
        office_settings.put(session, settings)
    assert caught.value.code == "not_allowed_for_role"


def test_a_case_in_a_list_is_masked(session: Session) -> None:
    number = register(session, "李晓明反映路灯")
    [row] = queries.list_cases(session, queries.query_of(session)).cases
    with session.read() as work:
        message = work.messages.get(number)
    shown = queries.listed_row(replace(row.row, title="李晓明反映路灯"), message, session)
    assert shown.number == number
    assert "李晓明" not in shown.row.title
