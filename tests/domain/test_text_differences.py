"""Where two texts differ: nothing is lost, nothing is told twice, and long texts are cut to sentences first."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.text_differences import Span, differences

TEXTS = st.text(alphabet="甲乙丙的。，\n", max_size=60)
SENTENCES = ("一二三四五六。", "七八九十。", "甲乙丙丁\n", "的的的的的的的的的的。")
LONG_TEXTS = st.lists(st.sampled_from(SENTENCES), max_size=400).map("".join)


def without(text: str, spans: tuple[Span, ...]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + text[end:]
    return text


def check(old: str, new: str) -> None:
    found = differences(old, new)
    assert without(old, found.removed) == without(new, found.added)
    for text, spans in ((old, found.removed), (new, found.added)):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(one[1] < other[0] for one, other in pairwise(spans))


@given(TEXTS, TEXTS)
def test_what_is_left_of_either_text_is_the_same(old: str, new: str) -> None:
    check(old, new)


@given(LONG_TEXTS, LONG_TEXTS)
def test_long_texts_too(old: str, new: str) -> None:
    check(old, new)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert differences(text, text) == differences("", "")


def test_a_cut_and_an_addition_are_told_where_they_are() -> None:
    old, new = "您好：经查，该路段已于9月修复。", "网友您好：该路段已于9月修复，感谢监督。"
    found = differences(old, new)
    assert [old[start:end] for start, end in found.removed] == ["经查，"]
    assert [new[start:end] for start, end in found.added] == ["网友", "，感谢监督"]
    assert (found.letters_removed, found.letters_added) == (3, 7)


def test_two_replacements_with_one_letter_between_them_are_one() -> None:
    old, new = "由甲局的张某办理", "由乙处的李某办理"
    found = differences(old, new)
    assert [old[start:end] for start, end in found.removed] == ["甲局的张"]
    assert [new[start:end] for start, end in found.added] == ["乙处的李"]


def test_of_a_long_text_only_the_sentence_that_changed_is_told() -> None:
    old = "".join(f"第{place}项已经办理完毕。" for place in range(400))
    new = old.replace("第200项已经办理完毕。", "第200项正在办理。")
    found = differences(old, new)
    assert "".join(old[start:end] for start, end in found.removed) == "已经办理完毕"
    assert "".join(new[start:end] for start, end in found.added) == "正在办理"


def test_a_row_of_dashes_is_told_as_one_piece() -> None:
    old, new = "—" * 1_400, "—。" * 700
    found = differences(old, new)
    assert without(old, found.removed) == without(new, found.added)
    assert len(found.removed) <= 1
