"""What a user has set is there next time, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.gui.window_settings import WindowSettings


@pytest.mark.parametrize("value", ["大", True, 7, ["number", False], {"status": "办理中"}])
def test_what_was_put_is_there_at_the_next_start(tmp_path: Path, value: object) -> None:
    WindowSettings(tmp_path, "王敏").put("key", value)
    assert WindowSettings(tmp_path, "王敏").get("key", type(value)()) == value


def test_each_user_has_settings_of_their_own(tmp_path: Path) -> None:
    WindowSettings(tmp_path, "王敏").put("key", "hers")
    assert WindowSettings(tmp_path, "李建国").get("key", "none") == "none"
    assert WindowSettings(tmp_path).get("key", "none") == "none"


def test_a_value_of_another_kind_is_as_none(tmp_path: Path) -> None:
    settings = WindowSettings(tmp_path, "王敏")
    settings.put("key", "words")
    assert settings.get("key", {}) == {}


def test_a_damaged_file_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "window.ini").write_text("[machine]\nkey=}{\n", encoding="utf-8")
    assert WindowSettings(tmp_path).get("key", "standard") == "standard"
