"""Messages that say the same: how well they are found, on texts of our own and on hand-labelled pairs, and how quickly.

The labelled pairs are rows of files that are not part of the project (`near_repeats_labels.csv` says how they were
chosen); they are looked at where ``LIUYAN_BENCH_MESSAGES`` names the folder that holds the files.
"""

from __future__ import annotations

import csv
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from benchmarks.measure import Row, processor_time_of
from benchmarks.message_file import messages
from desktop_app.domain.likeness import TELLS_UP_TO, compare, keys_of, likely, portrait
from desktop_app.domain.messages import Citizen, Message

MESSAGES = "LIUYAN_BENCH_MESSAGES"
_HERE = Path(__file__).parent
_OWN = _HERE.parent / "tests" / "data" / "near-repeats.toml"
_GENERATED = 5_000

Pair = tuple[int, int]


def run() -> list[Row]:
    """Keys, comparing, precision and recall; the labelled files only where they are."""
    made = [_message(*row) for row, _ in messages(_GENERATED)]
    keys = processor_time_of(lambda: [keys_of(one.title, one.text) for one in made[:1000]], 2) / 1000
    portraits = processor_time_of(lambda: [portrait(one) for one in made[:1000]], 2) / 1000
    rows = [
        Row("near-duplicates: keys", "one message", keys, "", 0, "<= 1 ms"),
        Row("near-duplicates: read to compare", "one message", portraits, "", 0, "<= 1 ms"),
        _own_texts(),
    ]
    folder = os.environ.get(MESSAGES)
    if folder:
        rows += _labelled(Path(folder))
    return rows


def _message(user: str, title: str, written: str, text: str) -> Message:
    return Message(title, text, Citizen(user), written=written)


def _own_texts() -> Row:
    told = tomllib.loads(_OWN.read_text("utf-8"))["message"]
    made = [Message(one["title"], one["text"], Citizen(one["citizen"])) for one in told]
    wanted = {
        pair
        for pair in combinations(range(len(told)), 2)
        if told[pair[0]]["matter"] == told[pair[1]]["matter"]
    }
    return _row("near-duplicates: own texts", made, wanted, found_pairs(made))


def found_pairs(made: Sequence[Message]) -> set[Pair]:
    """What an import of these messages, in their order, would suspect: each with the one it looks most like."""
    cases: dict[int, list[int]] = defaultdict(list)
    seen = [portrait(one) for one in made]
    found: set[Pair] = set()
    for at, message in enumerate(made):
        keys = keys_of(message.title, message.text)
        near = [
            (compare(seen[at], seen[other]), other) for other in likely({key: cases[key] for key in keys})
        ]
        suspected = [(one.score, other) for one, other in near if one.suspected]
        if suspected:
            found.add((max(suspected)[1], at))
        for key in keys:
            if len(cases[key]) < TELLS_UP_TO:
                cases[key].append(at)
    return found


def _row(name: str, made: Sequence[Message], wanted: set[Pair], found: set[Pair]) -> Row:
    right = len(found & wanted)
    told = f"suspected {len(found)}, right {right} (precision {right / len(found):.2f})"
    repeats = {later for _, later in wanted}
    caught = len({later for _, later in found} & repeats) / len(repeats)
    return Row(
        name, f"{len(made)} messages", 0, "", 0, "", f"{told}; repeats caught {caught:.2f} of {len(repeats)}"
    )


def _labelled(folder: Path) -> list[Row]:
    """Hand-labelled pairs; and how many of what is suspected in all of the files they know to be right."""
    with (_HERE / "near_repeats_labels.csv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(line for line in file if not line.startswith("#")))
    known = _read(folder, {name for pair in pairs for name in (pair["file"], pair["other_file"])})
    judged: dict[str, list[bool]] = defaultdict(list)
    for pair in pairs:
        one, other = (
            known[pair["file"], int(pair["row"])],
            known[pair["other_file"], int(pair["other_row"])],
        )
        shared = set(keys_of(one.title, one.text)) & set(keys_of(other.title, other.text))
        judged[pair["same_matter"]].append(bool(shared) and compare(portrait(one), portrait(other)).suspected)
    right, wrong = sum(judged["yes"]), sum(judged["no"])
    note = (
        f"precision {right / (right + wrong):.2f}, recall {right / len(judged['yes']):.2f} "
        f"({len(judged['yes'])} same, {len(judged['no'])} not)"
    )
    return [Row("near-duplicates: labelled pairs", f"{len(pairs)} pairs", 0, "", 0, "", note)]


def _read(folder: Path, names: Iterable[str]) -> Mapping[tuple[str, int], Message]:
    from desktop_app.documents.message_files import read_messages
    from desktop_app.documents.sheets import read_table

    found: dict[tuple[str, int], Message] = {}
    for name in names:
        path = folder / f"{name}.xlsx"
        for one in read_messages(path, read_table(path), {}).messages:
            found[name, one.row] = one.message
    return found
