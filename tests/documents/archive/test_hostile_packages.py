"""A package that somebody altered, or made to hurt: it is judged, and nothing else happens."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from random import Random

import pytest

from desktop_app.documents.archive.checks import check_package
from desktop_app.documents.archive.checksums import sums_of, written
from desktop_app.documents.archive.index import (
    INDEX,
    FileEntry,
    ItemIndex,
    ItemLine,
    PackageIndex,
    item_xml,
    package_xml,
)
from desktop_app.documents.archive.names import SHA256_LIST, SM3_LIST
from desktop_app.paths import forms_folder
from tests.documents.hostile_runs import EXAMPLES, survive_all
from tests.documents.mutations import mutated
from tests.documents.sheet_samples import save

pytestmark = pytest.mark.skipif(os.name == "nt", reason="forks, and limits the Unix way")
FOLDER = "WS-2026-D10-0001"


def make(place: Path, number: str = "2026-0001", file_number: str = FOLDER) -> Path:
    """A package of one case with a paper and a sheet."""
    (place / FOLDER).mkdir(parents=True)
    shutil.copy(forms_folder() / "slip.docx", place / FOLDER / "01 承办单.docx")
    save(place / FOLDER / "02 附件.xlsx", ("甲", "乙"))
    files = tuple(
        FileEntry(file.name, "文书", file.stem, sums.size, sums.sha256, sums.sm3)
        for file in sorted((place / FOLDER).iterdir())
        for sums in [sums_of(file)]
    )
    item = item_xml(ItemIndex(FOLDER, number, file_number, "路灯不亮", {}, files))
    (place / FOLDER / INDEX).write_bytes(item)
    line = ItemLine(FOLDER, number, file_number, len(files), sums_of(item).sha256)
    (place / INDEX).write_bytes(package_xml(PackageIndex("某办", "2026", "1", 2026, (line,), {}, (1, ""))))
    listed = {
        file.relative_to(place).as_posix(): sums_of(file) for file in place.rglob("*") if file.is_file()
    }
    (place / SHA256_LIST).write_bytes(written({path: sums.sha256 for path, sums in listed.items()}))
    (place / SM3_LIST).write_bytes(written({path: sums.sm3 for path, sums in listed.items()}))
    return place


def test_a_good_one_is_good(tmp_path: Path) -> None:
    assert check_package(make(tmp_path / "good")).findings == []


def test_whatever_is_altered_is_found(tmp_path: Path) -> None:
    good = make(tmp_path / "good")

    def altered(number: int) -> Path:
        """One file of it made bad; its name tells that it is a folder to be judged."""
        chance = Random(number)
        place = tmp_path / f"{number}"
        shutil.copytree(good, place)
        files = sorted(file for file in place.rglob("*") if file.is_file())
        chosen = chance.choice(files)
        data = chosen.read_bytes()
        chosen.write_bytes(mutated(data, (data,), chance))
        return place

    def judge(place: Path) -> None:
        report = check_package(place)
        same = all(
            file.read_bytes() == (place / file.relative_to(good)).read_bytes()
            for file in good.rglob("*")
            if file.is_file()
        )
        assert report.ok is same
        shutil.rmtree(place)

    survive_all(judge, [lambda number=number: altered(number) for number in range(EXAMPLES)], tmp_path)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("number", "file_number"),
    [("2026-999999999", FOLDER), ("2026-0001", "WS-2026-D10-99999999999999")],
)
def test_numbers_beyond_all_measure_are_a_gap_and_no_hang(
    tmp_path: Path, number: str, file_number: str
) -> None:
    make(tmp_path / "vast", number, file_number)

    def judge(place: Path) -> None:
        assert any("不连续" in one.message and "共" in one.message for one in check_package(place).findings)

    survive_all(judge, [lambda: tmp_path / "vast"], tmp_path)


@pytest.mark.parametrize("name", [INDEX, f"{FOLDER}/{INDEX}", SHA256_LIST])
@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_list_that_is_no_file_of_the_package_is_not_followed(tmp_path: Path, name: str, kind: str) -> None:
    place = make(tmp_path / "linked")
    (place / name).unlink()
    if kind == "link":
        (place / name).symlink_to("/dev/zero")
    else:
        os.mkfifo(place / name)

    def judge(folder: Path) -> None:
        assert not check_package(folder).ok

    survive_all(judge, [lambda: place], tmp_path)
