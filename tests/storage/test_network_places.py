"""A data folder on another machine is told before anything is written there."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.services import office
from desktop_app.storage import network_places
from desktop_app.storage.network_places import kind_among, network_kind

MOUNTS = r"""
22 28 0:20 / /proc rw,nosuid - proc proc rw
28 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 28 0:50 / /mnt/share rw - cifs //server/share rw,vers=3.0
41 40 254:2 / /mnt/share/local rw - ext4 /dev/vdb1 rw
42 28 0:51 / /mnt/with\040blank rw master:3 propagate_from:2 - nfs4 server:/x rw
43 28 0:52 / /mnt/sshfs rw - fuse.sshfs me@server: rw
44 28 0:53 / /mnt/usb rw - fuse.ntfs-3g /dev/sdb1 rw
45 28 254:3 / /mnt/over rw - ext4 /dev/vdc rw
46 28 0:54 / /mnt/over rw - nfs server:/y rw
nonsense
"""


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/home/wang/office", ""),
        ("/mnt/share", "cifs"),
        ("/mnt/share/office/data", "cifs"),
        ("/mnt/share/local/office", ""),
        ("/mnt/shared", ""),
        ("/mnt/with blank/office", "nfs4"),
        ("/mnt/sshfs/a", "fuse.sshfs"),
        ("/mnt/usb/a", ""),
        ("/mnt/over/a", "nfs"),
        ("/", ""),
    ],
)
def test_the_innermost_mount_decides(place: str, kind: str) -> None:
    assert kind_among(MOUNTS, Path(place)) == kind


def test_a_folder_that_is_not_there_yet_is_where_its_parent_is(tmp_path: Path) -> None:
    listed = tmp_path / "mountinfo"
    listed.write_text(f"1 0 0:1 / / rw - ext4 /dev/a rw\n2 1 0:2 / {tmp_path} rw - cifs //s/x rw\n", "utf-8")
    assert network_kind(tmp_path / "new" / "office", listed) == "cifs"
    link = tmp_path.parent / f"{tmp_path.name}-link"
    link.symlink_to(tmp_path)
    assert network_kind(link / "office", listed) == "cifs"
    assert network_kind(tmp_path, tmp_path / "nothing") == ""


def test_neither_founding_nor_entering_goes_on_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network_places, "network_kind", lambda folder: "cifs")
    for go in (
        lambda: office.found(tmp_path / "office", "某市中心", "tongliao-2023", "王敏", "yi-ge-hao-mi-ma"),
        lambda: office.enter(tmp_path / "office", "王敏", "yi-ge-hao-mi-ma"),
    ):
        with pytest.raises(StorageProblem) as told:
            go()
        assert (
            told.value.code == "network_place"
            and "cifs" in told.value.message
            and "本机" in (told.value.remedy or "")
        )
    assert not (tmp_path / "office").exists()
