"""Founding an office, entering it, and its units; its users are those of `accounts`."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from desktop_app.domain.national_notices import EDITION
from desktop_app.domain.passwords import check_password
from desktop_app.domain.rights import Right
from desktop_app.domain.units import Unit, renamed, well_formed_unit
from desktop_app.domain.users import Role, User
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import (
    built_in_notices,
    coming_and_going,
    leftovers,
    office_place,
    regulations,
    server_logins,
    settings_keys,
)
from desktop_app.services.journaling import note
from desktop_app.services.session import UNITS_EDITION, OfficeClock, Session
from desktop_app.services.unit_edits import CHANGE, with_others_changes

if TYPE_CHECKING:
    from desktop_app.storage.keyring import Login
    from desktop_app.storage.work import Work

ONE_PERSON = frozenset((Role.OPERATOR, Role.REVIEWER, Role.ADMINISTRATOR))
"""The first user does the casework and, as 系统管理员, keeps all three posts until they are separated."""


@dataclass(frozen=True, slots=True)
class Founded:
    folder: Path
    office: str
    regulation: str
    admin: str
    seat_address: str = ""
    """On a server with accounts: the address, password and all, by which other seats reach the office's door."""


def found(
    folder: Path, office: str, regulation_id: str, admin: str, password: str, clock: OfficeClock | None = None
) -> Founded:
    """Make a new empty office in `folder`, with its first user. Nothing stays where any part fails."""
    from desktop_app.storage import database, keyring, network_places

    network_places.refuse_network_place(folder)
    settle_restore(folder)
    regulation = regulations.load(regulation_id)
    office, admin = office.strip(), admin.strip()
    if not office or not admin:
        raise Refusal("missing_key", "单位名称和第一个用户的姓名都要填写。")
    check_password(admin, password)
    clock = clock or OfficeClock()
    key = keyring.create_keyring(folder, admin, password, changed=clock.now())
    try:
        opened = database.create(folder, key)
    except BaseException:
        keyring.discard(folder)
        raise
    session = Session(opened, User(admin, ONE_PERSON), clock)
    try:
        with session.change() as work:
            work.settings.put(settings_keys.OFFICE_NAME, office)
            work.settings.put(settings_keys.DEFAULT_REGULATION, regulation.id)
            work.settings.put(settings_keys.BUILT_IN_NOTICES, EDITION)
            work.users.put(replace(session.user, created=session.clock.now()))
            note(session, work, "found-office", {"office": office, "regulation": regulation.id})
            door = work.found_accounts()
            server_logins.give(work, session.user, session.separation)
    finally:
        opened.close()
    address = office_place.go_by_the_door(folder, door) if door is not None else ""
    return Founded(folder, office, regulation.id, admin, address)


def enter(
    folder: Path,
    user: str,
    password: str,
    today: date | None = None,
    checked: bool = True,
    via: str = coming_and_going.COMMAND_LINE,
    moved_too: bool = False,
) -> Session:
    """Open the office for a user. StorageProblem `wrong_password`, `account_locked`, `no_office`,
    `network_place`, `damaged`, `moved` …

    `checked`: after a quick look at the file; only who looks at all of it anyway goes without. Who came, by which
    way (`via`), and who could not, is recorded. `moved_too`: an office that has moved elsewhere as well.
    """
    from desktop_app.storage import keyring, network_places

    network_places.refuse_network_place(folder)
    settle_restore(folder)
    # Stretching a password keeps one core busy for a while; loading the database's code needs another.
    loading = Thread(target=importlib.import_module, args=("desktop_app.storage.database",))
    loading.start()
    try:
        opened = keyring.open_ring(folder, user, password)
    except StorageProblem as problem:
        coming_and_going.note_failed(folder, user, problem)
        raise
    finally:
        loading.join()
    cut_off = leftovers.was_cut_off(folder)
    session = enter_with_key(folder, user, opened.data_key, today, opened.login, moved_too)
    if checked:
        _check_start(session)
    leftovers.clear(session, cut_off)
    coming_and_going.note_login(session, via)
    if session.reaches_cases:
        built_in_notices.follow(session)
    return session


def _check_start(session: Session) -> None:
    from desktop_app.storage.start_check import check_open, check_start

    try:
        if session.database.on_server:
            check_open(session.database)
        else:
            check_start(session.database.path, session.database.key)
    except BaseException:
        session.close()
        raise


def settle_restore(folder: Path) -> None:
    """Before a folder is looked at: finish a restore that was cut off. StorageProblem `locked` while one is under way."""
    from desktop_app.storage import in_use

    if in_use.is_half_restored(folder):
        from desktop_app.storage import restoring

        restoring.settle(folder)


def import_ahead() -> None:
    """All that entering an office needs, so that it is at hand when the password has been typed."""
    for name in ("desktop_app.storage.keyring", "argon2.low_level", "desktop_app.storage.database"):
        importlib.import_module(name)


def prove_password(folder: Path, user: str, password: str) -> None:
    """Whether the password is that user's, as for lifting a lock. StorageProblem `wrong_password`, `account_locked`."""
    from desktop_app.storage import keyring

    try:
        keyring.unlock(folder, user, password)
    except StorageProblem as problem:
        coming_and_going.note_failed(folder, user, problem)
        raise


def enter_with_key(
    folder: Path,
    user: str,
    key: bytes,
    today: date | None = None,
    login: Login | None = None,
    moved_too: bool = False,
) -> Session:
    """The same with a data key, and a login on the server, already unlocked, for a process started by this one."""
    from desktop_app.storage import database

    opened = database.open_database(folder, key, login=login)
    session = Session(opened, User(user, frozenset()), OfficeClock(today), moved_too=moved_too)
    try:
        with opened.read() as work:
            session.look_again(work)
    except StorageProblem:
        opened.close()
        raise
    if not session.user.active:
        opened.close()
        raise StorageProblem("wrong_password", "用户名或密码不对。", "请核对后重试；忘记密码请找安全保密员。")
    return session


# ------------------------------------------------------------------ units


def list_units(session: Session) -> list[Unit]:
    with session.read() as work:
        return work.units.all()


def bring_in_units(session: Session, units: Sequence[Unit]) -> int:
    """Add units, or replace those of the same full name; returns how many were given."""
    session.require(Right.KEEP_UNITS)
    units = [well_formed_unit(one) for one in units]
    _refuse_shared_names(units)
    with session.change() as work:
        work.units.upsert(units)
        _units_changed(session, work, {"count": str(len(units))})
    return len(units)


def save_unit(session: Session, unit: Unit, before: str | None = None, shown: Unit | None = None) -> Unit:
    """Enter or change one unit; `before` is its full name until now, where that changes. Returns it as it stands.

    Refusal `EditedMeanwhile` where somebody else changed since `shown` (for a new one an empty unit) what is changed
    here; what only they changed stays.
    """
    session.require(Right.KEEP_UNITS)
    unit = well_formed_unit(unit)
    if not unit.name.strip():
        raise Refusal("missing_key", "单位名称不能空着。")
    with session.change() as work:
        if shown is not None:
            unit = with_others_changes(session, work, unit, before or unit.name, shown)
        kept = [one for one in work.units.all() if one.name not in (unit.name, before)]
        _refuse_shared_names([*kept, unit])
        if before is not None and before != unit.name:
            work.units.replace([*kept, renamed(unit, before)])
        else:
            work.units.upsert([unit])
        _units_changed(session, work, {"unit": unit.name})
        return unit


def _refuse_shared_names(units: Iterable[Unit]) -> None:
    """Two units under one full name cannot be told apart."""
    seen: set[str] = set()
    for unit in units:
        if unit.name in seen:
            raise Refusal("unknown_value", f"单位名称“{unit.name}”重复。", None, "请合并为一条，或写明区别。")
        seen.add(unit.name)


def _units_changed(session: Session, work: Work, keys: dict[str, str]) -> None:
    edition = int(work.settings.get(UNITS_EDITION) or 0) + 1
    work.settings.put(UNITS_EDITION, str(edition))
    note(session, work, CHANGE, keys)
