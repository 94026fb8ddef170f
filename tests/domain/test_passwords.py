from __future__ import annotations

import pytest

from desktop_app.domain.passwords import SHORTEST_PASSWORD, check_password
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
