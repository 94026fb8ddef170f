"""Scans: slips printed, scanned as offices scan, and filed by their codes; how many came to the wrong case."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from PIL import Image

from benchmarks.measure import Row, sizes
from desktop_app.documents import case_papers
from desktop_app.documents.office_suite import all_to_pdf
from desktop_app.documents.pdf_pages import pdf_pages
from desktop_app.documents.scan_filing import Filed, file_parts, read_scans
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.units import Unit
from desktop_app.services import attachments, case_view, cases, office, registration
from desktop_app.services.session import OfficeClock, Session
from tests.documents.scan_samples import KINDS, save, scanned

_SLIPS, _FEW = 200, 50
"""So many, and so many in the daily run, which has minutes for all."""
_LARGE = 100_000
_TODAY = date(2026, 10, 13)
_PASSWORD = "gou-chang-de-mi-ma"
_UNITS = ("市住房和城乡建设局", "市公安局", "市教育局", "市交通运输局", "市生态环境局")


@dataclass(frozen=True)
class _Outcome:
    """What became of a folder. misfiled: attachments that are not just the pages of their own slip."""

    seconds: float
    files: int
    pages: int
    filed: int
    misfiled: int
    unknown: int
    by_kind: str


def run() -> list[Row]:
    """The whole way, once; reading and filing are timed, printing and scanning are not."""
    slips = _SLIPS if sizes()[-1] >= _LARGE else _FEW
    found = outcome(slips, seed=2026)
    note = (
        f"{found.filed} filed, {found.misfiled} misfiled, {found.unknown} left for a person; "
        f"{found.files} files, {found.pages} pages; {found.by_kind}"
    )
    size = f"{slips} slips, 150-200 dpi, turned, askew, grey, noisy, stamped"
    return [Row("scans filed by their codes", size, found.seconds, "", 0, f"<= {slips} s", note)]


def outcome(count: int, seed: int) -> _Outcome:
    """Prints, scans and files so many slips; the same seed gives the same scans."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="liuyan-bench-") as name:
        work = Path(name)
        office.found(
            work / "office", "示例市运维中心", "tongliao-2023", "王敏", _PASSWORD, OfficeClock(_TODAY)
        )
        session = office.enter(work / "office", "王敏", _PASSWORD, _TODAY)
        try:
            numbers = _dispatched(session, count, chance)
            held = _scan(_printed(session, numbers, work), work / "scans", chance)
            started = time.perf_counter()
            read = read_scans(session, [work / "scans"])
            kept = file_parts(
                session, [(part, part.sorted.paper.number) for part in read if part.sorted.paper is not None]
            )
            seconds = time.perf_counter() - started
            return _judged(session, held, kept, seconds)
        finally:
            session.close()


def _dispatched(session: Session, count: int, chance: random.Random) -> list[str]:
    office.bring_in_units(session, [Unit(unit) for unit in _UNITS])
    numbers = []
    for place in range(count):
        message = Message(
            title=f"关于{place + 1}号小区供水的留言",
            text="反映供水水压不足，希望尽快解决。" * chance.randrange(1, 60),
            citizen=Citizen(f"留言人{place}", f"1380000{place:04d}"),
            board_number=str(18_000_000 + place),
        )
        entry = Registration("tongliao-2023", date(2026, 10, 9), "市长板块", message)
        number = registration.register_one(session, entry).number
        cases.act(session, number, "accept", {"category": "投诉", "urgency": "一般"}, date(2026, 10, 9))
        cases.act(session, number, "dispatch", {"lead": chance.choice(_UNITS)}, date(2026, 10, 12))
        numbers.append(number)
    return numbers


def _printed(session: Session, numbers: list[str], folder: Path) -> Iterator[tuple[str, list[Image.Image]]]:
    """Each slip's pages as the printer puts them out, at the dots an inch at which they will be scanned."""
    made = case_papers.make_papers(session, numbers, "slip")
    files = [folder / f"{paper.case}.docx" for paper in made]
    for paper, file in zip(made, files, strict=True):
        file.write_bytes(paper.data)
    drawn = zip(numbers, all_to_pdf(files, folder / "pdf"), strict=True)
    return ((number, _images(pdf, (150, 200)[int(number[-1]) % 2])) for number, pdf in drawn)


def _images(pdf: Path, dpi: int) -> list[Image.Image]:
    return [Image.frombytes("RGB", (page.width, page.height), page.pixels) for page in pdf_pages(pdf, dpi)]


def _scan(
    slips: Iterator[tuple[str, list[Image.Image]]], folder: Path, chance: random.Random
) -> dict[str, dict[str, int]]:
    """Into files of all kinds, most with one slip, some with several; the slips in each file, and their pages."""
    folder.mkdir()
    held: dict[str, dict[str, int]] = {}
    while together := list(islice(slips, chance.choice((1, 1, 1, 1, 2, 3, 4)))):
        pages = sum(len(one) for _, one in together)
        kind = chance.choice([one for one in KINDS if pages == 1 or one not in ("jpg", "png")])
        # Of a fax with a seal on the code nothing is left to be read; a test sees it left for a person.
        sealed = chance.random() < 0.3 and kind != "fax.tif"
        images = [scanned(page, chance, sealed=sealed) for _, one in together for page in one]
        file = save(images, folder, f"{kind.replace('.', '-')}-{len(held):04d}", kind, chance)
        held[file.name] = {number: len(one) for number, one in together}
    return held


def _judged(session: Session, held: dict[str, dict[str, int]], kept: Filed, seconds: float) -> _Outcome:
    """Against what was put into each file, and what each case now holds, page for page."""
    came: dict[str, set[str]] = {file: set() for file in held}
    wrong = 0
    for part, attachment in kept.filed:
        there = attachment in case_view.view_case(session, attachment.case).attachments
        attachments.read_attachment(session, attachment.case, attachment.id)
        right = held[part.file].get(attachment.case) == part.run.pages
        wrong += not (right and there)
        came[part.file].add(attachment.case)
    kinds: dict[str, list[int]] = {}
    for file, slips in held.items():
        tally = kinds.setdefault(file.rpartition("-")[0], [0, 0])
        tally[0] += len(slips.keys() & came[file])
        tally[1] += len(slips)
    slips_in_all = sum(of for _, of in kinds.values())
    return _Outcome(
        seconds,
        len(held),
        sum(sum(slips.values()) for slips in held.values()),
        len(kept.filed),
        wrong,
        slips_in_all - sum(filed for filed, _ in kinds.values()),
        ", ".join(f"{kind} {filed}/{of}" for kind, (filed, of) in sorted(kinds.items())),
    )
