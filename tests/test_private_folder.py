"""Private folders: this user's alone, gone after use, and swept where their owner was killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.private_folder import PrivateFolder, sweep

unix = pytest.mark.skipif(sys.platform == "win32", reason="kills its owner, and reads its mode, the Unix way")

_OWNER = """
import sys
from pathlib import Path
from desktop_app.private_folder import PrivateFolder
folder = PrivateFolder(Path(sys.argv[1]), sys.argv[2])
(folder.path / "留言.docx").write_text("王小明")
print(folder.path, flush=True)
sys.stdin.read()
"""


def owner(parent: Path, prefix: str = "") -> tuple[subprocess.Popen[str], Path]:
    """Another program that holds a folder until it is ended."""
    command = [sys.executable, "-c", _OWNER, str(parent), prefix]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


@unix
def test_it_is_this_user_s_alone_and_leaves_nothing(tmp_path: Path) -> None:
    parent = tmp_path / "data" / "temporary"
    with PrivateFolder(parent) as folder:
        assert folder.path.parent == parent
        assert folder.path.stat().st_mode & 0o777 == 0o700
        (folder.path / "deep").mkdir()
        (folder.path / "deep" / "留言.docx").write_text("王小明")
    assert list(parent.iterdir()) == []


def test_it_is_known_wherever_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with PrivateFolder(Path("data")) as folder:
        assert folder.path.is_absolute()


def test_what_was_made_on_the_way_goes_too_where_it_is_empty(tmp_path: Path) -> None:
    folder = PrivateFolder(tmp_path / "a" / "b")
    (tmp_path / "a" / "kept").touch()
    folder.close()
    folder.forget_parents()
    assert list(tmp_path.rglob("*")) == [tmp_path / "a", tmp_path / "a" / "kept"]


@unix
def test_what_a_killed_program_left_is_swept(tmp_path: Path) -> None:
    process, left = owner(tmp_path)
    kill(process)
    assert process.returncode == -signal.SIGKILL
    assert (left / "留言.docx").exists()
    sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_a_living_program_holds_stays(tmp_path: Path) -> None:
    process, held = owner(tmp_path)
    try:
        sweep(tmp_path)
        with PrivateFolder(tmp_path):
            assert (held / "留言.docx").exists()
    finally:
        kill(process)


def test_only_what_bears_the_prefix_is_swept(tmp_path: Path) -> None:
    process, left = owner(tmp_path, ".liuyan-")
    kill(process)
    others = tmp_path / "办公室.lock"
    others.touch()
    (tmp_path / "办公室").mkdir()
    sweep(tmp_path, ".liuyan-")
    assert not left.exists()
    assert {one.name for one in tmp_path.iterdir()} == {"办公室.lock", "办公室"}


def test_two_at_once_do_not_meet(tmp_path: Path) -> None:
    with PrivateFolder(tmp_path) as one, PrivateFolder(tmp_path) as other:
        assert one.path != other.path
        assert one.path.is_dir() and other.path.is_dir()


def test_where_it_cannot_be_made_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError):
        PrivateFolder(tmp_path / "file" / "temporary")
