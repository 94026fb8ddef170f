"""The words about what was found: in the text alone, shortened, and nothing protected in them."""

from __future__ import annotations

import pytest

from desktop_app.domain.messages import Citizen, Message
from desktop_app.services.found_words import found_in_text

TEXT = "我家住在某小区，二次供水水压不足，\n希望尽快解决。联系电话13904750001，王小明。"
MESSAGE = Message("水压的问题", TEXT, Citizen("王小明", "13904750001"))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("水压不足", "正文：…区，二次供水水压不足， 希望尽快解决。联系电…"),
        ("水压", ""),
        ("没有的", ""),
        ("我家", "正文：我家住在某小区，二次供水水压…"),
        ("13904750001", "正文（已遮盖）"),
        ("小明", "正文（已遮盖）"),
        (" ", ""),
    ],
)
def test_words(words: str, told: str) -> None:
    assert found_in_text(MESSAGE, words) == told


def test_no_figure_of_a_number_cut_off_is_shown() -> None:
    assert "1390" not in found_in_text(MESSAGE, "联系电话")
