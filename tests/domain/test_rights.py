"""Who may do what, how far an office sets its posts apart, and that nobody is locked out by it."""

from __future__ import annotations

import pytest

from desktop_app.domain.rights import (
    Right,
    Separation,
    check_combination,
    check_kept,
    may,
    posts_lacking,
    separated,
)
from desktop_app.domain.users import CASEWORK, POSTS, Role, User
from desktop_app.errors import Refusal

OF_CASES = (
    Right.SEE_CASES,
    Right.WORK_ON_CASES,
    Right.REGISTER,
    Right.EXPORT_UNMASKED,
    Right.DISPOSE,
)


def user(name: str, *roles: Role, active: bool = True) -> User:
    return User(name, frozenset(roles), active=active)


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("right", OF_CASES)
@pytest.mark.parametrize("separation", Separation)
def test_no_post_sees_or_changes_a_case(post: Role, right: Right, separation: Separation) -> None:
    assert not may({post}, right, separation)


def test_no_two_posts_share_a_work_of_their_own() -> None:
    shared = {right for right in Right if len(set(right.holders) & set(POSTS)) > 1}
    assert shared == {Right.VERIFY, Right.SEE_LOGINS}


@pytest.mark.parametrize("right", Right)
def test_every_right_has_somebody_in_every_office(right: Right) -> None:
    for separation in Separation:
        assert any(may({role}, right, separation) for role in Role)


@pytest.mark.parametrize("separation", [Separation.NONE, Separation.CASEWORK])
def test_until_the_three_are_apart_the_administrator_stands_for_all(separation: Separation) -> None:
    for right in Right:
        if set(right.holders) & set(POSTS):
            assert may({Role.ADMINISTRATOR}, right, separation)
    assert not may({Role.ADMINISTRATOR}, Right.GRANT_ROLES, Separation.POSTS)


def test_the_leader_looks_and_changes_nothing() -> None:
    held = {right for right in Right if may({Role.VIEWER}, right, Separation.POSTS)}
    assert held == {Right.SEE_CASES, Right.VERIFY}


# ------------------------------------------------------------------ combinations


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("work", CASEWORK)
def test_a_post_with_casework_only_before_they_are_separated(post: Role, work: Role) -> None:
    check_combination({post, work}, Separation.NONE)
    for separation in (Separation.CASEWORK, Separation.POSTS):
        with pytest.raises(Refusal) as refused:
            check_combination({post, work}, separation)
        assert refused.value.code == "not_allowed_for_role"
        assert post.label in refused.value.message and work.label in refused.value.message


def test_two_posts_together_only_until_the_three_are_apart() -> None:
    check_combination({Role.SECURITY, Role.AUDITOR}, Separation.CASEWORK)
    with pytest.raises(Refusal, match="安全保密员"):
        check_combination({Role.SECURITY, Role.AUDITOR}, Separation.POSTS)


def test_casework_may_be_several_things_in_any_office() -> None:
    for separation in Separation:
        check_combination(CASEWORK, separation)


# ------------------------------------------------------------------ nobody is locked out


def test_the_last_of_a_post_stays() -> None:
    three = [user("甲", Role.ADMINISTRATOR), user("乙", Role.SECURITY), user("丙", Role.AUDITOR)]
    check_kept(three, Separation.POSTS)
    for gone in range(3):
        with pytest.raises(Refusal, match=three[gone].role_labels):
            check_kept(three[:gone] + three[gone + 1 :], Separation.POSTS)
    with pytest.raises(Refusal, match="系统管理员"):
        check_kept([user("甲", Role.ADMINISTRATOR, active=False)], Separation.NONE)


# ------------------------------------------------------------------ separating

WORKERS = [user("周", Role.OPERATOR), user("李", Role.REVIEWER, Role.VIEWER)]


def test_the_posts_part_where_each_has_somebody() -> None:
    founder = user("王", Role.OPERATOR, Role.REVIEWER, Role.ADMINISTRATOR)
    security = user("孙", Role.SECURITY, Role.AUDITOR, Role.VIEWER)
    auditor = user("吴", Role.AUDITOR)
    users, separation = separated([founder, *WORKERS, security, auditor])
    assert separation is Separation.POSTS
    assert {one.name: one.role_labels for one in users} == {
        "王": "系统管理员",
        "周": "经办",
        "李": "审核、领导查看",
        "孙": "安全保密员",
        "吴": "安全审计员",
    }


def test_without_three_people_casework_alone_parts_from_the_posts() -> None:
    founder = user("王", Role.OPERATOR, Role.ADMINISTRATOR, Role.SECURITY)
    users, separation = separated([founder, *WORKERS, user("吴", Role.AUDITOR, active=False)])
    assert separation is Separation.CASEWORK
    assert users[0].roles == {Role.ADMINISTRATOR, Role.SECURITY}
    assert posts_lacking(users) == (Role.SECURITY, Role.AUDITOR)


@pytest.mark.parametrize("missing", [Role.OPERATOR, Role.REVIEWER])
def test_nothing_parts_while_nobody_else_can_do_the_casework(missing: Role) -> None:
    founder = user("王", Role.OPERATOR, Role.REVIEWER, Role.ADMINISTRATOR)
    others = [one for one in WORKERS if missing not in one.roles]
    with pytest.raises(Refusal, match=missing.label):
        separated([founder, *others, user("走", missing, active=False)])
