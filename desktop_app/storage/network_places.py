"""Whether a folder lies on another machine. SQLite's locks and its shared memory do not hold over a network: two PCs on
one file there corrupt it sooner or later, so the data folder may not lie in such a place.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from desktop_app.errors import StorageProblem

_MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "glusterfs", "davfs"),
        *("fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.ceph-fuse", "fuse.gvfsd-fuse"),
        *("fuse.smbnetfs", "fuse.s3fs", "fuse.rclone"),
    )
)
"""Kinds of file systems that reach over a network, as Linux names them."""

_ESCAPED = re.compile(r"\\([0-7]{3})")
_DRIVE_REMOTE = 4
"""Of Windows's GetDriveTypeW."""


def refuse_network_place(folder: Path) -> None:
    """StorageProblem `network_place` where the folder, or where it would be made, is on another machine."""
    kind = network_kind(folder)
    if kind:
        raise StorageProblem(
            "network_place",
            f"{folder} 在网络位置上（{kind}）。数据库文件放在网络共享里，几台电脑同时写会损坏，不能这样用。",
            "请把数据文件夹放在本机硬盘上；备份的第二处可以放在网络共享里。",
        )


def network_kind(folder: Path, mounts: Path = _MOUNTS) -> str:
    """What kind of network place it is, in the system's word; empty for a local one, or where nobody can tell."""
    if sys.platform == "win32":
        return _windows_kind(folder)
    try:
        listed = mounts.read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    return kind_among(listed, _existing(folder))


def kind_among(mountinfo: str, place: Path) -> str:
    """The same by the text of `mountinfo`: the innermost mount that holds the place decides, the last of several."""
    found, kind = -1, ""
    for line in mountinfo.splitlines():
        before, dash, after = line.partition(" - ")
        fields = before.split(" ")
        if not dash or len(fields) < 5:
            continue
        point = Path(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        if (place == point or point in place.parents) and len(point.parts) >= found:
            found, kind = len(point.parts), after.split(" ")[0]
    return kind if kind in _NETWORK else ""


def _existing(folder: Path) -> Path:
    """The folder, or the nearest above it that is there, without links."""
    whole = folder.absolute()
    return next((one for one in (whole, *whole.parents) if one.exists()), whole).resolve()


def _windows_kind(folder: Path) -> str:
    whole = str(folder.absolute())
    if whole.startswith(("\\\\?\\UNC\\", "//?/UNC/")):
        return "UNC"
    if whole.startswith(("\\\\", "//")) and not whole.startswith(("\\\\?\\", "\\\\.\\")):
        return "UNC"
    import ctypes

    root = Path(whole).anchor
    windll = getattr(ctypes, "windll", None)
    return "网络驱动器" if windll is not None and windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE else ""
