"""Two codes on paper: whatever people do to them in copying is either harmless or told."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_app.domain.recovery_codes import GROUPS, SIGNS, new_codes, read_codes
from desktop_app.errors import Refusal

CODES = new_codes()


def test_two_codes_are_read_as_they_were_made_in_either_order() -> None:
    first, second = new_codes()
    assert read_codes(first, second) == read_codes(second, first)
    assert read_codes(first, second) != read_codes(*new_codes())


def test_codes_are_of_readable_signs_in_groups() -> None:
    for code in new_codes():
        groups = code.split("-")
        assert len(groups) == GROUPS and all(len(group) == 5 for group in groups)
        assert set("".join(groups)) <= set(SIGNS)


@pytest.mark.parametrize(
    "written",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", "  "),
        lambda code: f" {code}\n",
    ],
)
def test_the_ornaments_of_writing_do_not_matter(written: object) -> None:
    first, second = CODES
    assert read_codes(written(first), second) == read_codes(*CODES)  # type: ignore[operator]


def test_full_width_letters_of_an_input_method_are_the_same() -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign != "-" else "－" for sign in CODES[0])
    assert read_codes(wide, CODES[1]) == read_codes(*CODES)


@given(st.integers(0, GROUPS * 6 - 2), st.sampled_from(SIGNS + "01ILO"))
def test_a_sign_misread_is_always_told_with_its_group(place: int, sign: str) -> None:
    first = CODES[0]
    assume(first[place] not in ("-", sign))
    wrong = first[:place] + sign + first[place + 1 :]
    with pytest.raises(Refusal, match=f"第 {place // 6 + 1} 组") as told:
        read_codes(wrong, CODES[1])
    assert told.value.code == "unknown_value"


@given(st.integers(0, GROUPS * 6 - 3))
def test_two_signs_exchanged_are_always_told(place: int) -> None:
    first = CODES[0]
    one, other = first[place], first[place + 1]
    assume("-" not in (one, other) and one != other)
    with pytest.raises(Refusal):
        read_codes(first[:place] + other + one + first[place + 2 :], CODES[1])


def test_one_group_too_few_or_too_many_is_told() -> None:
    for wrong in (CODES[0][:-6], CODES[0] + "-23456", "", "2"):
        with pytest.raises(Refusal, match="6 组"):
            read_codes(wrong, CODES[1])


@pytest.mark.parametrize("place", [0, 1])
def test_the_same_person_s_code_twice_is_told(place: int) -> None:
    with pytest.raises(Refusal, match=("第一份", "第二份")[place]):
        read_codes(CODES[place], new_codes()[place])
