"""Ticks in `□是　□否`, as people make them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.documents.ticked_boxes import both_ticked, ticked_answer


@pytest.mark.parametrize(
    "text",
    [
        "√是　□否",
        "☑是　☐否",
        "☒ 是   ☐ 否",
        "■是　□否",
        "✓是 否",
        "是√　否□",
        "是（√）　否（　）",
        "[√]是 [ ]否",
        "√是　×否",
        "□√是　□否",
        "是",
        "宜公开",
        "√ 是",
    ],
)
def test_yes(text: str) -> None:
    assert ticked_answer(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "□是　√否",
        "☐是　☑否",
        "□是　■否",
        "是　否√",
        "是（　）否（√）",
        "×是　√否",
        "□是□√否",
        "否",
        "不宜公开",
        "□是 ☒否",
    ],
)
def test_no(text: str) -> None:
    assert ticked_answer(text) is False


@pytest.mark.parametrize("text", ["□是　□否", "", "是　否", "待定", "√是　√否", "■是■否", "×是　×否"])
def test_neither_or_both(text: str) -> None:
    assert ticked_answer(text) is None


def test_both_is_told_apart_from_neither() -> None:
    assert both_ticked("√是　☑否")
    assert not both_ticked("√是　□否") and not both_ticked("□是　□否") and not both_ticked("是")


@given(st.text(max_size=30))
def test_whatever_is_written_there_has_an_answer_or_none(text: str) -> None:
    assert ticked_answer(text) in (True, False, None)
    assert not (both_ticked(text) and ticked_answer(text) is not None)
