"""Codes on papers: read back as written, whatever the keyboard does to them, and never read wrongly."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.domain.numbering import RegisterNumber
from desktop_app.domain.paper_codes import (
    FORM_NUMBERS,
    PaperCode,
    codes_within,
    looks_like_code,
    office_code_of,
    read_code,
)

CODE = PaperCode("483920", "2026-0312", "slip", 1187)
TEXT = "483920-2026-0312-01-1187-45"

codes = st.builds(
    PaperCode,
    st.integers(100_000, 999_999).map(str),
    st.builds(RegisterNumber, st.integers(1000, 9999), st.integers(1, 999_999_999)).map(str),
    st.sampled_from(sorted(FORM_NUMBERS)),
    st.integers(0, 999_999_999),
)


def test_a_code_is_short_and_says_its_case() -> None:
    assert str(CODE) == TEXT
    assert CODE.number in TEXT


@given(codes)
def test_a_code_is_read_back_as_it_is_written(code: PaperCode) -> None:
    assert read_code(str(code)) == code
    assert looks_like_code(str(code))
    assert codes_within(f"登记号 {code.number}　识别码 {code}　第 1 页") == (str(code),)


@pytest.mark.parametrize(
    "typed",
    [
        "４８３９２０－２０２６－０３１２－０１－１１８７－４５",
        " 483920-2026-0312-01-1187-45\n",
        "483920—2026—0312—01—1187—45",
        "483920 - 2026-0312 - 01 - 1187 - 45",
        "483920‑2026‑0312‑01‑1187‑45",
    ],
)
def test_what_a_scanner_types_through_an_input_method_is_understood(typed: str) -> None:
    assert read_code(typed) == CODE


@pytest.mark.parametrize(
    "text",
    ["", "2026-0312", "board:18734221", "供水", "483920-2026-0312-01-1187", "483920/2026-0312/01/1187/45"],
)
def test_what_is_searched_for_otherwise_is_no_code(text: str) -> None:
    assert not looks_like_code(text)
    assert read_code(text) is None


@given(codes, st.data())
def test_one_wrong_digit_is_found(code: PaperCode, data: st.DataObject) -> None:
    text = str(code)
    place = data.draw(st.sampled_from([at for at, one in enumerate(text) if one != "-"]))
    other = data.draw(st.sampled_from("0123456789"))
    assume(other != text[place])
    assert read_code(text[:place] + other + text[place + 1 :]) is None


@given(codes, st.data())
def test_two_digits_that_changed_places_are_found(code: PaperCode, data: st.DataObject) -> None:
    text = list(str(code))
    digits = [at for at, one in enumerate(text) if one != "-"]
    place = data.draw(st.integers(0, len(digits) - 2))
    one, other = digits[place], digits[place + 1]
    assume(text[one] != text[other])
    text[one], text[other] = text[other], text[one]
    assert read_code("".join(text)) is None


@given(codes, st.integers(0, 40), st.sampled_from("0123456789-"))
def test_a_digit_too_many_is_found(code: PaperCode, place: int, more: str) -> None:
    text = str(code)
    assert read_code(text[:place] + more + text[place:]) is None


def test_another_way_to_write_the_same_numbers_is_no_code() -> None:
    padded = "483920-2026-00312-01-1187"
    check = 98 - int(padded.replace("-", "")) * 100 % 97
    assert looks_like_code(f"{padded}-{check:02d}")
    assert read_code(f"{padded}-{check:02d}") is None


def test_a_form_of_a_later_version_still_tells_its_case() -> None:
    body = "483920-2026-0312-99-1187"
    read = read_code(f"{body}-{98 - int(body.replace('-', '')) * 100 % 97:02d}")
    assert read is not None
    assert (read.number, read.form) == ("2026-0312", "")


def test_every_paper_has_a_number_of_its_own() -> None:
    """A new form needs a new number at the end of FORM_NUMBERS: codes without one cannot be written."""
    assert PAPERS.keys() <= FORM_NUMBERS.keys()
    assert len(set(FORM_NUMBERS.values())) == len(FORM_NUMBERS)
    assert all(0 < number < 100 for number in FORM_NUMBERS.values())


@given(st.integers(0, 2**64))
def test_an_office_is_six_digits_of_which_the_first_is_none(chance: int) -> None:
    digits = office_code_of(chance)
    assert digits.isdigit() and len(digits) == 6 and digits[0] != "0"


def test_codes_are_found_in_a_page_of_text_once_each() -> None:
    words = f"识别码 {TEXT}\n电话 0475-8800000-12，{TEXT}；1{TEXT}"
    assert codes_within(words) == (TEXT,)
