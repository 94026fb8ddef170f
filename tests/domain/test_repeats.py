"""Duplicates, conflicts and suspected repeats."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.incoming import IncomingMessage
from desktop_app.domain.messages import Citizen, Message
from desktop_app.domain.repeats import Earlier, Known, Registered, Repeat, classify, keys_of, letters

TEXT = "小区门口的路灯坏了三天，请派人来修。"


def row(
    number: int,
    board_number: str = "",
    title: str = "路灯不亮",
    text: str = TEXT,
    citizen: str = "河畔",
    written: str = "",
) -> IncomingMessage:
    return IncomingMessage(
        number,
        Message(
            title=title, text=text, citizen=Citizen(name=citizen), board_number=board_number, written=written
        ),
    )


def known(*messages: IncomingMessage) -> Known:
    """As the service would look them up: message of row 3 is case 2020-0003."""
    keys = [(f"2020-{message.row:04}", keys_of(message.message)) for message in messages]
    return Known(
        by_number={key.number: Registered(number, key.content) for number, key in keys if key.number},
        by_whole={key.whole: number for number, key in keys},
        by_alike={alike: number for number, key in keys for alike in key.alike},
    )


def test_the_same_number_with_the_same_content_is_a_duplicate() -> None:
    result = classify([row(2, "77", citizen="甲"), row(3, "77", citizen="乙", written="2020-01-06")], Known())
    assert [message.row for message in result.new] == [2]
    assert result.duplicates == (Repeat(3, Earlier(row=2)),)
    assert not result.suspected


def test_the_same_number_with_other_content_is_a_conflict() -> None:
    result = classify([row(2, "ＴＬ７７"), row(3, "tl77", text="换了内容的一条留言")], Known())
    (conflict,) = result.conflicts
    assert (conflict.row, conflict.reason) == (3, "number_conflict")
    assert conflict.message.startswith("第 3 行：编号 tl77 与本表第 2 行相同，但主题或内容不同")


def test_what_is_registered_goes_before_the_file() -> None:
    before = known(row(9, "77"), row(8))
    result = classify([row(2, "77"), row(3, "77", title="别的"), row(4), row(5, "77")], before)
    assert not result.new
    assert result.duplicates == (
        Repeat(2, Earlier(number="2020-0009")),
        Repeat(4, Earlier(number="2020-0008")),
        Repeat(5, Earlier(number="2020-0009")),
    )
    assert "已登记的 2020-0009" in result.conflicts[0].message


def test_without_a_number_citizen_time_title_and_text_must_agree() -> None:
    first = row(2, written="2020-01-06")
    others = [
        row(3, written="2020-01-07"),
        row(4, written="2020-01-06", citizen="山风"),
        row(5, written="2020-01-06", title="路灯"),
        row(6, written="2020-01-06", text=TEXT + "急"),
    ]
    same = row(7, written="2020-01-06")
    result = classify([first, *others, same], Known())
    assert [message.row for message in result.new] == [2, 3, 4, 5, 6]
    assert result.duplicates == (Repeat(7, Earlier(row=2)),)


def test_an_unnumbered_row_repeats_a_numbered_one_but_not_the_other_way_round() -> None:
    assert classify([row(2, "77"), row(3)], Known()).duplicates == (Repeat(3, Earlier(row=2)),)
    result = classify([row(2), row(3, "77")], Known())
    assert (len(result.new), result.suspected) == (2, (Repeat(3, Earlier(row=2)),))


def test_the_same_text_under_two_numbers_is_suspected_whatever_its_form() -> None:
    again = TEXT.replace("，", " , ").replace("三", "三\n")
    result = classify([row(2, "77"), row(3, "78", title="又来了", text=again, citizen="别人")], Known())
    assert (len(result.new), result.suspected) == (2, (Repeat(3, Earlier(row=2)),))


def test_the_same_citizen_and_title_is_suspected() -> None:
    other = "这是完全不同的另外一段话，说的也是路灯。"
    assert classify([row(2, "77"), row(3, "78", title="路灯 不亮！", text=other)], Known()).suspected
    assert not classify([row(2, "77"), row(3, "78", text=other, citizen="山风")], Known()).suspected
    nameless = [row(2, "77", citizen="匿名网友"), row(3, "78", text=other, citizen="匿名网友")]
    assert not classify(nameless, Known()).suspected


def test_a_few_words_alike_say_nothing() -> None:
    result = classify(
        [row(2, "1", text="请回复", title="甲"), row(3, "2", text="请回复！", title="乙")], Known()
    )
    assert not result.suspected


def test_letters_leave_form_behind() -> None:
    assert letters("Ａ-b_c，《甲》 １\n😀") == "abc甲1"


def test_the_bounds_between_parts_count() -> None:
    assert keys_of(Message("ab", "c")).content != keys_of(Message("a", "bc")).content


ROWS = st.lists(
    st.builds(
        row,
        number=st.just(0),
        board_number=st.sampled_from(["", "1", "2", "3"]),
        title=st.sampled_from(["甲", "乙"]),
        text=st.sampled_from(["", TEXT, TEXT + "！"]),
        citizen=st.sampled_from(["", "河畔"]),
    ),
    max_size=25,
).map(lambda rows: [IncomingMessage(index, each.message) for index, each in enumerate(rows, 2)])


@given(ROWS, ROWS)
def test_every_row_is_accounted_for_once_and_nothing_comes_in_twice(
    rows: list[IncomingMessage], earlier: list[IncomingMessage]
) -> None:
    first = classify(earlier, Known())
    before = known(*first.new)
    result = classify(rows, before)
    found = [message.row for message in result.new]
    found += [repeat.row for repeat in result.duplicates] + [conflict.row for conflict in result.conflicts]
    assert sorted(found) == [message.row for message in rows]
    new = [message.row for message in result.new]
    assert {repeat.row for repeat in result.suspected} <= set(new)
    for repeat in (*result.duplicates, *result.suspected):
        assert (repeat.of.number is None) != (repeat.of.row is None)
        assert repeat.of.row is None or (repeat.of.row in new and repeat.of.row < repeat.row)
    again = classify(rows, known(*first.new, *(IncomingMessage(m.row + 50, m.message) for m in result.new)))
    assert not again.new
