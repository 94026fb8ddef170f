"""Users, roles and passwords: what is kept, what is refused, and that somebody always holds the keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.passwords import AccessRules
from desktop_app.domain.rights import Right, Separation
from desktop_app.domain.users import Role
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import access_rules, accounts, office, office_settings
from desktop_app.services.office_settings import OfficeSettings
from desktop_app.services.session import Session
from desktop_app.storage import keyring, keyring_entries
from tests.cli.offices import FIRST, PASSWORD, QUICK, T, found_quickly, make_passwords_quick
from tests.engines import copy_office

TODAY = date(2026, 10, 30)
OTHER = "ling-yi-ge-mi-ma-7"


@pytest.fixture(autouse=True)
def _quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    make_passwords_quick(monkeypatch)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accounts") / "office"
    found_quickly(folder, T)
    return folder


@pytest.fixture
def session(template: Path, tmp_path: Path) -> Iterator[Session]:
    folder = tmp_path / "office"
    copy_office(template, folder)
    opened = enter(folder, FIRST)
    yield opened
    opened.close()


def enter(folder: Path, user: str, password: str = PASSWORD) -> Session:
    return office.enter(folder, user, password, TODAY)


def separated(session: Session) -> None:
    """An office with its six roles in six hands."""
    for name, role in (
        ("周经办", Role.OPERATOR),
        ("李审核", Role.REVIEWER),
        ("钱领导", Role.VIEWER),
        ("孙保密", Role.SECURITY),
        ("吴审计", Role.AUDITOR),
    ):
        accounts.add_user(session, name, {role}, PASSWORD)
    accounts.separate_roles(session)


@contextmanager
def refused(code: str, words: str | None = None) -> Iterator[None]:
    with pytest.raises(Refusal, match=words) as told:
        yield
    assert told.value.code == code


def last_action(session: Session) -> tuple[str, dict[str, str]]:
    with session.read() as work:
        last = work.journal.last()
        assert last is not None
        event = work.journal.get(last[0])
    assert event is not None
    return event.action, dict(event.keys)


# ------------------------------------------------------------------ coming and going


def test_who_is_added_comes_in_with_a_password_to_be_changed(session: Session) -> None:
    accounts.add_user(session, " 周经办 ", {Role.OPERATOR}, OTHER, handed_over=True)
    theirs = enter(session.folder, "周经办", OTHER)
    assert "别人替您设的" in accounts.password_is_due(theirs)
    accounts.change_password(theirs, "周经办", "wo-zi-ji-de-mi-ma-1")
    assert accounts.password_is_due(theirs) == ""
    theirs.close()


def test_the_founder_is_never_asked_for_another_password(session: Session) -> None:
    assert accounts.password_is_due(session) == ""


def test_who_was_removed_opens_nothing_and_what_was_entered_stays(session: Session) -> None:
    accounts.add_user(session, "周经办", {Role.OPERATOR}, OTHER)
    accounts.remove_user(session, "周经办")
    assert last_action(session) == ("remove-user", {"user": "周经办", "roles": "operator"})
    with pytest.raises(StorageProblem) as told:
        enter(session.folder, "周经办", OTHER)
    assert told.value.code == "wrong_password"
    user = next(one for one in accounts.list_users(session) if one.name == "周经办")
    assert (user.active, user.roles) == (False, frozenset())


def test_a_name_is_not_given_twice_and_one_who_left_can_be_readmitted(session: Session) -> None:
    accounts.add_user(session, "周经办", {Role.OPERATOR}, OTHER)
    accounts.remove_user(session, "周经办")
    with refused("unknown_value", "已经有"):
        accounts.add_user(session, "周经办", {Role.REVIEWER}, OTHER)
    with refused("unknown_value", "停用"):
        accounts.set_roles(session, "周经办", {Role.REVIEWER})
    with refused("unknown_value", "停用"):
        accounts.change_password(session, "周经办", OTHER)
    accounts.readmit_user(session, "周经办", "di-er-ci-de-mi-ma", {Role.REVIEWER})
    theirs = enter(session.folder, "周经办", "di-er-ci-de-mi-ma")
    assert theirs.user.roles == {Role.REVIEWER}
    theirs.close()


def test_nobody_removes_oneself_and_the_last_administrator_stays(session: Session) -> None:
    with refused("not_allowed_for_role", "不能停用自己"):
        accounts.remove_user(session, FIRST)
    with refused("not_allowed_for_role", "至少要留一名系统管理员"):
        accounts.set_roles(session, FIRST, {Role.OPERATOR})


def test_what_a_crash_left_in_the_key_ring_is_in_nobody_s_way(session: Session) -> None:
    keyring.add_user(session.folder, session.database.key, "周经办", OTHER, cost=QUICK)
    accounts.add_user(session, "周经办", {Role.OPERATOR}, PASSWORD)
    enter(session.folder, "周经办").close()


def test_a_user_removed_elsewhere_can_record_nothing_more(session: Session) -> None:
    accounts.add_user(session, "孙管理", {Role.ADMINISTRATOR}, OTHER)
    theirs = enter(session.folder, "孙管理", OTHER)
    accounts.remove_user(session, "孙管理")
    with refused("not_allowed_for_role", "停用"):
        office_settings.put(theirs, OfficeSettings("某办", "", "", T))
    assert not accounts.still_here(theirs)
    theirs.close()


def test_a_role_taken_elsewhere_is_gone_at_once(session: Session) -> None:
    accounts.add_user(session, "孙管理", {Role.ADMINISTRATOR}, OTHER)
    theirs = enter(session.folder, "孙管理", OTHER)
    accounts.set_roles(session, "孙管理", {Role.VIEWER})
    with refused("not_allowed_for_role", "刚刚有变动"):
        access_rules.set_rules(theirs, AccessRules(idle_minutes=5))
    with refused("not_allowed_for_role", "角色的用户办理"):
        access_rules.set_rules(theirs, AccessRules(idle_minutes=5))
    assert access_rules.rules(session) == AccessRules()
    theirs.close()


# ------------------------------------------------------------------ three posts


def test_six_roles_in_six_hands(session: Session) -> None:
    separated(session)
    assert session.user.roles == {Role.ADMINISTRATOR}
    assert session.separation is Separation.POSTS
    assert last_action(session) == ("separate-roles", {"posts": "yes"})
    assert not session.may(Right.GRANT_ROLES)


def test_the_administrator_gives_accounts_and_the_security_officer_roles(session: Session) -> None:
    separated(session)
    security = enter(session.folder, "孙保密")
    with refused("not_allowed_for_role"):
        accounts.add_user(session, "新人", {Role.OPERATOR}, OTHER)
    accounts.add_user(session, "新人", (), OTHER)
    with refused("not_allowed_for_role"):
        accounts.set_roles(session, "新人", {Role.OPERATOR})
    accounts.set_roles(security, "新人", {Role.OPERATOR})
    with refused("not_allowed_for_role"):
        accounts.add_user(security, "又一个", (), OTHER)
    security.close()


def test_nobody_gives_roles_to_oneself_or_two_posts_to_one(session: Session) -> None:
    separated(session)
    security = enter(session.folder, "孙保密")
    with refused("not_allowed_for_role", "自己的角色"):
        accounts.set_roles(security, "孙保密", {Role.SECURITY, Role.VIEWER})
    with refused("not_allowed_for_role", "不能兼办件"):
        accounts.set_roles(security, "周经办", {Role.OPERATOR, Role.AUDITOR})
    with refused("not_allowed_for_role", "三个人"):
        accounts.set_roles(security, "吴审计", {Role.AUDITOR, Role.ADMINISTRATOR})
    with refused("not_allowed_for_role", "至少要留一名安全审计员"):
        accounts.set_roles(security, "吴审计", {Role.VIEWER})
    security.close()


def test_passwords_of_others_are_the_security_officer_s(session: Session) -> None:
    separated(session)
    with refused("not_allowed_for_role"):
        accounts.change_password(session, "周经办", OTHER)
    with refused("not_allowed_for_role"):
        accounts.unlock_user(session, "周经办")
    security = enter(session.folder, "孙保密")
    accounts.change_password(security, "周经办", OTHER)
    theirs = enter(session.folder, "周经办", OTHER)
    assert accounts.password_is_due(theirs)
    theirs.close()
    security.close()


def test_an_administrator_s_posts_part_later_when_there_are_people(session: Session) -> None:
    accounts.add_user(session, "周经办", {Role.OPERATOR, Role.REVIEWER}, PASSWORD)
    accounts.separate_roles(session)
    assert session.separation is Separation.CASEWORK
    assert session.may(Right.READ_JOURNAL) and not session.may(Right.SEE_CASES)
    accounts.add_user(session, "孙保密", {Role.SECURITY}, PASSWORD)
    accounts.add_user(session, "吴审计", {Role.AUDITOR}, PASSWORD)
    accounts.separate_roles(session)
    assert session.separation is Separation.POSTS


# ------------------------------------------------------------------ passwords and rules


def test_the_own_password_is_changed_by_who_knows_the_old_one(session: Session) -> None:
    with pytest.raises(StorageProblem) as told:
        accounts.change_own_password(session, "not-the-old-one", OTHER)
    assert told.value.code == "wrong_password"
    with refused("weak_password", "一样"):
        accounts.change_own_password(session, PASSWORD, PASSWORD)
    accounts.change_own_password(session, PASSWORD, OTHER)
    enter(session.folder, FIRST, OTHER).close()
    assert accounts.password_is_due(session) == ""


def test_an_old_password_is_asked_to_be_changed_once_the_office_says_so(session: Session) -> None:
    state = keyring_entries.PasswordState("2020-01-01T08:00:00.000+08:00")
    keyring.change_password(session.folder, session.database.key, FIRST, PASSWORD, state, cost=QUICK)
    real = office.enter_with_key(session.folder, FIRST, session.database.key)
    assert accounts.password_is_due(real) == ""
    access_rules.set_rules(real, AccessRules(password_days=90))
    assert "使用期限" in accounts.password_is_due(real)
    assert accounts.password_is_due(session) == "", "a day that only counts as today must ask for nothing"
    real.close()


def test_who_waits_and_who_has_a_password_handed_over_is_listed(session: Session) -> None:
    accounts.add_user(session, "周经办", {Role.OPERATOR}, OTHER, handed_over=True)
    for _ in range(5):
        with pytest.raises(StorageProblem):
            enter(session.folder, "周经办", "not-this-one-either")
    listed = {one.user.name: one for one in accounts.list_accounts(session)}
    assert 0 < listed["周经办"].waits <= 30 and listed["周经办"].handed_over
    assert listed[FIRST].waits == 0 and not listed[FIRST].handed_over
    accounts.unlock_user(session, "周经办")
    enter(session.folder, "周经办", OTHER).close()


# ------------------------------------------------------------------ re-wrapped, not re-encrypted


def pages(folder: Path) -> list[bytes]:
    content = (folder / "office.db").read_bytes()
    return [content[place : place + 4096] for place in range(0, len(content), 4096)]


@pytest.mark.file_only("pages of the file")
def test_a_password_and_a_removal_re_encrypt_nothing(session: Session) -> None:
    """Only the pages of the journal's entry and of the user are written; all others stay to the byte."""
    accounts.add_user(session, "周经办", {Role.OPERATOR}, PASSWORD)
    folder, key = session.folder, session.database.key
    session.close()
    before, inode = pages(folder), (folder / "office.db").stat().st_ino
    again = enter(folder, FIRST)
    accounts.change_password(again, FIRST, OTHER)
    accounts.remove_user(again, "周经办")
    assert again.database.key == key
    again.close()
    after = pages(folder)
    changed = sum(one != other for one, other in zip(before, after, strict=False))
    assert (folder / "office.db").stat().st_ino == inode
    assert len(before) > 60 and 0 < changed < len(before) // 4
    assert before[0][:16] == after[0][:16], "the salt of the file's own key"
    keyring.change_password(folder, key, FIRST, PASSWORD, cost=QUICK)
    assert pages(folder) == after, "the keyring alone touches no page at all"
