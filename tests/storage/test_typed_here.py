"""What is typed and kept at a seat: nobody else reads it, nothing is told by names and sizes, and what is broken is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.errors import StorageProblem
from desktop_app.storage import safe_files
from desktop_app.storage.typed_here import TYPED_FOLDER, TypedHere

KEY, WORDS = bytes(range(32)), "网友欧阳小红说暖气不热".encode()
PLACE = "2026-0312\nreply"


@pytest.fixture
def here(tmp_path: Path) -> TypedHere:
    return TypedHere(tmp_path, KEY, "王敏")


def files(folder: Path) -> list[Path]:
    return sorted((folder / TYPED_FOLDER).iterdir())


def test_it_comes_back_as_it_was_and_the_newest_alone(tmp_path: Path, here: TypedHere) -> None:
    assert here.found() == []
    here.write(PLACE, b"older")
    here.write(PLACE, WORDS)
    assert [one.content for one in here.found()] == [WORDS]
    here.drop(PLACE)
    assert here.found() == [] and files(tmp_path) == []


def test_nothing_can_be_read_of_it(tmp_path: Path, here: TypedHere) -> None:
    here.write(PLACE, WORDS)
    here.write("\nentry", b"x")
    first, second = files(tmp_path)
    for file in (first, second):
        assert "0312" not in file.name and "reply" not in file.name
        assert WORDS not in file.read_bytes() and b"reply" not in file.read_bytes()
        assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / TYPED_FOLDER).stat().st_mode & 0o777 == 0o700
    assert first.stat().st_size == second.stat().st_size, "how much was typed is not told"


@pytest.mark.parametrize(("key", "user"), [(KEY, "李四"), (bytes(32), "王敏")])
def test_of_another_user_or_office_nothing_is_found_and_it_stays(
    tmp_path: Path, here: TypedHere, key: bytes, user: str
) -> None:
    here.write(PLACE, WORDS)
    other = TypedHere(tmp_path, key, user)
    assert other.found() == []
    other.write(PLACE, b"theirs")
    other.drop(PLACE)
    assert [one.content for one in here.found()] == [WORDS]


@pytest.mark.parametrize("at", [0, 12, -1])
def test_what_was_altered_does_not_open_and_is_put_aside(tmp_path: Path, here: TypedHere, at: int) -> None:
    here.write(PLACE, WORDS)
    (file,) = files(tmp_path)
    sealed = bytearray(file.read_bytes())
    sealed[at] ^= 1
    file.write_bytes(sealed)
    (found,) = here.found()
    assert found.content is None
    aside = here.put_aside(found.name)
    assert aside.read_bytes() == bytes(sealed)
    assert here.found() == []


@pytest.mark.parametrize("content", [b"", b"short"])
def test_what_was_cut_short_does_not_open(tmp_path: Path, here: TypedHere, content: bytes) -> None:
    here.write(PLACE, WORDS)
    files(tmp_path)[0].write_bytes(content)
    assert [one.content for one in here.found()] == [None]


def test_no_file_takes_the_place_of_another(tmp_path: Path, here: TypedHere) -> None:
    here.write(PLACE, WORDS)
    here.write("\nentry", b"x")
    first, second = files(tmp_path)
    sealed = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(sealed)
    assert [one.content for one in here.found()] == [None, None]


def test_what_was_half_written_is_cleared_away(tmp_path: Path, here: TypedHere) -> None:
    here.write(PLACE, WORDS)
    half = tmp_path / TYPED_FOLDER / f".{files(tmp_path)[0].name}.0123abcd"
    half.write_bytes(b"half")
    assert [one.content for one in here.found()] == [WORDS]
    assert not half.exists()


def test_a_full_disk_is_told(here: TypedHere, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(safe_files.os, "fsync", full)
    with pytest.raises(StorageProblem) as told:
        here.write(PLACE, WORDS)
    assert told.value.code == "disk_full"
