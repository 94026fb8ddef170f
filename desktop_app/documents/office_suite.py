"""The office suite of the machine: WPS, Word or LibreOffice. Opens papers, turns them into PDF.

LibreOffice alone turns into PDF without a window, in a profile of its own, so that an office's open documents,
its recent files and its crash recovery are left alone. Word and WPS are only asked to open a paper.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_app.documents.other_programs import environment_of_others
from desktop_app.documents.suite_server import Bound, SuiteHome
from desktop_app.errors import BadData, Cancelled, Fault
from desktop_app.private_folder import HALF_MADE, PrivateFolder

LIBREOFFICE, WPS, WORD = "LibreOffice", "WPS", "Word"

_SECONDS_TO_START = 60
_SECONDS_A_PAPER = 20
_FILES_A_RUN = 100
"""Keeps the command line within Windows's 32,767 characters."""
_FILES_HANDED_OVER = 10
"""To a suite that is kept running: what it has been given cannot be taken back, so a cancel waits for these."""
_LOOK_EVERY = 0.1

_PDF = "pdf:writer_pdf_Export"
_ARCHIVAL = _PDF + ':{"SelectPdfVersion":{"type":"long","value":"2"}}'
"""PDF/A-2b, which carries its typefaces with it; a LibreOffice before 7.4 does not know it and makes a plain PDF."""
_MARKED = _PDF + ':{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
"""Keeps the marks of `paper_merge`, by which the pages of each paper are told apart."""

Progress = Callable[[int, int], bool]
"""Called with done and total; False asks to stop."""

_COMMANDS = {LIBREOFFICE: ("soffice", "libreoffice"), WPS: ("wps",), WORD: ("winword",)}
_WINDOWS_PLACES = {
    LIBREOFFICE: ("LibreOffice/program/soffice.com", "LibreOffice/program/soffice.exe"),
    WPS: ("Kingsoft/WPS Office/ksolaunch.exe", "WPS Office/ksolaunch.exe"),
    WORD: ("Microsoft Office/root/Office16/WINWORD.EXE", "Microsoft Office/Office16/WINWORD.EXE"),
}
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_UNIX_PLACES = {
    LIBREOFFICE: ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice"),
    WPS: (
        "/opt/kingsoft/wps-office/office6/wps",
        "/opt/apps/cn.wps.wps-office/files/kingsoft/wps-office/office6/wps",
    ),
    WORD: (),
}


class NoOfficeSuite(BadData):
    """No suite on this machine can do it; the paper itself is unharmed."""


@dataclass(frozen=True, slots=True)
class OfficeSuite:
    """One suite found. name: LibreOffice, WPS or Word; program: its executable."""

    name: str
    program: Path


def installed_suites() -> tuple[OfficeSuite, ...]:
    """The suites of this machine, those that offices know best first: WPS, Word, LibreOffice."""
    found = ((name, _program(name)) for name in (WPS, WORD, LIBREOFFICE))
    return tuple(OfficeSuite(name, program) for name, program in found if program is not None)


def can_make_pdf() -> bool:
    """Whether there is a suite that turns papers into PDF, and so into pages to look at and to print."""
    return _program(LIBREOFFICE) is not None


def libreoffice() -> Path:
    """LibreOffice's executable. Raises NoOfficeSuite."""
    program = _program(LIBREOFFICE)
    if program is None:
        reason = (
            "这台电脑上没有找到 LibreOffice，不能转成 PDF；可以用 WPS 或 Word 打开文书，另存为 PDF 或直接打印"
        )
        raise NoOfficeSuite(Fault("文书", "", reason))
    return program


def to_pdf(paper: Path, folder: Path, home: SuiteHome | None = None, archival: bool = False) -> Path:
    """Turns one .docx into a PDF of the same name in the folder; its path. Errors as in all_to_pdf."""
    return all_to_pdf([paper], folder, home, archival)[0]


def all_to_pdf(
    papers: Sequence[Path],
    folder: Path,
    home: SuiteHome | None = None,
    archival: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Turns .docx files into PDFs of the same names in the folder, the suite started once for many, or not at all
    where one is kept running in `home`. `archival` asks for PDF/A.

    Raises NoOfficeSuite without LibreOffice; BadData, naming each paper, where it gave no PDF or took too long;
    Cancelled where `progress` says so; ValueError where two papers would make the same file.
    """
    wanted = tuple(folder / f"{paper.stem}.pdf" for paper in papers)
    if len(set(wanted)) < len(wanted):
        raise ValueError("two papers of one name")
    program = libreoffice()
    folder.mkdir(parents=True, exist_ok=True)
    with _home(home) as used:
        run = _Run(program, used, folder, _ARCHIVAL if archival else _MARKED, wanted, progress)
        size = _FILES_HANDED_OVER if used.occupied else _FILES_A_RUN
        for start in range(0, len(papers), size):
            run.convert(papers[start : start + size])
        if len(papers) > 1:
            # One paper that brings the suite down takes the rest of its run with it.
            for paper, made in zip(papers, wanted, strict=True):
                if not _is_pdf(made):
                    run.convert([paper])
    missing = [paper for paper, made in zip(papers, wanted, strict=True) if not _is_pdf(made)]
    if missing:
        raise BadData(
            [Fault(paper.name, "", "LibreOffice 打不开或转换失败，没有生成 PDF") for paper in missing]
        )
    return wanted


@contextmanager
def _home(given: SuiteHome | None) -> Iterator[SuiteHome]:
    if given is not None:
        yield given
        return
    with PrivateFolder(Path(tempfile.gettempdir()), HALF_MADE) as folder:
        home = SuiteHome(folder.path)
        yield home
        home.clear()


def open_paper(paper: Path) -> OfficeSuite:
    """Opens the paper in the suite of this machine, for reading or printing; which one. Raises NoOfficeSuite."""
    suites = installed_suites()
    if not suites:
        reason = f"这台电脑上没有找到 WPS、Word 或 LibreOffice；文书已保存在 {paper.parent}"
        raise NoOfficeSuite(Fault(paper.name, "", reason))
    process = subprocess.Popen(
        [str(suites[0].program), str(paper)],
        env=environment_of_others(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()  # takes its exit, whenever that is
    return suites[0]


@dataclass(frozen=True, slots=True)
class _Run:
    """What all calls of the suite for one batch have in common."""

    program: Path
    home: SuiteHome
    folder: Path
    format: str
    wanted: tuple[Path, ...]
    progress: Progress | None

    def convert(self, papers: Sequence[Path]) -> None:
        """One call of the suite for these papers."""
        self.home.wait_until_ready()
        handed_over = self.home.occupied
        words = ("--convert-to", self.format, "--outdir", str(self.folder), *map(str, papers))
        seconds = _SECONDS_TO_START + _SECONDS_A_PAPER * len(papers)
        try:
            bound = Bound.start(self.home, self.home.command(self.program, *words))
            try:
                self._wait(bound.process, seconds, handed_over)
            finally:
                bound.end()
        except subprocess.TimeoutExpired:
            self.home.end()
            reason = f"LibreOffice 在 {seconds} 秒内没有转换完，已停止"
            raise BadData([Fault(paper.name, "", reason) for paper in papers]) from None
        except OSError as error:
            reason = f"LibreOffice 启动不了（{error.strerror}）"
            raise NoOfficeSuite(Fault(self.program.name, "", reason)) from None

    def _wait(self, process: subprocess.Popen[bytes], seconds: float, handed_over: bool) -> None:
        """Until the suite is done. Raises TimeoutExpired; Cancelled, at once where the suite can be ended."""
        until = time.monotonic() + seconds
        goes_on = True
        while True:
            try:
                process.wait(timeout=_LOOK_EVERY)
                break
            except subprocess.TimeoutExpired:
                if time.monotonic() > until:
                    raise
            goes_on = goes_on and self._tell()
            if not (goes_on or handed_over):
                raise Cancelled
        if not (goes_on and self._tell()):
            raise Cancelled

    def _tell(self) -> bool:
        if self.progress is None:
            return True
        return self.progress(sum(one.exists() for one in self.wanted), len(self.wanted))


def _is_pdf(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return stream.read(5) == b"%PDF-"
    except OSError:
        return False


def _program(name: str) -> Path | None:
    for command in _COMMANDS[name]:
        if found := shutil.which(command):
            return Path(found)
    if sys.platform == "win32":
        homes = [Path(os.environ[variable]) for variable in _WINDOWS_FOLDERS if variable in os.environ]
        places = [home / place for home in homes for place in _WINDOWS_PLACES[name]]
    else:
        places = [Path(place) for place in _UNIX_PLACES[name]]
    return next((place for place in places if place.is_file()), None)
