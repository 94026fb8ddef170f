"""Recovery by two persons: both codes together give the one who keeps the passwords a new one, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.recovery_codes import new_codes
from desktop_app.domain.users import Role
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import accounts, office, two_persons
from desktop_app.services.session import Session
from tests.cli.offices import FIRST, PASSWORD, T, found_quickly, make_passwords_quick
from tests.engines import copy_office

TODAY = date(2026, 10, 30)
NEW = "xiang-qi-lai-de-mi-ma"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_quick(monkeypatch)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two") / "office"
    found_quickly(folder, T)
    return folder


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    copy_office(template, tmp_path / "office")
    return tmp_path / "office"


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    opened = office.enter(folder, FIRST, PASSWORD, TODAY)
    yield opened
    opened.close()


def actions(folder: Path, password: str = NEW) -> list[tuple[str, str]]:
    opened = office.enter(folder, FIRST, password, TODAY)
    try:
        with opened.read() as work:
            told = list(work.journal.of_office("make-recovery-codes", "recover-access"))
        return [(event.action, event.by) for event in told]
    finally:
        opened.close()


def test_both_codes_give_a_new_password_once_and_the_journal_says_so(folder: Path, session: Session) -> None:
    codes = two_persons.make_codes(session)
    assert two_persons.codes_made(session)
    session.close()
    user = two_persons.recover_access(folder, (codes[1].lower(), codes[0]), FIRST, NEW, TODAY)
    assert user.name == FIRST
    assert actions(folder) == [("make-recovery-codes", FIRST), ("recover-access", FIRST)]
    with pytest.raises(StorageProblem):
        office.enter(folder, FIRST, PASSWORD, TODAY)
    with pytest.raises(StorageProblem, match="已经用过"):
        two_persons.recover_access(folder, codes, FIRST, "hai-yao-zai-lai-yi-ci", TODAY)


def test_one_code_with_another_office_s_is_no_good(folder: Path, session: Session) -> None:
    codes, foreign = two_persons.make_codes(session), new_codes()
    for pair in ((codes[0], foreign[1]), (foreign[0], codes[1])):
        with pytest.raises(StorageProblem) as told:
            two_persons.recover_access(folder, pair, FIRST, NEW, TODAY)
        assert told.value.code == "wrong_password"
    office.enter(folder, FIRST, PASSWORD, TODAY).close()


def test_a_slip_of_the_pen_costs_no_attempt(folder: Path, session: Session) -> None:
    codes = two_persons.make_codes(session)
    slipped = ("A" if codes[0][2] != "A" else "B").join((codes[0][:2], codes[0][3:]))
    for _ in range(6):
        with pytest.raises(Refusal, match="第 1 组"):
            two_persons.recover_access(folder, (slipped, codes[1]), FIRST, NEW, TODAY)
    two_persons.recover_access(folder, codes, FIRST, NEW, TODAY)


def test_new_codes_put_an_end_to_those_of_before(folder: Path, session: Session) -> None:
    before, now = two_persons.make_codes(session), two_persons.make_codes(session)
    with pytest.raises(StorageProblem, match="两份恢复码不对"):
        two_persons.recover_access(folder, before, FIRST, NEW, TODAY)
    two_persons.recover_access(folder, now, FIRST, NEW, TODAY)


def test_codes_open_nothing_for_who_does_not_keep_the_passwords(folder: Path, session: Session) -> None:
    accounts.add_user(session, "周经办", {Role.OPERATOR}, PASSWORD)
    codes = two_persons.make_codes(session)
    with pytest.raises(Refusal) as told:
        two_persons.recover_access(folder, codes, "周经办", NEW, TODAY)
    assert told.value.code == "not_allowed_for_role"
    with pytest.raises(Refusal) as unknown:
        two_persons.recover_access(folder, codes, "无此人", NEW, TODAY)
    assert unknown.value.code == "unknown_value"
    with pytest.raises(Refusal) as weak:
        two_persons.recover_access(folder, codes, FIRST, "short", TODAY)
    assert weak.value.code == "weak_password"
    two_persons.recover_access(folder, codes, FIRST, NEW, TODAY)


def test_only_who_keeps_the_keys_makes_codes(session: Session) -> None:
    session.user = type(session.user)(FIRST, frozenset((Role.OPERATOR, Role.REVIEWER)))
    with pytest.raises(Refusal) as told:
        two_persons.make_codes(session)
    assert told.value.code == "not_allowed_for_role"
    assert two_persons.codes_made(session) == ""
