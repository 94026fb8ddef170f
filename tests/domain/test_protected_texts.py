"""Recall and false alarms on the labelled texts; all of them are invented (tests/data/protected-texts.jsonl)."""

import pytest

from benchmarks.protected_words import counted, labelled_texts, table
from desktop_app.domain.masking import surname_of
from desktop_app.domain.messages import Citizen
from desktop_app.domain.privacy import KIND_WORDS, find_protected, mask_text

TEXTS = list(labelled_texts())
_FLOOR = 0.99
_FLOOR_OF_A_KIND = 0.97


def test_there_are_several_hundred_texts_and_every_kind_is_among_them() -> None:
    result = counted(TEXTS)
    assert len(TEXTS) >= 600
    assert result.quiet >= 150
    assert {kind for kind in KIND_WORDS if result.labelled[kind] < 5} == set()


def test_nearly_all_that_is_protected_is_found_and_nothing_else() -> None:
    result = counted(TEXTS)
    assert result.recall >= _FLOOR, table(result)
    for kind, labelled in result.labelled.items():
        assert result.found[kind] >= labelled * _FLOOR_OF_A_KIND, table(result)
    assert result.disturbance <= 0.01, table(result)


def test_what_is_counted_as_found_is_covered_by_the_mask() -> None:
    """Masking again finds nothing more of what was labelled: what a reader sees holds no figure of it."""
    for one in TEXTS:
        masked = mask_text(one.text, find_protected(one.text, one.citizen, one.permitted))
        for start, end, _ in one.spans:
            assert set(masked[start:end]) <= set("*\n"), one.text


def test_a_miss_is_counted_as_a_miss() -> None:
    blind = [one for one in TEXTS if one.spans][:1]
    result = counted([type(blind[0])("没有号码的一句话。", ((0, 3, "mobile"),), None, ())])
    assert (result.labelled["mobile"], result.found["mobile"]) == (1, 0)
    assert result.wrong


@pytest.mark.parametrize(
    ("name", "surname"),
    [("王小明", "王"), ("欧阳建华", "欧阳"), ("欧阳", "欧"), ("草原上的雄鹰", ""), ("lihua", ""), ("", "")],
)
def test_a_surname_is_read_out_of_names_only(name: str, surname: str) -> None:
    assert surname_of(name) == surname


@pytest.mark.parametrize(
    "hidden",
    [
        "138\u200b0013\u200b8000",
        "1\ufe0f\u20e338\ufe0f\u20e300138000",
        "138\u00ad00138000",
        "1\u2060380013800\u20600",
    ],
)
def test_characters_that_nobody_sees_hide_nothing_and_go_with_the_number(hidden: str) -> None:
    text = f"请打{hidden}找我"
    (hit,) = find_protected(text)
    assert (hit.kind, text[hit.start : hit.end]) == ("mobile", hidden)


def test_figures_in_a_column_are_no_telephone() -> None:
    assert find_protected("1\n3\n8\n0\n0\n1\n3\n8\n0\n0\n0") == ()
    assert find_protected("合计13\n第2项800\n第3项138\n000") == ()


def test_the_surname_with_a_title_is_only_the_citizens_own() -> None:
    (hit,) = find_protected("王女士您好，物业李先生已整改。", Citizen(name="王秀英"))
    assert (hit.text, hit.kind, hit.sure) == ("王女士", "name", False)
