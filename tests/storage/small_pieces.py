"""Lists of a server cut so small that ninety cases fill pieces of every size."""

from __future__ import annotations

import pytest


def cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """For this test; what is written into an index before has the marks of larger ones."""
    for module in ("search_tokens", "server_pieces"):
        monkeypatch.setattr(f"desktop_app.storage.{module}.PIECE_SIZES", (4, 16, 10**9))
    monkeypatch.setattr("desktop_app.storage.server_list.GATHER_AT_MOST", 10)
    for name, value in (("_FIRST", 4), ("_MOST", 16), ("_FAN", 2), ("_DAYS", 1), ("_MONTHS", 0)):
        monkeypatch.setattr(f"desktop_app.storage.server_pieces.{name}", value)
