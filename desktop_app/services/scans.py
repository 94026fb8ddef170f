"""Scanned papers and their cases: each run of pages belongs to the code on its first page.

What was read off the pages comes from above; here it is told which case each run belongs to, and it is kept there.
Nothing is filed on a guess: a run whose code cannot be trusted is left for a person, with the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.office_records import Attachment
from desktop_app.domain.paper_codes import looks_like_code, read_code
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services.attachments import keep_in, refuse_archived
from desktop_app.services.case_loading import find_row
from desktop_app.services.paper_codes import CodedPaper, coded_paper_in, own_office_code
from desktop_app.services.queries import listed_row
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.work import Work

KIND = "scan"
NO_CODE, SEVERAL_CODES, CODE_UNREADABLE, UNREADABLE = (
    "no_code",
    "several_codes",
    "code_unreadable",
    "unreadable",
)


@dataclass(frozen=True, slots=True)
class PageRun:
    """Pages of one file that belong together, counted from 1.

    codes: what stands on the first of them, one text as a rule; without: how many of them bear no code.
    """

    first: int
    last: int
    codes: tuple[str, ...]
    without: int = 0

    @property
    def pages(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class ScanPart:
    """One paper in a file that was scanned. sha256: of its bytes, which are the file's where it is `whole`."""

    file: str
    run: PageRun
    whole: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class SortedPart:
    """A part, and where it belongs: `paper`; or `reason`, a word, and `message`, a sentence, why that is not known.

    `kept`: the case that has these very bytes already, empty where none has.
    """

    part: ScanPart
    paper: CodedPaper | None = None
    reason: str = ""
    message: str = ""
    kept: str = ""


def runs_of(pages: Sequence[Sequence[str]], office: str) -> tuple[PageRun, ...]:
    """The papers in one file. pages: the texts of the shape of a code on each page.

    A page with a code begins a run, pages without follow it; the same code again goes on with it. Where the file
    knows one code alone, pages before it are its own too: a sheet that went through the scanner upside down.
    Another office's codes count for nothing on a page that bears one of ours.
    """
    runs: list[PageRun] = []
    for place, texts in enumerate(pages, start=1):
        codes = _own_or_all(texts, office)
        if runs and (not codes or codes == runs[-1].codes):
            held = runs[-1]
            runs[-1] = PageRun(held.first, place, held.codes, held.without + (not codes))
        else:
            runs.append(PageRun(place, place, codes, int(not codes)))
    if len(runs) == 2 and not runs[0].codes:
        before, coded = runs
        return (PageRun(1, coded.last, coded.codes, before.without + coded.without),)
    return tuple(runs)


def _own_or_all(texts: Sequence[str], office: str) -> tuple[str, ...]:
    """Of several codes on a page those of this office; of several for one case the first."""
    read = {text: code for text in texts if (code := read_code(text)) is not None and code.office == office}
    if len({code.number for code in read.values()}) == 1:
        return (next(iter(read)),)
    return tuple(read) or tuple(texts)


def own_office(session: Session) -> str:
    """The office in this office's codes. Refused to who may not file."""
    session.require(Right.WORK_ON_CASES)
    return own_office_code(session)


def sort_parts(session: Session, parts: Sequence[ScanPart]) -> tuple[SortedPart, ...]:
    """Where each part belongs; nothing is changed."""
    session.require(Right.WORK_ON_CASES)
    with session.read() as work:
        return tuple(_sorted(work, part) for part in parts)


def _sorted(work: Work, part: ScanPart) -> SortedPart:
    holders = [one.case for one in work.attachments.of_content(part.sha256)]
    try:
        paper = _paper_of(work, part.run.codes)
        if not all(number in holders for number in paper.numbers):
            for number in paper.numbers:
                refuse_archived(find_row(work, number))
    except Refusal as refusal:
        message = f"{refusal.message}{refusal.remedy or ''}"
        return SortedPart(part, None, refusal.code, message, holders[0] if holders else "")
    kept = all(number in holders for number in paper.numbers)
    return SortedPart(part, paper, kept=paper.number if kept else "")


def _paper_of(work: Work, codes: Sequence[str]) -> CodedPaper:
    if not codes:
        raise Refusal(NO_CODE, "没有找到识别码。")
    if len(codes) > 1:
        raise Refusal(SEVERAL_CODES, "同一页上有几件的识别码。", None, "请分开扫描，或人工归件。")
    if not looks_like_code(codes[0]):
        raise Refusal(CODE_UNREADABLE, "有一个码读不出来，可能盖了章或缺了角。")
    return coded_paper_in(work, codes[0])


def titles_of(session: Session, numbers: Iterable[str]) -> dict[str, str]:
    """What the cases of these numbers are about, as a list may show it: identity covered."""
    session.require(Right.WORK_ON_CASES)
    titles = {}
    with session.read() as work:
        for number in dict.fromkeys(numbers):
            row = work.cases.get(number)
            if row is not None:
                titles[number] = listed_row(row, work.messages.get(number), session).row.title
    return titles


def keep_part(
    session: Session, numbers: Sequence[str], part: ScanPart, content: bytes, name: str
) -> list[Attachment]:
    """Keep a part with each of these cases, encrypted, and note it; those that have these bytes already are passed
    over. One transaction.

    Refusal `unknown_case`, `wrong_state`. ValueError where the bytes are not those that were read and sorted.
    """
    if hashlib.sha256(content).hexdigest() != part.sha256:
        raise ValueError(f"{part.file}: not the bytes that were sorted")
    kept = []
    with session.change() as work:
        session.require(Right.WORK_ON_CASES)
        for row in (find_row(work, number) for number in numbers):
            number = row.number
            if all(one.sha256 != part.sha256 for one in work.attachments.of_case(number)):
                refuse_archived(row)
                kept.append(keep_in(session, work, number, content, name, KIND, _facts(part)))
    return kept


def _facts(part: ScanPart) -> dict[str, str]:
    facts = {"code": part.run.codes[0]} if len(part.run.codes) == 1 else {}
    return facts if part.whole else {**facts, "pages": f"{part.run.first}-{part.run.last}"}
