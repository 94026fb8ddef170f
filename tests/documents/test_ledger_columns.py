from datetime import date
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.documents.ledger_columns import chosen_ledger, ledger_rows, load_ledgers
from desktop_app.domain.masking import FIELD_MASKS
from desktop_app.errors import BadData, Refusal

REGULATIONS = sorted(
    file.parent for file in (paths.resources_folder() / "regulations").glob("*/ledgers.toml")
)

GOOD = """[register]
title = "登记台账"
article = "第一条"
paper = "A4"
only = []
columns = [{ key = "number", title = "登记号", width = 10, kind = "text", article = "第一条" }]
"""


def folder_with(tmp_path: Path, ledgers: str) -> Path:
    (tmp_path / "ledgers.toml").write_text(ledgers, encoding="utf-8")
    (tmp_path / "articles.md").write_text("## 第一条\n\n正文。\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("folder", REGULATIONS, ids=lambda folder: folder.name)
def test_every_shipped_ledger_loads_and_protects_the_citizen(folder: Path) -> None:
    ledgers = load_ledgers(folder)
    assert set(ledgers) == {"register", "assignment", "supervision", "return", "follow-up", "instruction"}
    for form in ledgers.values():
        assert form.columns[0].key == "number"
        assert all(column.protected for column in form.columns if column.key in FIELD_MASKS)
        assert all(column.article for column in form.columns)


def test_both_regulations_have_ledgers() -> None:
    assert {folder.name for folder in REGULATIONS} >= {"xizang-2017", "tongliao-2023"}


def test_the_register_is_the_default_and_another_name_is_refused(tmp_path: Path) -> None:
    ledgers = load_ledgers(folder_with(tmp_path, GOOD))
    assert chosen_ledger(ledgers, None) is ledgers["register"]
    with pytest.raises(Refusal, match="没有名为“x”的台账") as refused:
        chosen_ledger(ledgers, "x")
    assert refused.value.code == "unknown_value"


def test_rows_are_the_cases_that_have_something_to_say() -> None:
    ledgers = load_ledgers(paths.resources_folder() / "regulations" / "xizang-2017")
    form = ledgers["follow-up"]
    quiet = {"number": "2026-0001", "satisfaction": ""}
    asked = {"number": "2026-0002", "satisfaction": "满意", "replied_on": date(2026, 10, 9), "private": True}
    rows = list(ledger_rows(form, [quiet, asked]))
    assert len(rows) == 1
    shown = dict(zip([column.key for column in form.columns], rows[0], strict=True))
    assert (shown["number"], shown["satisfaction"], shown["replied_on"]) == (
        "2026-0002",
        "满意",
        date(2026, 10, 9),
    )
    assert (shown["private"], shown["lead"]) == ("是", None)


def test_a_period_keeps_the_lines_whose_own_day_lies_in_it() -> None:
    form = load_ledgers(paths.resources_folder() / "regulations" / "tongliao-2023")["supervision"]
    lines = [{"number": f"2026-000{n}", "step_on": date(2026, month, day)} for n, month, day in _DAYS]
    kept = ledger_rows(form, [*lines, {"number": "2026-0009"}], (date(2026, 10, 1), date(2026, 10, 31)))
    assert [row[0] for row in kept] == ["2026-0002", "2026-0003"]


_DAYS = ((1, 9, 30), (2, 10, 1), (3, 10, 31), (4, 11, 1))


def test_chosen_columns_stand_in_the_order_of_the_data() -> None:
    form = load_ledgers(paths.resources_folder() / "regulations" / "tongliao-2023")["instruction"]
    narrow = form.with_columns(["leader", "number"])
    assert [column.key for column in narrow.columns] == ["number", "leader"]
    assert (narrow.lines, narrow.dated) == (form.lines, form.dated)
    for keys in (["contact"], []):
        with pytest.raises(Refusal) as refused:
            form.with_columns(keys)
        assert refused.value.code == "unknown_value" and "批示领导" in refused.value.message


def test_lists_and_starts_are_said_in_words() -> None:
    ledgers = load_ledgers(paths.resources_folder() / "regulations" / "xizang-2017")
    form = ledgers["assignment"]
    case = {"dispatched": date(2026, 9, 1), "supporting": ("市公安局", "市教育局"), "due_from": "dispatch"}
    shown = dict(zip([column.key for column in form.columns], next(ledger_rows(form, [case])), strict=True))
    assert shown["supporting"] == "市公安局、市教育局"
    assert shown["due_from"] == "按交办日预计"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"number"', '"numbre"', "key 中的“numbre”不认识"),
        ('kind = "text"', 'kind = "date"', "kind 应是 text"),
        ("width = 10", "width = 1", "width 应是 2 到 120"),
        ("width = 10", 'width = "10"', "“width”应为数"),
        ("width = 10", "wide = 10", "不认识的项“wide”"),
        ('article = "第一条" }', 'article = "第九条" }', "条文“第九条”不在 articles.md 中"),
        ('paper = "A4"', 'paper = "B5"', "paper 应是 A3 或 A4"),
        ('paper = "A4"', 'paper = "A4"\nlines = "urges"', "lines 中的“urges”不认识"),
        ('paper = "A4"', 'paper = "A4"\ndated = "step_on"', "dated 应是日期栏的 key"),
        ('"number"', '"leader"', "key 中的“leader”不认识"),
        ("only = []", 'only = ["x"]', "only 中的“x”不认识"),
        ('key = "number"', 'key = "citizen"', "须写 protected = true"),
        ('key = "number"', 'key = "title"', "须写 protected = true"),
        ("[register]", "[other]", "缺少默认的台账"),
        ('title = "登记台账"', "title = 5", "“title”应为文字"),
        ("only = []", "only = [", "不是正确的 TOML"),
        ("[register]", "other = 5\n[register]", "[other]：应为表"),
        (GOOD[GOOD.index("columns") :], "columns = []\n", "至少一栏"),
    ],
)
def test_what_is_wrong_refuses_to_load_and_says_where(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(BadData) as bad:
        load_ledgers(folder_with(tmp_path, GOOD.replace(old, new, 1)))
    assert told in bad.value.message
    assert "ledgers.toml" in bad.value.message


def test_a_column_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    column = GOOD[GOOD.index("{") : GOOD.index("}") + 1]
    with pytest.raises(BadData, match="出现了不止一栏"):
        load_ledgers(folder_with(tmp_path, GOOD.replace(column, f"{column}, {column}")))


def test_a_missing_file_is_bad_data(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="不能读取"):
        load_ledgers(tmp_path)
