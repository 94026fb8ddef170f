"""The points of a message: which sentences ask, and how the ticks are kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.message_points import MOST, Point, points_of, read, unanswered, written

TEXTS = st.text(alphabet="请问望何时能否修好路灯水压申请愿建议吗领导回复1、；。？！，\n 　a", max_size=400)


def test_each_question_and_each_request_is_a_point() -> None:
    text = (
        "领导您好！我住在某小区。自9月起二次供水水压不足，三楼以上无水。\n"
        "1、请问何时能够修好？\n2、停水期间可否派送水车；望物业公开水费明细。谢谢！"
    )
    assert points_of(text) == ("请问何时能够修好？", "停水期间可否派送水车；", "望物业公开水费明细。")


@pytest.mark.parametrize(
    "text",
    ["希望领导尽快给予回复，谢谢！", "敬请答复。", "望有关部门重视！", "我已申请低保。", "失望至极。", ""],
)
def test_manners_and_mere_telling_are_no_points(text: str) -> None:
    assert points_of(text) == ()


def test_of_a_long_sentence_the_clauses_that_ask_are_told() -> None:
    text = f"{'我们小区多次停水，物业推给水务公司，' * 4}请问到底由谁负责，何时修好？"
    assert points_of(text) == ("请问到底由谁负责，何时修好？",)


def test_what_is_asked_twice_is_one_point() -> None:
    assert points_of("何时修好？已经等了一个月。何时修好？") == ("何时修好？",)


@given(TEXTS)
def test_points_are_the_citizens_own_words_in_their_order(text: str) -> None:
    points = points_of(text)
    assert len(points) <= MOST and len(set(points)) == len(points)
    place = 0
    for point in points:
        place = text.index(point, place) + len(point)
    assert all(point.strip() == point and point and "\n" not in point for point in points)


@given(st.lists(st.builds(Point, st.text(max_size=40), st.booleans()), max_size=8))
def test_what_is_written_is_read_again(points: list[Point]) -> None:
    kept = tuple(Point(" ".join(one.words.split()), one.answered) for one in points if one.words.split())
    assert read(written(points)) == kept
    assert written(read(written(points))) == written(points)


def test_a_line_without_its_mark_is_a_point_not_answered() -> None:
    points = read("√ 何时修好？\n  □停水期间怎么办？\n水费明细\n\n")
    assert points == (Point("何时修好？", True), Point("停水期间怎么办？"), Point("水费明细"))
    assert unanswered(points) == ("停水期间怎么办？", "水费明细")
