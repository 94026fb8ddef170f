"""Names as they are spelled: the surname read as a surname, and nothing made of what is no name."""

from __future__ import annotations

import pytest

from desktop_app.domain.spoken_names import readings_of, typed_letters


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("王小明", ("wxm", "wangxiaoming")),
        ("单晓", ("sx", "shanxiao")),
        ("吕绿", ("ll", "lvlv")),
        ("覃立", ("ql", "qinli", "tl", "tanli")),
        ("网友06", ()),
        ("u0123", ()),
        ("", ()),
        ("某某某某某某公司", ()),
    ],
)
def test_readings(name: str, readings: tuple[str, ...]) -> None:
    assert readings_of(name) == readings


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("wxm", "wxm"),
        ("Wang Xiao", "wangxiao"),
        ("xi'an", "xian"),
        ("w", ""),
        ("王x", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_letters(typed: str, letters: str) -> None:
    assert typed_letters(typed) == letters
