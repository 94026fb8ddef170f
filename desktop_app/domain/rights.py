"""Who may do what: a right for each thing the program does, and the roles that have it. Checked in the services.

The three posts (三员) are those that offices separate after GB/T 22239-2019 8.1.5: 系统管理员 runs the program,
安全保密员 says who may do what, 安全审计员 looks at what was done. None can do another's work, and none sees a case.
What may be done with a case step by step stands in the regulation (`role` of a step).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from enum import Enum, StrEnum

from desktop_app.domain.users import CASEWORK, POSTS, Role, User
from desktop_app.errors import Refusal

_O, _R, _V = CASEWORK
_A, _S, _U = POSTS


class Right(Enum):
    """One thing that may be done: what it is in words, and the roles that have it once the posts are separated."""

    words: str
    holders: tuple[Role, ...]

    def __init__(self, words: str, holders: tuple[Role, ...]) -> None:
        self.words = words
        self.holders = holders

    SEE_CASES = ("查看办件、台账、今日工作台，导出遮盖的台账", (_O, _R, _V))
    WORK_ON_CASES = ("制作文书、存附件、归扫描件、显示受保护信息、作废文号", (_O, _R))
    REGISTER = ("导入、登记、补录，成批提醒和催办", (_O,))
    DECIDE_APPEALS = ("裁定考核扣分的申诉", (_R,))
    EXPORT_UNMASKED = ("导出不遮盖的台账", (_R,))
    DISPOSE = ("依法销毁已归档办件的受保护文字", (_R,))
    KEEP_UNITS = ("改单位名册", (_O, _A))
    KEEP_CALENDAR = ("录入、撤销放假安排", (_O, _A))
    BACK_UP = ("备份", (_O, _R, _A))
    KEEP_OFFICE = ("改本单位的设置、通报周期、备份的第二处", (_A,))
    RESTORE = ("恢复备份，从损坏的数据救出，搬到服务器或搬回来", (_A,))
    KEEP_ACCOUNTS = ("添加、停用、恢复用户", (_A,))
    GRANT_ROLES = ("给用户角色、收回角色", (_S,))
    KEEP_PASSWORDS = ("重设别人的密码，解除锁定", (_S,))
    SET_ACCESS_RULES = ("定自动锁定的时间、密码的长度和期限", (_S,))
    KEEP_KEYS = ("更换数据密钥，制作两人恢复码", (_S,))
    SEE_LOGINS = ("查看登录记录", (_S, _U))
    READ_JOURNAL = ("查阅、筛选、导出日志", (_U,))
    VERIFY = ("核验数据", (*CASEWORK, *POSTS))


class Separation(StrEnum):
    """How far an office has set its posts apart; the value is what its settings keep.

    Until the three posts are apart, 系统管理员 stands for all three: a one-person office has nobody else.
    """

    NONE = ""
    CASEWORK = "yes"
    POSTS = "posts"


def holders(right: Right, separation: Separation) -> tuple[Role, ...]:
    """The roles that have the right in an office as far separated as this."""
    given = right.holders
    stands_in = separation is not Separation.POSTS and bool({_S, _U} & set(given))
    return (*given, _A) if stands_in and _A not in given else given


def may(roles: Collection[Role], right: Right, separation: Separation) -> bool:
    """Whether one with these roles has the right."""
    return any(role in roles for role in holders(right, separation))


def check_combination(roles: Collection[Role], separation: Separation) -> None:
    """Refusal `not_allowed_for_role` where one person may no longer be all this."""
    posts = [role for role in POSTS if role in roles]
    casework = [role for role in CASEWORK if role in roles]
    if separation is not Separation.NONE and posts and casework:
        raise _together(posts[0], casework[0], "岗位已经分设：管理岗位不能兼办件。")
    if separation is Separation.POSTS and len(posts) > 1:
        raise _together(posts[0], posts[1], "三员已经分设：三个岗位须由三个人担任。")


def check_kept(users: Iterable[User], separation: Separation) -> None:
    """Refusal `not_allowed_for_role` where a post would have nobody left: no office may lock itself out."""
    there = list(users)
    needed: Sequence[Role] = POSTS if separation is Separation.POSTS else (Role.ADMINISTRATOR,)
    for role in needed:
        if not any(user.has(role) for user in there):
            raise Refusal(
                "not_allowed_for_role",
                f"至少要留一名{role.label}。",
                None,
                "请先让另一个人担任这个岗位。",
            )


def separated(users: Iterable[User]) -> tuple[list[User], Separation]:
    """The users with what each keeps once posts are set apart, as far as there are people for it.

    Casework goes from whoever holds a post; the posts from one another once each has somebody of his own, 系统管理员
    before the other two. Refusal `not_allowed_for_role` while nobody without a post can do the casework.
    """
    there = [user for user in users if user.active]
    for role in (Role.OPERATOR, Role.REVIEWER):
        if not any(role in user.roles and not user.roles & set(POSTS) for user in there):
            raise Refusal(
                "not_allowed_for_role",
                f"还没有单独的“{role.label}”用户，不能分设岗位。",
                None,
                "请先用 users add 添加。",
            )
    apart = not posts_lacking(there)
    kept = [_keeping(user, apart) for user in users]
    return kept, Separation.POSTS if apart else Separation.CASEWORK


def posts_lacking(users: Iterable[User]) -> tuple[Role, ...]:
    """The posts for which nobody is there who could hold them alone."""
    held = {_first_post(user) for user in users if user.active}
    return tuple(role for role in POSTS if role not in held)


def _first_post(user: User) -> Role | None:
    return next((role for role in POSTS if role in user.roles), None)


def _keeping(user: User, apart: bool) -> User:
    posts = frozenset(POSTS) & user.roles
    if not posts:
        return user
    first = _first_post(user)
    kept = frozenset((first,)) if apart and first is not None else posts
    return User(user.name, kept, user.display_name, user.active, user.created)


def _together(one: Role, other: Role, why: str) -> Refusal:
    return Refusal(
        "not_allowed_for_role",
        f"一个人不能既是“{one.label}”又是“{other.label}”。{why}",
        None,
        "请分给不同的人。",
    )
