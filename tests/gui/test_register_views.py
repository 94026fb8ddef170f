"""Saved views, without a window."""

from __future__ import annotations

import json
from datetime import date

from desktop_app.gui.register_state import CHOSEN, Filters, Sorting
from desktop_app.gui.register_views import LONGEST_NAME, SavedView, SavedViews, tidy_name

COLUMNS = {"order": ["tick", "number", "title"], "shown": ["tick", "number"], "widths": {"unit": 123}}
MINE = SavedView(
    "公安局自选",
    Filters(unit="市公安局", due=CHOSEN, first=date(2026, 10, 1), last=date(2026, 10, 31)),
    Sorting("due", False),
    COLUMNS,
)
OVERDUE = SavedView("逾期", Filters(overdue=True), Sorting(), {})


def test_a_view_is_read_back_as_it_was_written() -> None:
    views = SavedViews((MINE, OVERDUE))
    assert SavedViews.read(json.loads(json.dumps(views.written()))) == views


def test_of_one_name_there_is_one_view_in_the_place_of_the_first() -> None:
    newer = SavedView(MINE.name, Filters(state="办理中"), Sorting(), {})
    views = SavedViews((MINE, OVERDUE)).with_view(newer)
    assert views.names == ("公安局自选", "逾期")
    assert views.named("公安局自选") == newer


def test_a_view_goes_alone() -> None:
    views = SavedViews((MINE, OVERDUE)).without("公安局自选")
    assert views.names == ("逾期",)
    assert views.named("公安局自选") is None


def test_the_view_that_is_shown_is_found_whatever_it_is_called() -> None:
    views = SavedViews((MINE, OVERDUE))
    assert views.shown_as(SavedView("", MINE.filters, MINE.sorting, dict(COLUMNS))) == "公安局自选"
    assert views.shown_as(SavedView("", MINE.filters, Sorting("due", True), COLUMNS)) == ""
    assert views.shown_as(SavedView("", OVERDUE.filters, OVERDUE.sorting, {"shown": ["number"]})) == ""


def test_names_stand_on_one_line_and_are_not_too_long() -> None:
    assert tidy_name("  本周\n 到期 ") == "本周 到期"
    assert tidy_name(" \t") == ""
    assert len(tidy_name("很长" * 30)) == LONGEST_NAME


def test_what_cannot_be_read_is_left_out() -> None:
    kept = [
        "无",
        {"name": 7},
        {"name": "  "},
        {"name": "半个", "filters": [], "sorting": {"key": "title", "descending": 1}, "columns": "宽"},
        {
            "name": "列",
            "columns": {"order": ["title", 3, ["x"]], "shown": "all", "widths": {"unit": "宽", "due": 90}},
        },
    ]
    views = SavedViews.read(kept)
    assert views.names == ("半个", "列")
    assert views.views[0] == SavedView("半个", Filters(), Sorting(), {})
    assert views.views[1].columns == {"order": ["title"], "widths": {"due": 90}}
