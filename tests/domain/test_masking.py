import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.domain import masking
from desktop_app.domain.messages import Citizen


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王**"),
        ("王明", "王**"),
        ("欧阳小明", "欧阳**"),
        ("欧阳", "欧**"),
        ("扎西·多吉", "扎**"),
        ("sunny2010", "s**"),
        ("王", "*"),
        ("", ""),
    ],
)
def test_of_a_name_the_surname_stays(name: str, shown: str) -> None:
    assert masking.mask_name(name) == shown


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("13800138000", "138****8000"),
        ("１３８ ００１３ ８０００", "138****8000"),
        ("+86 138-0013-8000", "138****8000"),
        ("0475-8212345", "0475-****"),
        ("(0475)8212345转802", "0475-****"),
        ("wang@example.com", "w***@example.com"),
        ("13800138000、0475-8212345", "138****8000 0475-****"),
        ("王小明 13800138000", "*** 138****8000"),
        ("微信 wang_1985", "*** ***"),
        ("", ""),
    ],
)
def test_of_a_contact_too_little_stays_to_reach_anybody(contact: str, shown: str) -> None:
    assert masking.mask_contact(contact) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("内蒙古自治区通辽市科尔沁区建国路1号", "内蒙古自治区通辽市科尔沁区***"),
        ("阳光小区3栋501", "***"),
        ("开鲁县某镇某村3组", "开鲁县***"),
        ("", ""),
    ],
)
def test_of_an_address_the_district_stays(address: str, shown: str) -> None:
    assert masking.mask_address(address) == shown


def test_the_other_fields() -> None:
    assert masking.mask_work_unit("市第一中学") == "***"
    assert masking.mask_work_unit(" ") == ""
    assert masking.mask_ip("192.0.2.17") == "192.0.*.*"
    assert masking.mask_ip("2001:db8::1") == "***"
    assert masking.mask_email("无") == "***"


def test_a_citizen_is_masked_in_every_field() -> None:
    citizen = Citizen("王小明", "13800138000", "市第一中学", "通辽市科尔沁区建国路1号", "192.0.2.17")
    assert masking.masked(citizen) == Citizen("王**", "138****8000", "***", "通辽市科尔沁区***", "192.0.*.*")
    assert masking.masked(Citizen()) == Citizen()


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from(sorted(masking.FIELD_MASKS)),
    st.text(st.sampled_from("王小明市区县路号室138001.-@*a 、转０（）"), max_size=24),
)
def test_masking_twice_changes_nothing(key: str, value: str) -> None:
    mask = masking.FIELD_MASKS[key]
    assert mask(mask(value)) == mask(value)


@settings(deadline=None, max_examples=200)
@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.text(st.sampled_from("王 ，、-a/"), max_size=6))
def test_no_telephone_survives_its_mask(phone: str, beside: str) -> None:
    assert phone not in masking.mask_contact(beside + phone)
    assert phone not in masking.mask_name(phone)
