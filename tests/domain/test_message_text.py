"""Cleaning changes nothing that can be seen; folding keeps its positions."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop_app.domain.message_text import ZERO_WIDTH, clean, fold, folded, well_formed

FAMILY = "👨\u200d👩\u200d👧"
ODD = st.lists(
    st.sampled_from(
        ["a", "Ａ", "留", "_x000D_", "_x0", "\r", "\n", " ", "\u3000", *ZERO_WIDTH, "😀", "\u1820"]
    )
    | st.characters(),
    max_size=30,
).map("".join)


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("\n\t\t 路灯坏了 \u3000\u00a0\n", "路灯坏了"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("甲_x000D_\n乙_x000d_", "甲\n乙"),
        ("路\u200b灯\ufeff坏\u2060了", "路灯坏了"),
        ("\ufeff \u200b路灯", "路灯"),
        ("《条例》<通知>***，２０２０年　甲 乙", "《条例》<通知>***，２０２０年　甲 乙"),
        ("_x000D", "_x000D"),
        ("_x0_x000D_00D_", ""),
        ("", ""),
    ],
)
def test_cleaning(given_text: str, shown: str) -> None:
    assert clean(given_text) == shown


@pytest.mark.parametrize(
    "text",
    [
        FAMILY,
        "🏳\ufe0f\u200d🌈",
        "👩🏽\u200d⚕\ufe0f",
        "🙂\u200d↔\ufe0f",
        "\u182a\u1820\u200d",  # Mongolian, a letter in its medial form
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0645",  # Persian, written as two words joined
        "\u0915\u094d\u200d\u0937",  # Devanagari, a half form
    ],
)
def test_a_joiner_that_is_seen_stays(text: str) -> None:
    assert clean(f"甲{text}乙") == f"甲{text}乙"


@pytest.mark.parametrize(
    "text", ["甲\u200d乙", "甲\u200d😀", "😀\u200d乙", "\u200d😀", "😀\u200d", "a\u200cb"]
)
def test_a_joiner_that_joins_nothing_goes(text: str) -> None:
    assert clean(text) == text.replace("\u200d", "").replace("\u200c", "")


@given(ODD)
@example("😀\u200d_x000D_😀")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(ODD)
def test_visible_characters_never_change(text: str) -> None:
    def visible(value: str) -> str:
        while "_x000D_" in value or "_x000d_" in value:
            value = value.replace("_x000D_", "").replace("_x000d_", "")
        return "".join(character for character in value if not character.isspace())

    def without_zero_width(value: str) -> str:
        return "".join(character for character in value if character not in ZERO_WIDTH)

    assert visible(without_zero_width(clean(text))) == visible(without_zero_width(text))


@given(st.text(max_size=30), st.text(max_size=5))
def test_white_space_within_stays(text: str, edge: str) -> None:
    inner = f"甲{text.replace(chr(13), '')}乙"
    if not any(character in ZERO_WIDTH for character in inner) and "_x000" not in inner:
        assert clean(f" \u3000{inner}\n") == inner


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("ＡｂＣ１２３", "abc123"),
        ("①㎡ﬁ", "1m2fi"),
        ("STRASSE", "straße"),
        ("ｶﾞ", "ガ"),
        ("e\u0301É", "éé"),
        ("（甲）：", "(甲):"),
        ("\u1112\u1161\u11ab", "한"),
    ],
)
def test_folding_makes_one_of_forms(text: str, same: str) -> None:
    assert fold(text) == fold(same)


@given(st.text(max_size=40))
@example("ẞᾳŉǰ")
@example("\u0dd9\u0dcf\u1100\u1161\u11a8ｶﾞ")
def test_folding_is_stable_and_keeps_its_positions(text: str) -> None:
    result = folded(text)
    assert result.text == fold(text) == fold(result.text)
    assert len(result.positions) == len(result.text)
    assert list(result.positions) == sorted(result.positions)
    assert all(0 <= position < len(text) for position in result.positions)


@given(st.text("路灯ＡBﬁ㎡ \u0301", max_size=20), st.text("灯aＢfi2", min_size=1, max_size=3))
def test_what_is_found_folded_is_marked_where_it_stands(text: str, query: str) -> None:
    result = folded(text)
    start = result.text.find(fold(query))
    if start >= 0:
        first, last = result.span(start, start + len(fold(query)), len(text))
        assert fold(query) in fold(text[first:last]) or first == last


def test_what_no_file_or_server_can_hold_is_not_kept() -> None:
    assert well_formed("路灯\x00坏了\ud83d") == "路灯坏了\ufffd"
