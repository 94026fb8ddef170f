"""How much of what is protected is found in texts (X 第六条), and how often something else is taken for it.

`python -m benchmarks.protected_words` prints a table by kind, and with `--misses` every text that was read
wrongly; the labelled texts are tests/data/protected-texts.jsonl, all invented. A found span counts where it
covers the whole of the labelled one; a false alarm is a hit that touches no labelled span.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import Row, best_of
from desktop_app.domain.messages import Citizen
from desktop_app.domain.privacy import KIND_WORDS, Hit, find_protected

TEXTS = Path(__file__).resolve().parent.parent / "tests" / "data" / "protected-texts.jsonl"


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text, whose it is, which telephones may stand in it, and what must be found: start, end, kind."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    citizen: Citizen | None
    permitted: tuple[str, ...]


@dataclass(slots=True)
class Counted:
    """By kind: spans labelled, spans covered whole, hits that touch none. `wrong` are texts with a miss or an alarm."""

    labelled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    quiet: int = 0
    disturbed: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Of all labelled spans, the share that was covered whole."""
        return sum(self.found.values()) / sum(self.labelled.values())

    @property
    def disturbance(self) -> float:
        """Of the texts in which nothing is protected, the share in which something was found."""
        return self.disturbed / self.quiet


def labelled_texts(file: Path = TEXTS) -> Iterator[LabelledText]:
    for line in file.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        citizen = Citizen(**told["citizen"]) if "citizen" in told else None
        spans = tuple((start, end, kind) for start, end, kind in told["spans"])
        yield LabelledText(told["text"], spans, citizen, tuple(told.get("permitted", ())))


def counted(texts: Sequence[LabelledText]) -> Counted:
    result = Counted()
    for one in texts:
        _count(one, find_protected(one.text, one.citizen, one.permitted), result)
    return result


def _count(one: LabelledText, hits: Sequence[Hit], result: Counted) -> None:
    covered = {place for hit in hits for place in range(hit.start, hit.end)}
    told = []
    for start, end, kind in one.spans:
        result.labelled[kind] += 1
        if covered.issuperset(range(start, end)):
            result.found[kind] += 1
        else:
            told.append(f"漏 {kind} {one.text[start:end]!r}")
    for hit in hits:
        if not any(hit.start < end and start < hit.end for start, end, _ in one.spans):
            result.alarms[hit.kind] += 1
            told.append(f"误 {hit.kind} {hit.text!r}")
    if not one.spans:
        result.quiet += 1
        result.disturbed += bool(hits)
    if told:
        result.wrong.append(f"{'；'.join(told)}\n    {one.text!r}")


def table(result: Counted) -> str:
    """Recall and false alarms by kind, as Markdown."""
    lines = ["| kind | labelled | found | recall | false alarms |", "| --- | --: | --: | --: | --: |"]
    for kind, words in KIND_WORDS.items():
        labelled, found = result.labelled[kind], result.found[kind]
        recall = f"{found / labelled:.1%}" if labelled else "–"
        lines.append(f"| {words} | {labelled} | {found} | {recall} | {result.alarms[kind]} |")
    lines.append(
        f"| all | {sum(result.labelled.values())} | {sum(result.found.values())} | {result.recall:.1%} "
        f"| {sum(result.alarms.values())} |"
    )
    lines.append(f"\n{result.disturbed} of {result.quiet} texts without anything protected raised an alarm.")
    return "\n".join(lines)


def run() -> list[Row]:
    """For `make bench`: the time of looking through all texts, and what was found in the note."""
    texts = list(labelled_texts())
    result = counted(texts)
    letters = sum(len(one.text) for one in texts)
    seconds = best_of(lambda: counted(texts), 3)
    note = f"recall {result.recall:.1%}, false alarms in {result.disturbed} of {result.quiet} quiet texts"
    size = f"{len(texts)} texts, {letters} characters"
    return [Row("protected words in texts", size, seconds, "none", 0, "<= 500 ms", note)]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.protected_words", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print every text that was read wrongly")
    chosen = parser.parse_args()
    result = counted(list(labelled_texts()))
    print(table(result))
    if chosen.misses:
        print("\n".join(("", *result.wrong)))


if __name__ == "__main__":
    main()
