"""Messages that say the same in other words: found by few keys, judged by what both say."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.likeness import (
    KEYS_OF_TEXT,
    KEYS_OF_TITLE,
    compare,
    differing_words,
    keys_of,
    likely,
    portrait,
    same_person,
)
from desktop_app.domain.messages import Citizen, Message

SAMPLES = Path(__file__).parents[1] / "data" / "near-repeats.toml"

LONG = (
    "碧水华庭小区的二次供水设备老化，六楼以上住户早晚高峰时段经常停水，老人孩子洗澡做饭都成问题。"
    "物业公司推给自来水公司，自来水公司推给开发商，三个月没有结果。"
)


def samples() -> list[tuple[str, Message]]:
    """Matter and message of every sample."""
    told = tomllib.loads(SAMPLES.read_text("utf-8"))["message"]
    return [(one["matter"], Message(one["title"], one["text"], Citizen(name=one["citizen"]))) for one in told]


def found_pairs() -> Iterator[tuple[int, int]]:
    """The pairs that an import would tell of, each message held against those before it."""
    cases: dict[int, list[int]] = defaultdict(list)
    messages = [message for _, message in samples()]
    for at, message in enumerate(messages):
        keys = keys_of(message.title, message.text)
        for earlier in likely({key: cases[key] for key in keys}, most=len(messages)):
            if compare(portrait(message), portrait(messages[earlier])).suspected:
                yield earlier, at
        for key in keys:
            cases[key].append(at)


def test_repeats_in_other_words_are_found_and_few_others() -> None:
    matters = [matter for matter, _ in samples()]
    wanted = {pair for pair in combinations(range(len(matters)), 2) if matters[pair[0]] == matters[pair[1]]}
    found = set(found_pairs())
    assert len(wanted) >= 10
    assert len(found & wanted) / len(wanted) >= 0.9
    assert len(found & wanted) / len(found) >= 0.95


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(LONG.replace("三个月没有结果", "快半年了没有结果"), id="a few words changed"),
        pytest.param(LONG.split("。")[0], id="a part of it"),
        pytest.param("尊敬的领导您好！" + LONG + "感谢领导！", id="courtesies around it"),
        pytest.param(LONG.replace("的", "").replace("都", "也"), id="empty words left out or changed"),
    ],
)
def test_what_changed_little_is_found_and_suspected(other: str) -> None:
    assert set(keys_of("停水", LONG)) & set(keys_of("反映问题", other))
    one, two = portrait(Message("停水", LONG)), portrait(Message("反映问题", other))
    assert compare(one, two).suspected


def test_another_trouble_at_the_same_place_is_shown_to_whoever_screens_but_not_told_of() -> None:
    one = Message("碧水华庭小区停水", LONG)
    two = Message(
        "碧水华庭小区停车难", "地下车位只卖不租，业主的车只能停在路边，天天被贴条，请协调开放车位。"
    )
    likeness = compare(portrait(one), portrait(two))
    assert not likeness.suspected
    assert likeness.related
    assert likeness.places == ("碧水华庭小区",)


def test_the_reason_is_told_in_words() -> None:
    one = Message("停水", LONG, Citizen("甲乙丙"))
    assert compare(portrait(one), portrait(one)).words == (
        "同一人；内容约 100% 相同；主题相同；都提到“碧水华庭小区”"
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Citizen("晨雾"), Citizen("晨雾"), True),
        (Citizen("晨雾"), Citizen("听涛"), False),
        (Citizen("匿名网友"), Citizen("匿名网友"), None),
        (Citizen("王先生"), Citizen("王先生"), None),
        (Citizen("晨雾", "138 0000 1111"), Citizen("听涛", "13800001111"), True),
        (Citizen("晨雾", "13800001111"), Citizen("晨雾", "13800002222"), False),
    ],
)
def test_one_person_is_told_by_contact_else_by_a_name_of_his_own(
    one: Citizen, other: Citizen, same: bool | None
) -> None:
    assert same_person(one, other) is same


TEXTS = st.text(alphabet=st.sampled_from("碧水华庭小区停电修路灯，。 的了abc123"), max_size=80)


@given(TEXTS, TEXTS)
def test_keys_are_few_of_31_bits_and_the_same_each_time(title: str, text: str) -> None:
    keys = keys_of(title, text)
    assert keys == keys_of(title, text) == tuple(sorted(set(keys)))
    assert len(keys) <= KEYS_OF_TITLE + KEYS_OF_TEXT
    assert all(0 <= key < 2**31 for key in keys)


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_likeness_does_not_mind_which_came_first(title: str, text: str, title_2: str, text_2: str) -> None:
    one, other = portrait(Message(title, text)), portrait(Message(title_2, text_2))
    assert compare(one, other) == compare(other, one)
    assert 0 <= compare(one, other).content <= 1


def test_too_little_text_says_nothing() -> None:
    assert keys_of("", "请回复") == ()
    one, other = portrait(Message("咨询", "请回复，谢谢")), portrait(Message("建议", "请回复，谢谢！"))
    assert not compare(one, other).suspected


def test_only_the_most_evident_are_compared() -> None:
    found = {1: ["a"], 2: ["a", "b"], 3: ["b", *(str(number) for number in range(20))]}
    assert likely(found) == ["a", "b"]


def test_where_two_texts_part_is_told_in_words() -> None:
    earlier = "六楼以上经常停水，物业说归自来水公司管。"
    this = "六楼以上经常停水，老人孩子洗澡做饭都成了大问题，请尽快解决，物业说归自来水公司管！"
    assert differing_words(earlier, this) == "本件多出“老人孩子洗澡做饭都成了大问题，请…”"
    assert differing_words(this, earlier) == "那件多出“老人孩子洗澡做饭都成了大问题，请…”"
    assert differing_words(earlier, earlier.replace("。", "！")) == ""
