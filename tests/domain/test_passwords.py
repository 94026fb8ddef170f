from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_app.domain.passwords import (
    SHORTEST_PASSWORD,
    AccessRules,
    check_password,
    check_rules,
    weakness,
)
from desktop_app.errors import Refusal


@pytest.mark.parametrize("password", ["一二三四五六七八九十", "correct horse", "a" * SHORTEST_PASSWORD])
def test_a_long_password_without_the_name_is_taken(password: str) -> None:
    assert check_password("王敏", password) is None


@pytest.mark.parametrize("password", ["", "123456789", "一二三四五六七八九"])
def test_a_short_password_is_refused_with_what_to_do(password: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_password("王敏", password)
    assert refused.value.code == "weak_password"
    assert str(SHORTEST_PASSWORD) in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("user", "password"),
    [("王敏", "王敏的密码是12345"), ("admin", "my-ADMIN-pass"), ("admin", "１２３４５ａｄｍｉｎ")],
)
def test_the_name_inside_is_refused_in_any_case_and_width(user: str, password: str) -> None:
    with pytest.raises(Refusal, match="用户名"):
        check_password(user, password)


def test_an_empty_name_is_in_no_password() -> None:
    assert check_password("", "0123456789") is None


def test_an_office_may_ask_for_more() -> None:
    with pytest.raises(Refusal, match="至少要 14 个"):
        check_password("王敏", "correct horse", 14)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("aaaaaaaaaaaa", "几个不同"),
        ("abcdabcdabcd", "反复"),
        ("13800138000", "数字"),
        ("20260101123", "数字"),
        ("qwertyuiop12", "顺序"),
        ("ABCDEFGHIJK", "顺序"),
        ("0987654321ab", "顺序"),
        ("Password2026", "常见"),
        ("woaini1314xx", "常见"),
    ],
)
def test_what_is_guessed_easily_is_said_and_not_refused(password: str, why: str) -> None:
    assert why in weakness(password)
    assert check_password("王敏", password) is None


@pytest.mark.parametrize(
    "password", ["shi-li-mi-ma-2026", "一句容易记住的长话作密码", "correct horse battery"]
)
def test_an_ordinary_long_password_is_good(password: str) -> None:
    assert weakness(password) == ""


@given(st.text("abc12 春夏秋", min_size=1, max_size=12), st.integers(2, 4))
def test_whatever_is_only_repeated_is_guessed_easily(piece: str, times: int) -> None:
    assume(len(piece) * times >= SHORTEST_PASSWORD)
    assert weakness(piece * times)


# ------------------------------------------------------------------ rules of an office


def test_a_password_is_too_old_from_the_day_after() -> None:
    rules = AccessRules(password_days=90)
    assert not rules.is_expired("2026-01-01T08:00:00+08:00", date(2026, 4, 1))
    assert rules.is_expired("2026-01-01T08:00:00+08:00", date(2026, 4, 2))
    assert not rules.is_expired("", date(2026, 4, 2))
    assert not AccessRules().is_expired("2020-01-01", date(2026, 4, 2))


@pytest.mark.parametrize(
    "rules",
    [
        AccessRules(idle_minutes=0),
        AccessRules(idle_minutes=61),
        AccessRules(shortest=9),
        AccessRules(shortest=31),
        AccessRules(password_days=366),
        AccessRules(password_days=-1),
    ],
)
def test_rules_out_of_bounds_are_refused(rules: AccessRules) -> None:
    with pytest.raises(Refusal) as refused:
        check_rules(rules)
    assert refused.value.code == "unknown_value"


def test_the_usual_rules_are_within_bounds() -> None:
    assert check_rules(AccessRules()) is None
