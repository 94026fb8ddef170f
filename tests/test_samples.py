"""What is shipped to read: sample messages and units are whole and plainly invented, articles complete."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

RESOURCES = Path(__file__).parents[1] / "resources"
SAMPLES = RESOURCES / "samples"
REGULATIONS = ("tongliao-2023", "xizang-2017")
UNIT_FILES = {"tongliao-2023": "units-tongliao.csv", "xizang-2017": "units-xizang.csv"}
UNIT_COLUMNS = [
    "单位名称",
    "简称",
    "上级单位",
    "主要负责人",
    "分管领导",
    "具体科室",
    "经办人",
    "联系电话",
    "地区",
    "职责",
]
BOARDS = {"tongliao-2023": {"市长板块", "主席板块"}, "xizang-2017": {"主席留言专栏"}}
KINDS = {"建言", "投诉/求助", "咨询", "感谢"}
ALWAYS = (
    "id",
    "regulation",
    "board",
    "kind",
    "category",
    "domain",
    "urgency",
    "title",
    "text",
    "citizen",
    "unit",
    "opinion",
)
SOMETIMES = (
    "contact",
    "work_unit",
    "address",
    "ip",
    "supporting",
    "reply",
    "explanation",
    "suggestion",
    "refusal_ground",
    "duplicate_of",
    "private_reason",
    "complained_kind",
    "complained_unit",
    "complained_person",
    "handed_down_by",
    "linked",
    "marks",
)

# Mobile numbers of one block; landlines that begin with 0 after the area code, which no subscriber has.
FICTIONAL_MOBILE = re.compile(r"1390000\d{4}")
FICTIONAL_LANDLINE = re.compile(r"(0475|0891)-0000\d{3}")
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK_FIGURES = "10X98765432"

ARTICLES = {
    "xizang-2017": [
        *(f"第{n}条" for n in "一二三四五"),
        *(f"第五条（{n}）" for n in "一二三四五六七"),
        "第六条",
        "第七条",
        *(f"第七条（{n}）" for n in "一二三四"),
    ],
    "tongliao-2023": [
        *(f"第{n}条" for n in "一二三四五六七"),
        "第七条（一）",
        "第七条（二）",
        *(f"第{n}条" for n in ("八", "九", "十")),
        *(f"第十{n}条" for n in "一二三四五六七八九"),
        *(f"第{n}条" for n in ("二十", "二十一", "二十二")),
    ],
}


def _messages() -> list[dict[str, Any]]:
    with (SAMPLES / "messages.toml").open("rb") as file:
        return list(tomllib.load(file)["message"])


def _units(regulation: str) -> list[dict[str, str]]:
    with (SAMPLES / UNIT_FILES[regulation]).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _names(unit: dict[str, str]) -> list[str]:
    return [unit["单位名称"], *filter(None, unit["简称"].split("、"))]


def _vocabulary(regulation: str, name: str) -> set[str]:
    with (RESOURCES / "regulations" / regulation / "regulation.toml").open("rb") as file:
        return {term["value"] for term in tomllib.load(file)["vocabulary"][name]}


def _has_right_check_figure(number: str) -> bool:
    total = sum(int(figure) * weight for figure, weight in zip(number[:17], ID_WEIGHTS, strict=True))
    return ID_CHECK_FIGURES[total % 11] == number[17].upper()


MESSAGES = _messages()
SHIPPED_TEXT = {
    path.name: path.read_text(encoding="utf-8-sig")
    for path in sorted(SAMPLES.iterdir())
    if path.suffix in {".toml", ".csv"}
}


def test_there_are_seventy_five_messages_of_each_regulation() -> None:
    counts = {
        regulation: sum(message["regulation"] == regulation for message in MESSAGES)
        for regulation in REGULATIONS
    }
    assert counts == {"tongliao-2023": 75, "xizang-2017": 75}


def test_no_two_messages_have_the_same_id_title_or_text() -> None:
    for key in ("id", "title", "text"):
        assert len({message[key] for message in MESSAGES}) == len(MESSAGES), key


def test_lengths_vary_as_they_do_on_the_board() -> None:
    lengths = sorted(len(message["text"]) for message in MESSAGES)
    assert lengths[0] >= 30
    assert [length for length in lengths if length > 2000] == lengths[-2:]
    assert any(500 < length < 800 for length in lengths)


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message["id"])
def test_each_message_is_whole_and_speaks_the_words_of_its_regulation(message: dict[str, Any]) -> None:
    regulation = message["regulation"]
    assert all(message.get(key) for key in ALWAYS)
    assert set(message) <= {*ALWAYS, *SOMETIMES}
    assert all(value == value.strip() for value in message.values() if isinstance(value, str))
    assert message["board"] in BOARDS[regulation]
    assert message["kind"] in KINDS
    assert message["category"] in _vocabulary(regulation, "category")
    assert message["urgency"] in _vocabulary(regulation, "urgency")
    named = {name for unit in _units(regulation) for name in _names(unit)}
    assert message["unit"] in named
    assert message.get("supporting", message["unit"]) in named
    assert message.get("complained_unit", message["unit"]) in named
    if "refusal_ground" in message:
        assert message["refusal_ground"] in _vocabulary(regulation, "refusal_ground")
        assert message["explanation"] and message["suggestion"] and "reply" not in message
    else:
        assert message["reply"]
    if "private_reason" in message:
        assert message["private_reason"] in _vocabulary(regulation, "private_reason")
    if "complained_kind" in message:
        assert message["complained_kind"] in _vocabulary(regulation, "complaint_kind")
    if message["board"] == "主席板块":
        assert message["handed_down_by"] == "自治区政府政研室"


def test_a_repeat_names_an_earlier_message_of_the_same_person() -> None:
    by_id = {message["id"]: message for message in MESSAGES}
    repeats = [message for message in MESSAGES if "duplicate_of" in message]
    assert {message["regulation"] for message in repeats} == set(REGULATIONS)
    for repeat in repeats:
        first = by_id[repeat["duplicate_of"]]
        assert MESSAGES.index(first) < MESSAGES.index(repeat)
        assert (first["citizen"], first["contact"]) == (repeat["citizen"], repeat["contact"])


def test_what_is_hard_to_handle_is_there_under_both_regulations() -> None:
    wanted = {
        "unreasonable",
        "outside",
        "judicial",
        "duplicate",
        "personal_data",
        "accusation",
        "thanks",
        "long",
    }
    for regulation in REGULATIONS:
        marks = {
            mark
            for message in MESSAGES
            if message["regulation"] == regulation
            for mark in message.get("marks", ())
        }
        assert wanted <= marks


def test_an_accusation_is_never_meant_for_the_accused() -> None:
    accusations = [message for message in MESSAGES if message.get("complained_kind") == "控告检举"]
    assert len(accusations) == 2
    for message in accusations:
        units = {name: unit["单位名称"] for unit in _units(message["regulation"]) for name in _names(unit)}
        assert units[message["unit"]] != units[message["complained_unit"]]
        assert "reply" in message and "private_reason" in message


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_a_unit_register_is_complete_and_its_names_are_unambiguous(regulation: str) -> None:
    raw = (SAMPLES / UNIT_FILES[regulation]).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    units = _units(regulation)
    assert list(units[0]) == UNIT_COLUMNS
    assert 30 <= len(units) <= 40
    names = [name for unit in units for name in _names(unit)]
    assert len(names) == len(set(names))
    full_names = {unit["单位名称"] for unit in units}
    for unit in units:
        assert all(unit[column] for column in UNIT_COLUMNS if column != "上级单位")
        assert unit["上级单位"] == "" or unit["上级单位"] in full_names
        assert FICTIONAL_LANDLINE.fullmatch(unit["联系电话"])


@pytest.mark.parametrize("name", sorted(SHIPPED_TEXT))
def test_no_number_could_be_a_real_persons(name: str) -> None:
    text = SHIPPED_TEXT[name]
    mobiles = re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text)
    assert all(FICTIONAL_MOBILE.fullmatch(number) for number in mobiles)
    landlines = re.findall(r"(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)", text)
    assert all(FICTIONAL_LANDLINE.fullmatch(number) for number in landlines)
    identities = re.findall(r"(?<!\d)\d{17}[\dXx](?!\d)", text)
    assert not [number for number in identities if _has_right_check_figure(number)]
    assert all(address.endswith("@example.com") for address in re.findall(r"[\w.]+@[\w.]+", text))


def test_the_messages_do_hold_such_numbers_to_be_found() -> None:
    texts = "\n".join(message["text"] for message in MESSAGES if "personal_data" in message.get("marks", ()))
    assert len(FICTIONAL_MOBILE.findall(texts)) == 2
    assert len(re.findall(r"(?<!\d)\d{17}[\dXx](?!\d)", texts)) == 2


@pytest.mark.parametrize("regulation", REGULATIONS)
def test_the_text_of_every_article_stands_under_its_own_heading(regulation: str) -> None:
    text = (RESOURCES / "regulations" / regulation / "articles.md").read_text(encoding="utf-8")
    head, *rest = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    assert head.startswith("# ")
    assert all(f"- {label}：" in head for label in ("名称", "制发机关", "成文日期", "来源"))
    assert rest[::2] == ARTICLES[regulation]
    assert all(len(body.strip()) > 10 for body in rest[1::2])
