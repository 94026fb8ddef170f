"""Where things lie, from the source tree and from an installed package."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app import paths

ROOT = Path(__file__).resolve().parents[1]


def test_the_source_tree_reads_its_own_folders() -> None:
    assert paths.resources_folder() == ROOT / "resources"
    assert paths.forms_folder() == ROOT / "forms"


def test_an_installed_package_reads_the_folders_inside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desktop_app" / "forms").mkdir(parents=True)
    (tmp_path / "forms").mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path / "desktop_app")
    assert paths.forms_folder() == tmp_path / "desktop_app" / "forms"


def test_a_program_without_its_folders_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "_PACKAGE", tmp_path)
    with pytest.raises(FileNotFoundError, match="缺少 resources 文件夹"):
        paths.resources_folder()


def test_data_lie_in_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(variable, str(tmp_path))
    assert paths.default_data_folder() == tmp_path / "liuyan"
