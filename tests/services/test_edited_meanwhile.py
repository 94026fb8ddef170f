"""What two seats edit at once beside cases: each keeps what it changed, none writes over the other unseen."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.domain.passwords import AccessRules
from desktop_app.domain.units import Unit
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal
from desktop_app.services import access_rules, accounts, appraisal, archive, office, office_settings
from desktop_app.services.archive import ArchiveSettings
from desktop_app.services.edited_meanwhile import EditedMeanwhile
from desktop_app.services.office_settings import OfficeSettings
from desktop_app.services.session import OfficeClock, Session
from desktop_app.services.unit_edits import read_fields
from tests import engines

TODAY = date(2026, 10, 13)
SHOWN = Unit("市教育局", ("教育局",), head="张平", phone="0475-1")


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Session]:
    folder = engines.place(tmp_path / "data")
    office.found(
        folder, "示例市运维中心", "tongliao-2023", "王敏", "zhong-yang-gong-yuan-7", OfficeClock(TODAY)
    )
    opened = office.enter(folder, "王敏", "zhong-yang-gong-yuan-7", TODAY)
    office.bring_in_units(opened, [SHOWN])
    yield opened
    opened.close()


@pytest.fixture
def second(first: Session) -> Iterator[Session]:
    with first.change() as work:
        work.users.put(User("李四", frozenset((Role.OPERATOR, Role.ADMINISTRATOR))))
    opened = office.enter_with_key(first.folder, "李四", first.database.key, TODAY)
    yield opened
    opened.close()


def refused(act: Callable[[], object]) -> EditedMeanwhile:
    with pytest.raises(EditedMeanwhile) as caught:
        act()
    assert caught.value.code == "changed_meanwhile"
    return caught.value


def test_two_who_change_different_fields_of_a_unit_both_keep_theirs(first: Session, second: Session) -> None:
    office.save_unit(second, replace(SHOWN, phone="0475-2"), SHOWN.name, SHOWN)
    kept = office.save_unit(first, replace(SHOWN, head="李强"), SHOWN.name, SHOWN)
    assert kept == replace(SHOWN, head="李强", phone="0475-2")
    assert office.list_units(first) == [kept]


def test_the_same_field_changed_by_both_is_told_and_then_as_one_decides(
    first: Session, second: Session
) -> None:
    office.save_unit(
        second, replace(SHOWN, phone="0475-2", short_names=("教育局", "教体局")), SHOWN.name, SHOWN
    )
    mine = replace(SHOWN, phone="0475-3")
    told = refused(lambda: office.save_unit(first, mine, SHOWN.name, SHOWN))
    assert told.message.startswith("李四 ")
    assert "改了“市教育局”：联系电话现为“0475-2”，您填的是“0475-3”。" in told.message
    now = read_fields(told.known)
    assert now == replace(SHOWN, phone="0475-2")
    kept = office.save_unit(first, mine, SHOWN.name, now)
    assert kept == replace(SHOWN, phone="0475-3", short_names=("教育局", "教体局"))


def test_a_unit_renamed_meanwhile_is_not_entered_a_second_time(first: Session, second: Session) -> None:
    office.save_unit(second, replace(SHOWN, name="市教育体育局"), SHOWN.name, SHOWN)
    with pytest.raises(Refusal, match="改了名称"):
        office.save_unit(first, replace(SHOWN, phone="0475-3"), SHOWN.name, SHOWN)
    assert [one.name for one in office.list_units(first)] == ["市教育体育局"]


def test_a_unit_added_by_both_is_told_to_the_second(first: Session, second: Session) -> None:
    office.save_unit(second, Unit("市民政局", phone="0475-8"), None, Unit(""))
    told = refused(lambda: office.save_unit(first, Unit("市民政局", phone="0475-9"), None, Unit("")))
    assert "联系电话现为“0475-8”" in told.message


def test_the_same_change_made_twice_is_no_clash(first: Session, second: Session) -> None:
    wanted = replace(SHOWN, phone="0475-2")
    office.save_unit(second, wanted, SHOWN.name, SHOWN)
    assert office.save_unit(first, wanted, SHOWN.name, SHOWN) == wanted


def test_settings_of_the_office_go_together(first: Session, second: Session) -> None:
    shown = office_settings.get(first)
    office_settings.put(second, replace(shown, phone="0475-2"), shown)
    kept = office_settings.put(first, replace(shown, contact="王敏"), shown)
    assert kept == OfficeSettings(shown.name, "0475-2", "王敏", shown.regulation)
    told = refused(lambda: office_settings.put(first, replace(shown, phone="0475-3"), shown))
    assert "联系电话现为“0475-2”，您填的是“0475-3”" in told.message
    assert OfficeSettings(**told.known) == replace(shown, phone="0475-2")


def test_archive_codes_go_together(first: Session, second: Session) -> None:
    shown = archive.settings(first)
    archive.put_settings(second, ArchiveSettings("J001", ""), shown)
    assert archive.put_settings(first, ArchiveSettings("", "BGS"), shown) == ArchiveSettings("J001", "BGS")
    refused(lambda: archive.put_settings(first, ArchiveSettings("J002", ""), shown))


def test_rules_for_all_go_together(first: Session, second: Session) -> None:
    shown = access_rules.rules(first)
    access_rules.set_rules(second, replace(shown, idle_minutes=5), shown)
    assert access_rules.set_rules(first, replace(shown, shortest=16), shown) == replace(
        shown, idle_minutes=5, shortest=16
    )
    told = refused(lambda: access_rules.set_rules(first, replace(shown, idle_minutes=7), shown))
    assert access_rules.read_rules(told.known) == AccessRules(5, shown.shortest, shown.password_days)


def test_roles_given_meanwhile_are_told(first: Session, second: Session) -> None:
    before = frozenset((Role.OPERATOR,))
    with first.change() as work:
        work.users.put(User("周经办", before))
    accounts.set_roles(second, "周经办", {Role.OPERATOR, Role.REVIEWER}, before)
    told = refused(lambda: accounts.set_roles(first, "周经办", {Role.VIEWER}, before))
    assert "“周经办”的角色" in told.message and "李四" in told.message
    accounts.set_roles(first, "周经办", {Role.VIEWER}, accounts.read_roles(told.known))
    kept = {user.name: user.roles for user in accounts.list_users(first)}
    assert kept["周经办"] == {Role.VIEWER}


def test_points_go_together(first: Session, second: Session) -> None:
    one, other = (failing.rule.kind for failing in appraisal.points(first)[:2])
    shown = {one: "", other: ""}
    appraisal.set_points(second, {one: "1", other: ""}, shown)
    appraisal.set_points(first, {one: "", other: "2"}, shown)
    kept = {failing.rule.kind: str(failing.points) for failing in appraisal.points(first)}
    assert (kept[one], kept[other]) == ("1", "2")
    refused(lambda: appraisal.set_points(first, {one: "3", other: ""}, shown))


def test_who_does_not_say_what_was_shown_writes_over_it(first: Session, second: Session) -> None:
    """As the command line does: what is given there is what holds."""
    office.save_unit(second, replace(SHOWN, phone="0475-2"), SHOWN.name, SHOWN)
    assert office.save_unit(first, replace(SHOWN, phone="0475-3"), SHOWN.name).phone == "0475-3"


def test_the_refusal_survives_the_way_between_processes() -> None:
    told = EditedMeanwhile("改了。", {"phone": "1"})
    again = pickle.loads(pickle.dumps(told))
    assert (again.message, again.known, again.remedy) == (told.message, told.known, told.remedy)
