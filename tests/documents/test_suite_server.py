"""A LibreOffice kept running: it takes the jobs of others, and it ends with its owner."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.documents import suite_server
from desktop_app.documents.office_suite import can_make_pdf, libreoffice, to_pdf
from desktop_app.documents.pdf_pages import PdfPages
from desktop_app.documents.suite_server import KeptSuite, SuiteHome
from desktop_app.paths import forms_folder

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="stands in for the suite with a script, and watches it"
)
with_libreoffice = pytest.mark.skipif(not can_make_pdf(), reason="LibreOffice is not on this machine")

_OWNER = """
import sys
from pathlib import Path
from desktop_app.documents.suite_server import KeptSuite, SuiteHome
kept = KeptSuite(SuiteHome(Path(sys.argv[1])), Path(sys.argv[2]))
kept.start()
kept.home.wait_until_ready()
print("ready", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path) -> SuiteHome:
    folder = tmp_path / "home"
    folder.mkdir()
    return SuiteHome(folder)


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """Stands in for LibreOffice: says that it is ready, and waits."""
    program = tmp_path / "soffice"
    program.write_text(f"""#!/bin/sh
echo $$ > "{tmp_path}/pid"
for last; do :; done
touch "$(dirname "$last")/.~lock.$(basename "$last")#"
sleep 300
""")
    program.chmod(0o755)
    return program


@pytest.fixture
def kept(home: SuiteHome, suite: Path) -> Iterator[KeptSuite]:
    made = KeptSuite(home, suite)
    yield made
    made.close()


class Watched:
    """A process of somebody else's, whose end can be waited for."""

    def __init__(self, note: Path) -> None:
        self.pid = int(note.read_text())
        self._descriptor = os.pidfd_open(self.pid)

    def has_ended(self, within: float = 20) -> bool:
        return bool(select.select([self._descriptor], [], [], within)[0])


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """Where the suite writes its process's number."""
    return tmp_path / "pid"


@linux
def test_it_runs_until_it_is_closed(kept: KeptSuite, home: SuiteHome, note: Path) -> None:
    assert not kept.running and not home.occupied
    kept.start()
    home.wait_until_ready()
    suite = Watched(note)
    assert kept.running and home.occupied and not suite.has_ended(0)
    kept.start()
    assert int(note.read_text()) == suite.pid
    kept.close()
    assert suite.has_ended()
    assert not kept.running and not home.occupied
    assert not list(home.folder.glob(".~lock*"))


@linux
def test_one_that_has_died_is_started_again(kept: KeptSuite, home: SuiteHome, note: Path) -> None:
    kept.start()
    home.wait_until_ready()
    first = Watched(note)
    os.kill(first.pid, signal.SIGKILL)
    assert kept._process is not None
    kept._process.wait(20)
    assert not kept.running and not home.occupied
    kept.start()
    home.wait_until_ready()
    assert Watched(note).pid != first.pid


@linux
def test_one_that_does_not_answer_is_ended_by_whoever_waits(
    kept: KeptSuite, home: SuiteHome, note: Path
) -> None:
    kept.start()
    home.wait_until_ready()
    suite = Watched(note)
    SuiteHome(home.folder).end()
    assert suite.has_ended()
    assert not home.occupied


@linux
def test_it_ends_with_a_program_that_is_killed(home: SuiteHome, suite: Path, note: Path) -> None:
    command = [sys.executable, "-c", _OWNER, str(home.folder), str(suite)]
    owner = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None and owner.stdout.readline() == "ready\n"
    home.socket.touch()
    watched = Watched(note)
    assert not watched.has_ended(0)
    owner.kill()
    owner.communicate()
    assert watched.has_ended()
    assert not home.socket.exists()


@linux
def test_a_program_that_cannot_be_started_is_no_harm(home: SuiteHome, tmp_path: Path) -> None:
    kept = KeptSuite(home, tmp_path / "missing")
    kept.start()
    assert kept._process is not None
    kept._process.wait(20)
    home.wait_until_ready()
    assert not kept.running and not home.occupied


def test_its_temporary_files_stay_in_its_home(home: SuiteHome) -> None:
    told = home.environment()
    assert {told[name] for name in ("TMPDIR", "TMP", "TEMP")} == {str(home.folder / "scratch")}
    assert (home.folder / "scratch").is_dir()


def test_a_bundle_does_not_lend_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setenv("LD_LIBRARY_PATH", "/bundle")
    monkeypatch.delenv("LD_LIBRARY_PATH_ORIG", raising=False)
    assert "LD_LIBRARY_PATH" not in suite_server.environment_of_others()
    monkeypatch.setenv("LD_LIBRARY_PATH_ORIG", "/usr/local/lib")
    assert suite_server.environment_of_others()["LD_LIBRARY_PATH"] == "/usr/local/lib"


@with_libreoffice
def test_libreoffice_takes_what_is_handed_over_and_stays(home: SuiteHome, tmp_path: Path) -> None:
    kept = KeptSuite(home, libreoffice())
    kept.start()
    try:
        for name in ("slip.docx", "urge.docx"):
            made = to_pdf(forms_folder() / name, tmp_path / "out", home)
            with PdfPages(made) as pages:
                assert "单" in pages.words(0)
            assert kept.running
    finally:
        kept.close()
    assert not home.socket.exists()
    assert not list((home.folder / "profile").glob(".lock"))
