"""Where things lie: the office's data on this machine, and what the program reads beside its code.

`resources/` and `forms/` are top-level folders of the source tree. A bundle made by PyInstaller keeps
them beside `desktop_app/` as the source tree does; an installed package carries them inside it.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

WINDOW_LOCK = "window.lock"
"""File in the data folder that an open window holds: one window a folder, and no restoring under it."""


def default_data_folder() -> Path:
    """Folder of the office's data where `--data` names none; it need not exist yet.

    The platform's own: %LOCALAPPDATA% on Windows, $XDG_DATA_HOME or ~/.local/share on Linux.
    """
    import platformdirs

    return platformdirs.user_data_path("liuyan", appauthor=False)


def resources_folder() -> Path:
    """Folder of the regulations, holiday notices, icons, style sheet and sample messages."""
    return _shipped("resources")


def forms_folder() -> Path:
    """Folder of the shipped paper templates; an office's own copies in its data folder win over these."""
    return _shipped("forms")


def _shipped(name: str) -> Path:
    for home in (_PACKAGE, _PACKAGE.parent):
        if (home / name).is_dir():
            return home / name
    raise FileNotFoundError(f"程序不完整：{_PACKAGE.parent} 下缺少 {name} 文件夹，请重新安装。")
