"""How a LibreOffice of ours is set before it starts for the first time: it runs nothing, fetches nothing, remembers nothing.

Written as its own settings file into the new profile (LibreOffice's officecfg schemas name the items).
"""

from __future__ import annotations

from pathlib import Path

_FILE = "registrymodifications.xcu"
_ITEMS: tuple[tuple[str, str, str], ...] = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Common/Security/Scripting", "DisablePythonRuntime", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Writer/Content/Update", "Field", "false"),
    ("Common/History", "PickListSize", "0"),
    ("Common/Misc", "UseOpenCL", "false"),
    ("Common/Save/Document", "AutoSave", "false"),
    ("Recovery/AutoSave", "Enabled", "false"),
    ("Recovery/AutoSave", "UserAutoSaveEnabled", "false"),
)
"""Component, name and value. Links are never updated (2); no list of recent documents; no copies for a crash."""


def write_settings(profile: Path) -> None:
    """Lays them into a profile that has none yet; one that is in use is left alone. Raises OSError."""
    file = profile / "user" / _FILE
    if file.exists():
        return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>\n"
        for path, name, value in _ITEMS
    )
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )
