"""Saved views of the register: its filters, its order and its columns under a name. No Qt here.

What is searched for is never part of one: it may name a citizen, and the window's settings are a plain file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.gui.register_state import Filters, Sorting

LONGEST_NAME = 20
Columns = Mapping[str, object]
"""As the table keeps them: `order` and `shown`, lists of names, and `widths` by name."""


def tidy_name(typed: str) -> str:
    """On one line, without space at its ends; what is left over is cut off."""
    return " ".join(typed.split())[:LONGEST_NAME].rstrip()


@dataclass(frozen=True, slots=True)
class SavedView:
    name: str
    filters: Filters
    sorting: Sorting
    columns: Columns

    def shows_as(self, other: SavedView) -> bool:
        """Whether both show the same, whatever they are called."""
        return self.written() | {"name": ""} == other.written() | {"name": ""}

    @classmethod
    def read(cls, kept: object) -> SavedView | None:
        """From the window's settings; None where it has no name. What else cannot be read is as from the start."""
        if not isinstance(kept, Mapping) or not isinstance(kept.get("name"), str):
            return None
        name = tidy_name(kept["name"])
        if not name:
            return None
        return cls(
            name,
            Filters.read(_mapping(kept.get("filters"))),
            Sorting.read(_mapping(kept.get("sorting"))),
            _columns(_mapping(kept.get("columns"))),
        )

    def written(self) -> dict[str, object]:
        return {
            "name": self.name,
            "filters": self.filters.written(),
            "sorting": self.sorting.written(),
            "columns": dict(self.columns),
        }


@dataclass(frozen=True, slots=True)
class SavedViews:
    """One user's, in the order in which they were first saved; no two of one name."""

    views: tuple[SavedView, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(view.name for view in self.views)

    def named(self, name: str) -> SavedView | None:
        return next((view for view in self.views if view.name == name), None)

    def shown_as(self, now: SavedView) -> str:
        """The name of the view that the register shows now; empty where it shows something else."""
        return next((view.name for view in self.views if view.shows_as(now)), "")

    def with_view(self, view: SavedView) -> SavedViews:
        """One of the same name is replaced, in its place."""
        if view.name in self.names:
            return SavedViews(tuple(view if one.name == view.name else one for one in self.views))
        return SavedViews((*self.views, view))

    def without(self, name: str) -> SavedViews:
        return SavedViews(tuple(view for view in self.views if view.name != name))

    @classmethod
    def read(cls, kept: Iterable[object]) -> SavedViews:
        """From the window's settings; of two with one name the later holds."""
        views = cls()
        for one in kept:
            view = SavedView.read(one)
            views = views.with_view(view) if view is not None else views
        return views

    def written(self) -> list[dict[str, object]]:
        return [view.written() for view in self.views]


def _mapping(kept: object) -> Mapping[str, object]:
    return kept if isinstance(kept, Mapping) else {}


def _columns(kept: Mapping[str, object]) -> Columns:
    """Only what the table can read: names, and widths in whole pixels."""
    names = {key: value for key in ("order", "shown") if isinstance(value := kept.get(key), list)}
    columns: dict[str, object] = {
        key: [name for name in value if isinstance(name, str)] for key, value in names.items()
    }
    widths = kept.get("widths")
    if isinstance(widths, Mapping):
        columns["widths"] = {name: width for name, width in widths.items() if isinstance(width, int)}
    return columns
