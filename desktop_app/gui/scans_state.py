"""The lines of 扫描件归件: each paper found in a scan, where it goes, and what is said of it. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop_app.documents.paper_catalogue import PAPERS
from desktop_app.documents.scan_filing import Filed, FoundPart

READY, BY_HAND, KEPT, FILED, CLOSED = "ready", "by_hand", "kept", "filed", "closed"
"""Can be filed; waits for a case; the case has it; it has just been filed; cannot be opened at all."""


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One paper. number, title: the case it goes to, empty where that is not known; ticked: to be filed."""

    part: FoundPart
    number: str = ""
    title: str = ""
    ticked: bool = False
    filed: bool = False
    failed: str = ""

    @property
    def state(self) -> str:
        if self.filed:
            return FILED
        if self.part.sorted.kept:
            return KEPT
        if not self.part.readable:
            return CLOSED
        return READY if self.number else BY_HAND

    @property
    def file_words(self) -> str:
        """``批量.pdf　第 3-4 页``."""
        run = self.part.run
        if not self.part.readable:
            return self.part.file
        if self.part.sorted.part.whole:
            return f"{self.part.file}　{run.pages} 页"
        pages = f"第 {run.first} 页" if run.pages == 1 else f"第 {run.first}-{run.last} 页"
        return f"{self.part.file}　{pages}"

    @property
    def case_words(self) -> str:
        kept = self.part.sorted.kept
        number = self.number or kept
        paper = self.part.sorted.paper
        more = len(paper.companions) if paper is not None and paper.number == number else 0
        several = f" 等 {more + 1} 件" if more else ""
        return f"{number}{several}　{self.title}" if number else "—"

    @property
    def words(self) -> str:
        """What is to be said of it: which paper it is, or why it does not go by itself."""
        found = self.part.sorted
        if self.failed:
            return f"✕ {self.failed}"
        if found.kept:
            return "已经存过，不再存入"
        if found.paper is None and not self.number:
            return found.message
        return f"✓ 已归件　{self._paper_words}" if self.filed else self._paper_words

    @property
    def _paper_words(self) -> str:
        """``承办单 通民盼办〔2026〕118号　▲ 其中 1 页没有识别码，请核对``."""
        paper = self.part.sorted.paper
        if paper is None or paper.number != self.number:
            return "人工指定"
        form = PAPERS.get(paper.form)
        words = " ".join(one for one in (form.title if form else "", paper.document) if one)
        if self.part.run.without:
            words += f"　▲ 其中 {self.part.run.without} 页没有识别码，请核对"
        return words


def lines_of(found: Iterable[FoundPart], titles: Mapping[str, str]) -> tuple[ScanLine, ...]:
    """A line each; what goes by its code is ticked."""
    return tuple(_line(part, titles) for part in found)


def _line(part: FoundPart, titles: Mapping[str, str]) -> ScanLine:
    paper, kept = part.sorted.paper, part.sorted.kept
    number = paper.number if paper is not None else ""
    return ScanLine(part, number, titles.get(number or kept, ""), bool(number) and not kept)


def assigned(line: ScanLine, number: str, title: str) -> ScanLine:
    """The line with the case that a person named."""
    return replace(line, number=number, title=title, ticked=True, failed="")


def ticked(line: ScanLine, on: bool) -> ScanLine:
    """Ticked or not, where it can be filed."""
    return replace(line, ticked=on) if line.state == READY else line


def wanted(lines: Sequence[ScanLine]) -> list[tuple[FoundPart, str]]:
    """What will be filed, and where."""
    return [(line.part, line.number) for line in lines if line.ticked and line.state == READY]


def after(lines: Sequence[ScanLine], outcome: Filed) -> tuple[ScanLine, ...]:
    """The lines once filing has ended."""
    filed = {_key(part) for part, _ in outcome.filed}
    already = {_key(part): number for part, number in outcome.already}
    failed = {_key(part): part.sorted.message for part in outcome.failed}
    return tuple(_after(line, filed, already, failed) for line in lines)


def _key(part: FoundPart) -> tuple[str, int, str]:
    return str(part.path), part.run.first, part.sorted.part.sha256


def _after(
    line: ScanLine,
    filed: set[tuple[str, int, str]],
    already: Mapping[tuple[str, int, str], str],
    failed: Mapping[tuple[str, int, str], str],
) -> ScanLine:
    key = _key(line.part)
    if key in filed:
        return replace(line, filed=True, ticked=False)
    if key in already:
        kept = replace(line.part, sorted=replace(line.part.sorted, kept=already[key]))
        return replace(line, part=kept, ticked=False)
    if key in failed:
        return replace(line, failed=failed[key], ticked=False)
    return line


def summary(lines: Sequence[ScanLine]) -> str:
    """``共 24 份：可归件 20，已存过 2，待人工指定 1，读不了 1``."""
    counts = {state: sum(1 for line in lines if line.state == state) for state in _SUMMED}
    parts = [f"{words} {counts[state]}" for state, words in _SUMMED.items() if counts[state]]
    return f"共 {len(lines)} 份：{'，'.join(parts)}" if lines else "这里没有可以读取的文件"


_SUMMED = {READY: "可归件", FILED: "已归件", KEPT: "以前存过", BY_HAND: "待人工指定", CLOSED: "读不了"}


def outcome_words(outcome: Filed) -> str:
    """``已归件 20 份，到 18 件。``"""
    cases = len({attachment.case for _, attachment in outcome.filed})
    words = f"已归件 {len(outcome.filed)} 份，到 {cases} 件" if outcome.filed else "没有归件"
    if outcome.already:
        words += f"；{len(outcome.already)} 份以前存过"
    if outcome.failed:
        words += f"；{len(outcome.failed)} 份没有归成，见列表"
    if outcome.stopped:
        words += "；其余已取消"
    return f"{words}。"
