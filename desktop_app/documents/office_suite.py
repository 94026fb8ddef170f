"""The office suite of the machine: WPS, Word or LibreOffice. Opens papers, prints them, turns them into PDF.

LibreOffice alone turns into PDF without a window, in a profile of its own, so that an office's open documents,
its recent files and its crash recovery are left alone. Word and WPS are only asked to open or print.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.errors import BadData, Fault

LIBREOFFICE, WPS, WORD = "LibreOffice", "WPS", "Word"

_SECONDS_TO_START = 60
_SECONDS_A_PAPER = 20
_FILES_A_RUN = 100
"""A run that dies loses at most these; also keeps the command line within Windows's 32,767 characters."""

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


def to_pdf(paper: Path, folder: Path) -> Path:
    """Turns one .docx into a PDF of the same name in the folder; its path. Errors as in all_to_pdf."""
    return all_to_pdf([paper], folder)[0]


def all_to_pdf(papers: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Turns .docx files into PDFs of the same names in the folder, the suite started once for many.

    Raises NoOfficeSuite without LibreOffice; BadData, naming each paper, where it gave no PDF or took too long;
    ValueError where two papers would make the same file.
    """
    wanted = tuple(folder / f"{paper.stem}.pdf" for paper in papers)
    if len(set(wanted)) < len(wanted):
        raise ValueError("two papers of one name")
    program = _program(LIBREOFFICE)
    if program is None:
        reason = (
            "这台电脑上没有找到 LibreOffice，不能转成 PDF；可以用 WPS 或 Word 打开文书，另存为 PDF 或直接打印"
        )
        raise NoOfficeSuite(Fault(papers[0].name if papers else "文书", "", reason))
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(papers), _FILES_A_RUN):
        _convert(program, papers[start : start + _FILES_A_RUN], folder)
    missing = [paper for paper, made in zip(papers, wanted, strict=True) if not _is_pdf(made)]
    if missing:
        raise BadData(
            [Fault(paper.name, "", "LibreOffice 打不开或转换失败，没有生成 PDF") for paper in missing]
        )
    return wanted


def open_paper(paper: Path) -> OfficeSuite:
    """Opens the paper in the suite of this machine, for reading or printing; which one. Raises NoOfficeSuite."""
    suites = installed_suites()
    if not suites:
        reason = f"这台电脑上没有找到 WPS、Word 或 LibreOffice；文书已保存在 {paper.parent}"
        raise NoOfficeSuite(Fault(paper.name, "", reason))
    process = subprocess.Popen(
        [str(suites[0].program), str(paper)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()  # takes its exit, whenever that is
    return suites[0]


def _convert(program: Path, papers: Sequence[Path], folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="liuyan-", ignore_cleanup_errors=True) as profile:
        command = [
            str(program),
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "pdf:writer_pdf_Export",
            "--outdir",
            str(folder),
            *map(str, papers),
        ]
        seconds = _SECONDS_TO_START + _SECONDS_A_PAPER * len(papers)
        try:
            with subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            ) as process:
                try:
                    process.wait(timeout=seconds)
                except BaseException:
                    _end(process)
                    raise
        except subprocess.TimeoutExpired:
            names = [
                Fault(paper.name, "", f"LibreOffice 在 {seconds} 秒内没有转换完，已停止") for paper in papers
            ]
            raise BadData(names) from None
        except OSError as error:
            raise NoOfficeSuite(
                Fault(program.name, "", f"LibreOffice 启动不了（{error.strerror}）")
            ) from None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the suite and what it started: soffice is a launcher, the work is its child's."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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
