import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain.numbering import (
    BoardNumber,
    DocumentNumber,
    DocumentSeries,
    RegisterNumber,
    parse_number_or_board,
    parse_register_number,
)
from desktop_app.errors import Refusal

numbers = st.builds(RegisterNumber, st.integers(1000, 9999), st.integers(1, 999_999_999))
SUPERVISION = DocumentSeries("supervision", "通民盼督〔{year}〕{serial}号")


@settings(deadline=None, max_examples=100)
@given(numbers)
def test_a_register_number_is_read_back_as_it_is_written(number: RegisterNumber) -> None:
    assert parse_register_number(str(number)) == number


@settings(deadline=None, max_examples=100)
@given(numbers, numbers)
def test_register_numbers_stand_in_the_order_of_integers(one: RegisterNumber, other: RegisterNumber) -> None:
    assert (one < other) == ((one.year, one.serial) < (other.year, other.serial))


def test_four_digits_or_more() -> None:
    assert str(RegisterNumber(2026, 312)) == "2026-0312"
    assert str(RegisterNumber(2026, 12345)) == "2026-12345"
    assert RegisterNumber(2026, 9999) < RegisterNumber(2026, 10000)


@pytest.mark.parametrize(
    "typed", ["2026-312", " 2026-0312 ", "２０２６－０３１２", "2026—0312", "2026 - 0312"]
)
def test_what_people_type_is_understood(typed: str) -> None:
    assert parse_number_or_board(typed) == RegisterNumber(2026, 312)


@pytest.mark.parametrize(
    "typed", ["", "0312", "26-0312", "2026-0000", "2026-", "2026-03a2", "0000-0001", "board"]
)
def test_what_is_no_number_is_an_unknown_case(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_number_or_board(typed)
    assert refused.value.code == "unknown_case"


def test_the_boards_own_number_is_named_by_its_prefix() -> None:
    assert parse_number_or_board("board:123") == BoardNumber("123")
    assert parse_number_or_board("BOARD： 0123") == BoardNumber("0123")
    with pytest.raises(Refusal):
        parse_number_or_board("board:")


def test_a_register_number_without_a_serial_cannot_be_made() -> None:
    for year, serial in ((2026, 0), (26, 1)):
        with pytest.raises(ValueError, match="登记号"):
            RegisterNumber(year, serial)


def test_a_document_number_is_written_as_its_series_says() -> None:
    assert SUPERVISION.write(2026, 3) == "通民盼督〔2026〕3号"


@pytest.mark.parametrize(
    "typed",
    [
        "通民盼督〔2026〕3号",
        "通民盼督[2026]3号",
        "通民盼督（2026）3号",
        "通民盼督【２０２６】 ３ 号",
        "通民盼督［2026］03号",
    ],
)
def test_any_brackets_and_widths_are_read(typed: str) -> None:
    assert SUPERVISION.read(typed) == DocumentNumber("supervision", 2026, 3)


@pytest.mark.parametrize(
    "typed", ["通民盼〔2026〕3号", "通民盼督〔2026〕号", "通民盼督〔26〕3号", "", "通民盼督〔2026〕0号"]
)
def test_a_number_of_another_series_is_none(typed: str) -> None:
    assert SUPERVISION.read(typed) is None


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(["{year}年第{serial}期", "藏政督函({year}){serial}号", "N-{serial}/{year}"]), numbers)
def test_every_series_reads_what_it_writes(pattern: str, number: RegisterNumber) -> None:
    series = DocumentSeries("any", pattern)
    assert series.read(series.write(number.year, number.serial)) == DocumentNumber(
        "any", number.year, number.serial
    )


@pytest.mark.parametrize(
    "pattern", ["无号", "{year}号", "{serial}号", "{year}{serial}{x}", "{year}{year}{serial}"]
)
def test_a_pattern_without_both_places_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="字号样式"):
        DocumentSeries("any", pattern)
