"""A LibreOffice kept running: it takes the jobs of others, and it ends with its owner."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.documents.office_suite import can_make_pdf, libreoffice, to_pdf
from desktop_app.documents.pdf_pages import PdfPages
from desktop_app.documents.suite_server import KeptSuite, SuiteHome
from desktop_app.paths import forms_folder
from tests.documents.processes import Watched

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

_JOB = """
import sys
from pathlib import Path
from desktop_app.documents.suite_server import Bound, SuiteHome
Bound.start(SuiteHome(Path(sys.argv[1])), [sys.argv[2]])
while not Path(sys.argv[3]).exists():
    pass
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


def watched_by(note: Path) -> Watched:
    return Watched(int(note.read_text()))


@pytest.fixture
def note(tmp_path: Path) -> Path:
    """Where the suite writes its process's number."""
    return tmp_path / "pid"


@linux
def test_it_runs_until_it_is_closed(kept: KeptSuite, home: SuiteHome, note: Path) -> None:
    assert not kept.running and not home.occupied
    kept.start()
    home.wait_until_ready()
    suite = watched_by(note)
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
    first = watched_by(note)
    os.kill(first.pid, signal.SIGKILL)
    assert kept._bound is not None
    kept._bound.process.wait(20)
    assert not kept.running and not home.occupied
    kept.start()
    home.wait_until_ready()
    assert watched_by(note).pid != first.pid


@linux
def test_one_that_does_not_answer_is_ended_by_whoever_waits(
    kept: KeptSuite, home: SuiteHome, note: Path
) -> None:
    kept.start()
    home.wait_until_ready()
    suite = watched_by(note)
    SuiteHome(home.folder).end()
    assert suite.has_ended()
    assert not home.occupied


@linux
def test_it_ends_with_a_program_that_is_killed(home: SuiteHome, suite: Path, note: Path) -> None:
    command = [sys.executable, "-c", _OWNER, str(home.folder), str(suite)]
    owner = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None and owner.stdout.readline() == "ready\n"
    home.socket.touch()
    watched = watched_by(note)
    assert not watched.has_ended(0)
    owner.kill()
    owner.communicate()
    assert watched.has_ended()
    assert not home.socket.exists()


@linux
def test_a_job_ends_with_a_program_that_is_killed(home: SuiteHome, tmp_path: Path, note: Path) -> None:
    script = tmp_path / "job"
    script.write_text(f'#!/bin/sh\necho $$ > "{note}.new"; mv "{note}.new" "{note}"; exec sleep 300\n')
    script.chmod(0o755)
    command = [sys.executable, "-c", _JOB, str(home.folder), str(script), str(note)]
    owner = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None and owner.stdout.readline() == "ready\n"
    watched = watched_by(note)
    assert not watched.has_ended(0)
    owner.kill()
    owner.communicate()
    assert watched.has_ended()


@linux
def test_a_program_that_cannot_be_started_is_no_harm(home: SuiteHome, tmp_path: Path) -> None:
    kept = KeptSuite(home, tmp_path / "missing")
    kept.start()
    assert kept._bound is not None
    kept._bound.process.wait(20)
    home.wait_until_ready()
    assert not kept.running and not home.occupied


def test_a_home_may_be_named_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert SuiteHome(Path("home")).profile == SuiteHome(tmp_path / "home").profile


def test_its_temporary_files_stay_in_its_home(home: SuiteHome) -> None:
    told = home.environment()
    assert {told[name] for name in ("TMPDIR", "TMP", "TEMP")} == {str(home.folder / "scratch")}
    assert (home.folder / "scratch").is_dir()


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
