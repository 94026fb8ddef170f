"""Learning from examples, and what is kept of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.message_features import BITS, features
from desktop_app.errors import Cancelled
from desktop_app.services.learned_model import MARKS, LearnedModel, Lesson, model_of
from desktop_app.services.learning import learn

WATER = (
    "二次供水水压不足经常停水",
    "小区自来水管爆裂停水",
    "水费收得不明不白，水表没有换",
    "自来水发黄有味道",
)
SCHOOL = ("小学违规补课收费", "孩子上学的学区怎么划分", "中学食堂饭菜质量差", "老师课堂上打骂学生")


def taught() -> LearnedModel:
    lessons = [
        Lesson.of(features("", text), name, f"2026-{at:04d}")
        for name, texts in (("水务局", WATER), ("教育局", SCHOOL))
        for at, text in enumerate(texts, start=1)
    ]
    model = learn(lessons)
    assert model is not None
    return model


def best(model: LearnedModel, text: str) -> str:
    scores = model.scores(features("", text))
    return model.names[scores.index(max(scores))]


def test_what_was_taught_is_told_of_new_texts() -> None:
    model = taught()
    assert [best(model, text) for text in ("家里停水三天了，自来水公司不管", "学校收补课费合理吗")] == [
        "水务局",
        "教育局",
    ]
    assert model.taught == (4, 4)


def test_past_cases_alike_are_told_with_their_numbers() -> None:
    near = taught().alike(features("", "小区自来水管爆裂，停水了"), 3)
    assert near[0] == ("2026-0002", "水务局")
    assert all(name == "水务局" for _, name in near)
    assert taught().alike(features("", "异地住院医保"), 3) == []


def test_what_is_kept_says_the_same() -> None:
    model = taught()
    again = model_of(model.to_bytes())
    assert again == model
    seen = features("", "自来水停水")
    assert again.scores(seen) == model.scores(seen)
    assert again.alike(seen, 5) == model.alike(seen, 5)


def test_nothing_of_a_message_can_be_read_in_what_is_kept() -> None:
    import zlib

    assert "停水".encode() not in zlib.decompress(taught().to_bytes())


@pytest.mark.parametrize("content", [b"", b"not zlib", b"x\x9c\x03\x00\x00\x00\x00\x01"])
def test_what_is_damaged_is_no_model(content: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        model_of(content)


def test_one_name_is_nothing_to_learn() -> None:
    assert learn([]) is None
    assert learn([Lesson.of(features("", text), "水务局") for text in WATER]) is None


def test_learning_can_be_stopped() -> None:
    lessons = [Lesson.of(features("", text), text[:1]) for text in (*WATER, *SCHOOL)]
    with pytest.raises(Cancelled):
        learn(lessons, lambda done, total: False)


@given(st.text(max_size=40), st.text(max_size=200))
def test_features_are_numbers_of_a_width_and_counts(title: str, text: str) -> None:
    found = features(title, text)
    assert found == features(title, text)
    assert all(0 <= number < 1 << BITS and times > 0 for number, times in found.items())


def test_a_title_counts_more_than_a_text() -> None:
    (number,) = features("水", "")
    assert features("水", "水")[number] > features("", "水水水")[number]
    assert MARKS > 0
