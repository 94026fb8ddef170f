"""What the panel of users shows and lets be done, for whoever sits before it; no Qt in here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desktop_app.domain.rights import Right, Separation, holders
from desktop_app.services.accounts import Account
from desktop_app.services.session import Session


@dataclass(frozen=True, slots=True)
class UsersView:
    """Everybody, and which of the three things with users the one who sits here may do."""

    accounts: tuple[Account, ...]
    may_keep: bool
    may_grant: bool
    may_set_passwords: bool
    separation: Separation
    me: str
    shortest: int


def users_view(session: Session) -> UsersView:
    """What the panel asks for."""
    from desktop_app.services import access_rules, accounts

    return UsersView(
        tuple(accounts.list_accounts(session)),
        session.may(Right.KEEP_ACCOUNTS),
        session.may(Right.GRANT_ROLES),
        session.may(Right.KEEP_PASSWORDS),
        session.separation,
        session.user.name,
        access_rules.rules(session).shortest,
    )


def line_of(account: Account) -> str:
    """A user in the list: ``王敏  经办、审核``, with what is to be noticed about the password."""
    user = account.user
    if not user.active:
        return f"{user.name}  已停用"
    words = [user.role_labels or "还没有角色"]
    if account.waits:
        words.append(f"密码输错，须等 {-(-int(account.waits) // 60) or 1} 分钟")
    if account.handed_over:
        words.append("还没有换初始密码")
    return f"{user.name}  {'　'.join(words)}"


def separation_words(separation: Separation) -> str:
    """How far the posts are apart, and what that means."""
    if separation is Separation.POSTS:
        return "三员已分设：系统管理员、安全保密员、安全审计员由三个人担任，都不办件、不看件。"
    if separation is Separation.CASEWORK:
        return "管理岗位已和办件分开；三员还没有分开，系统管理员兼管安全保密和审计。"
    return "岗位没有分设：一个人可以兼几种角色，系统管理员兼管安全保密和审计。"


def separating_words(separation: Separation) -> str:
    """What the button will do, before it is done: it can't be undone."""
    rest = "已经停用的不算。" if separation is Separation.NONE else ""
    return (
        "分设以后不能再合并：担任系统管理员、安全保密员、安全审计员的，不再办件、看件；"
        f"三个岗位各有专人的，也各归各人。{rest}请先把经办、审核和三员的角色给好。"
    )


def who_may(right: Right, separation: Separation) -> str:
    """Whom to ask for it: ``安全保密员``, with who stands in for them."""
    return "、".join(role.label for role in holders(right, separation))


def fields_hint(view: UsersView, chosen: Account | None) -> str:
    """In a sentence, why some of the fields can't be filled in; empty where all can."""
    missing: list[tuple[str, Right]] = []
    if not view.may_keep:
        missing.append(("添加、停用用户", Right.KEEP_ACCOUNTS))
    if not view.may_grant:
        missing.append(("角色", Right.GRANT_ROLES))
    if not view.may_set_passwords and chosen is not None:
        missing.append(("别人的密码", Right.KEEP_PASSWORDS))
    return _sentence(missing, view.separation)


def _sentence(missing: Collection[tuple[str, Right]], separation: Separation) -> str:
    return "；".join(f"{words}由{who_may(right, separation)}管" for words, right in missing) + (
        "。" if missing else ""
    )
