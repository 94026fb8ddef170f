"""Backups that somebody else wrote, or wrote over: nothing of them is put anywhere, and each is told."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.storage.backup import backup, check_backup, own_backups, read_facts, unpack
from desktop_app.storage.database import Database
from desktop_app.storage.keyring_entries import KEYRING_FILE

pytestmark = pytest.mark.file_only(
    "the archive's shape; a server's office is carried into a file before it is packed"
)

NOW = datetime.fromisoformat("2026-10-30T17:30:00+08:00")
Manifest = dict[str, Any]


@pytest.fixture
def good(office: Database, tmp_path: Path) -> Path:
    (office.folder / KEYRING_FILE).write_text("{}", encoding="utf-8")
    (office.folder / "forms").mkdir()
    (office.folder / "forms" / "slip.docx").write_bytes(b"template")
    return backup(office, tmp_path / "liuyan-20261030-173000.backup", NOW)


def written_over(
    good: Path, change: Callable[[Manifest, dict[str, bytes]], None], packing: int = zipfile.ZIP_STORED
) -> Path:
    """The same backup with another manifest or other files, its check sums right."""
    with zipfile.ZipFile(good) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    change(manifest, files)
    with zipfile.ZipFile(good, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name) if not packing else name, content)
        archive.writestr("manifest.json", json.dumps(manifest))
    return good


def speaks_for(*parts: str) -> Callable[[Manifest, dict[str, bytes]], None]:
    def change(manifest: Manifest, files: dict[str, bytes]) -> None:
        manifest["parts"] += parts

    return change


def holds(name: str) -> Callable[[Manifest, dict[str, bytes]], None]:
    """A file of that name, rightly told of."""

    def change(manifest: Manifest, files: dict[str, bytes]) -> None:
        files[name] = files["forms/slip.docx"]
        manifest["files"][name] = manifest["files"]["forms/slip.docx"]

    return change


def says(name: str, value: Any) -> Callable[[Manifest, dict[str, bytes]], None]:
    def change(manifest: Manifest, files: dict[str, bytes]) -> None:
        manifest[name] = value

    return change


CHANGES = {
    "a part outside": speaks_for("/var/tmp"),
    "a part above": speaks_for("../elsewhere"),
    "no list of files": says("files", ["office.db"]),
    "files without sizes": says("files", {"office.db": 1, "keyring.json": 2}),
    "a format of words": says("format", "1"),
    "cases of words": says("cases", "many"),
    "a link of the log of who looked that is none": says("access", {"a": 1}),
}
NAMES = [
    "../evil",
    "/var/tmp/evil",
    "forms/../../evil",
    "forms/./x",
    "attachments/../evil",
    "forms/slip.docx/x",
    "x" * 9,
]


@pytest.mark.parametrize("what", CHANGES)
def test_a_manifest_of_another_shape_is_none(good: Path, office: Database, tmp_path: Path, what: str) -> None:
    file = written_over(good, CHANGES[what])
    assert check_backup(file, office.key) and read_facts(file) is None
    assert own_backups(file.parent, office.key) == []
    refused(file, tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_a_name_from_elsewhere_is_put_nowhere(good: Path, tmp_path: Path, name: str) -> None:
    refused(written_over(good, holds(name)), tmp_path)


def refused(file: Path, tmp_path: Path) -> None:
    (target := tmp_path / "target").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StorageProblem, match="没有通过核对") as told:
        unpack(file, target)
    assert told.value.code == "damaged"
    after = {path for path in tmp_path.rglob("*") if target not in path.parents}
    assert after == set(before)
    assert not Path("/var/tmp/evil").exists()


def test_what_unpacks_into_more_than_its_size_is_none_of_ours(
    good: Path, office: Database, tmp_path: Path
) -> None:
    file = written_over(good, holds("forms/b.docx"), zipfile.ZIP_DEFLATED)
    assert check_backup(file, office.key) and read_facts(file) is None
    refused(file, tmp_path)


def test_a_manifest_that_is_too_deep_or_too_long(good: Path, office: Database) -> None:
    for manifest in (b"[" * 100_000, b" " * 300_000_000):
        with zipfile.ZipFile(good) as archive:
            files = {name: archive.read(name) for name in archive.namelist() if name != "manifest.json"}
        with zipfile.ZipFile(good, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
            archive.writestr("manifest.json", manifest)
        assert read_facts(good) is None
        assert check_backup(good, office.key)


def test_the_good_one_is_still_good(good: Path, office: Database, tmp_path: Path) -> None:
    assert check_backup(written_over(good, lambda manifest, files: None), office.key) == []
    unpack(good, tmp_path / "target")
    assert (tmp_path / "target" / "forms" / "slip.docx").read_bytes() == b"template"
