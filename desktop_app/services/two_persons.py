"""Recovery by two persons: two codes on paper, each useless alone, that together give 安全保密员 a new password."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.passwords import check_password
from desktop_app.domain.recovery_codes import new_codes, read_codes
from desktop_app.domain.rights import Right
from desktop_app.domain.users import User
from desktop_app.errors import Refusal, StorageProblem
from desktop_app.services import access_rules, coming_and_going, office, server_logins
from desktop_app.services.journaling import note
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.keyring import Unlocked


def make_codes(session: Session) -> tuple[str, str]:
    """Two new codes, valid at once; those of before are no longer. They are shown this once and kept nowhere."""
    codes = new_codes()
    keep_codes(session, codes)
    return codes


def keep_codes(session: Session, codes: tuple[str, str]) -> None:
    """Codes that both persons have on paper by now are valid from here on, in the place of any before."""
    from desktop_app.storage import keyring_entries, recovery_codes

    session.require(Right.KEEP_KEYS)
    with session.change() as work:
        note(session, work, "make-recovery-codes", {})
        server_logins.take(work, keyring_entries.CODES)
        recovery_codes.set_codes(work.shelf, session.database.key, read_codes(*codes), session.clock.now())
        server_logins.give_for_codes(work)


def codes_made(session: Session) -> str:
    """When the codes that are valid were made, with +08:00; empty where there are none."""
    from desktop_app.storage import recovery_codes

    return recovery_codes.codes_made(session.folder)


def recover_access(
    folder: Path, codes: tuple[str, str], name: str, password: str, today: date | None = None
) -> User:
    """A new password for one who keeps the passwords; the codes are used up, and the journal says so.

    Refusal `unknown_value` for a code that was copied wrong or another user, `weak_password`, `not_allowed_for_role`
    for who may not reset passwords; StorageProblem `wrong_password`, `account_locked`.
    """
    from desktop_app.storage import recovery_codes

    office.settle_restore(folder)
    pair = read_codes(*codes)
    try:
        opened = recovery_codes.open_by_codes(folder, pair)
    except StorageProblem as problem:
        coming_and_going.note_failed(folder, name, problem, by="recovery-codes")
        raise
    session = _entered(folder, name, opened, today)
    try:
        if not session.may(Right.KEEP_PASSWORDS):
            raise Refusal(
                "not_allowed_for_role",
                f"“{name}”不管密码，不能用恢复码换密码。",
                None,
                "请写安全保密员（未分设三员的，系统管理员）的用户名，由他再给别人重设密码。",
            )
        with session.change() as work:
            check_password(name, password, access_rules.rules_in(work).shortest)
            note(session, work, "recover-access", {"user": name})
            account = server_logins.known(work, name)
            recovery_codes.set_password_by_codes(
                work.shelf, opened.data_key, name, password, session.clock.now()
            )
            server_logins.renew(work, name, account)
    finally:
        session.close()
    return session.user


def _entered(folder: Path, name: str, opened: Unlocked, today: date | None) -> Session:
    try:
        return office.enter_with_key(folder, name, opened.data_key, today, opened.login)
    except StorageProblem as problem:
        if problem.code != "wrong_password":
            raise
        raise Refusal("unknown_value", f"没有名为“{name}”的用户，或者已经停用。") from problem
