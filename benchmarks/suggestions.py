"""Suggested category: tenfold cross-validation on labelled messages, and what learning and asking take.

The labelled file is not part of the project; it is looked at where ``LIUYAN_BENCH_MESSAGES`` names its folder. Learning
is measured on made-up messages of forty units.
"""

from __future__ import annotations

import os
import random
import statistics
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks.measure import Row, processor_time_of
from benchmarks.message_file import messages
from benchmarks.near_repeats import MESSAGES
from desktop_app.domain.message_features import features
from desktop_app.services.learned_model import LearnedModel, Lesson
from desktop_app.services.learning import learn

_LESSONS = 2_000
_UNITS = 40
_FOLDS, _TURNS = 10, 3
_FILE = "messages-495-labelled.xlsx"
_PUBLISHED = "published, 9,078 rows: accuracy 0.92, macro F1 0.92"


def run() -> list[Row]:
    """Learning, asking, and on labelled messages accuracy and macro F1."""
    lessons = list(_lessons())
    asked = [features(title, text) for (_, title, _, text), _ in messages(50, 8)]
    model = learn(lessons)
    assert model is not None
    learning = processor_time_of(partial(learn, lessons), 1)
    asking = processor_time_of(partial(_ask, model, asked), 3) / len(asked)
    kept = len(model.to_bytes()) / 1e6
    rows = [
        Row(
            "suggestions: learning",
            f"{_LESSONS:,} cases, {_UNITS} units",
            learning,
            "",
            0,
            "",
            f"{kept:.1f} MB kept",
        ),
        Row("suggestions: asking", "one case", asking, "", 0, "<= 50 ms"),
    ]
    folder = os.environ.get(MESSAGES)
    if folder:
        rows.append(_validated(Path(folder) / _FILE))
    return rows


def _lessons() -> Iterator[Lesson]:
    for at, ((_, title, _, text), _) in enumerate(messages(_LESSONS, 7)):
        trouble = sum(map(ord, title[-6:-3])) % _UNITS
        yield Lesson.of(features(title, text), f"unit {trouble}", f"2026-{at:04d}")


def _ask(model: LearnedModel, asked: Sequence[dict[int, int]]) -> None:
    for one in asked:
        model.scores(one)
        model.alike(one, 8)


def _validated(path: Path) -> Row:
    from desktop_app.documents.message_files import read_messages
    from desktop_app.documents.sheets import read_table

    table = read_table(path)
    label = table.header.index("一级分类")
    names = {row.number: str(row.cells[label] or "").strip() for row in table.rows}
    lessons = [
        Lesson.of(features(one.message.title, one.message.text), names[one.row], str(one.row))
        for one in read_messages(path, table, {}).messages
        if names[one.row]
    ]
    results = [_cross_validated(lessons, turn) for turn in range(_TURNS)]
    accuracy, f1 = (statistics.mean(one[part] for one in results) for part in (0, 1))
    note = f"accuracy {accuracy:.3f}, macro F1 {f1:.3f} of {len({one.name for one in lessons})} classes; {_PUBLISHED}"
    return Row("suggestions: labelled messages", f"{len(lessons)} rows, tenfold", 0, "", 0, "", note)


def _cross_validated(lessons: Sequence[Lesson], turn: int) -> tuple[float, float]:
    """Accuracy and macro F1, each class spread evenly over the folds."""
    chance = random.Random(turn)
    fold: dict[int, int] = {}
    for name in sorted({one.name for one in lessons}):
        places = [at for at, one in enumerate(lessons) if one.name == name]
        chance.shuffle(places)
        fold |= {at: turn_of % _FOLDS for turn_of, at in enumerate(places)}
    told: list[str] = [""] * len(lessons)
    for number in range(_FOLDS):
        model = learn([one for at, one in enumerate(lessons) if fold[at] != number])
        assert model is not None
        for at, one in enumerate(lessons):
            if fold[at] == number:
                scores = model.scores(dict(zip(one.numbers, one.times, strict=True)))
                told[at] = model.names[scores.index(max(scores))]
    return scored([one.name for one in lessons], told)


def scored(wanted: Sequence[str], told: Sequence[str]) -> tuple[float, float]:
    """Accuracy, and the mean of each class's F1."""
    pairs = list(zip(wanted, told, strict=True))
    scores = []
    for name in set(wanted):
        right = pairs.count((name, name))
        all_wanted, all_told = wanted.count(name), told.count(name)
        scores.append(2 * right / (all_wanted + all_told))
    return sum(one == other for one, other in pairs) / len(pairs), statistics.mean(scores)
