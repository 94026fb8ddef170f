"""Learning from the office's own past cases: a linear support vector machine over groups of letters, one against the rest.

Dual coordinate descent (Hsieh et al. 2008), as liblinear does it, all names of an example at once in numpy. Runs in a
child process or on the command line, never in the window: docs/adr/029-suggestions.md.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from desktop_app.domain.message_features import BITS
from desktop_app.errors import Cancelled
from desktop_app.services.learned_model import LearnedModel, Lesson

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, Any]

Progress = Callable[[int, int], bool]

REMEMBERED = 5000
"""The newest cases that can be shown as a reason."""

_COST = 1.0
_ROUNDS = 10
_SETTLED = 1e-2
_RARE_ONE_IN = 2000
_FEW = 100
"""Up to so many lessons, what stands in one alone may be all that tells two names apart."""

_MOST_FEATURES = 150_000
_SEED = 20260101
_TOLD_EACH = 100


def learn(lessons: Sequence[Lesson], progress: Progress | None = None) -> LearnedModel | None:
    """A model of all names that any lesson has; None where there are not two. Raises Cancelled."""
    names = tuple(sorted({one.name for one in lessons}))
    if len(names) < 2:
        return None
    import numpy as np

    known, rarity = _features_of(lessons)
    places = {name: place for place, name in enumerate(names)}
    answers = np.full((len(lessons), len(names)), -1, np.float32)
    answers[np.arange(len(lessons)), [places[one.name] for one in lessons]] = 1
    examples = list(_examples(lessons, known, rarity))
    weights = _descended(examples, answers, len(known), progress)
    scales = np.maximum(np.abs(weights[:-1]).max(axis=1), 1e-12) / 127
    taught = [0] * len(names)
    for one in lessons:
        taught[places[one.name]] += bool(one.number)
    model = LearnedModel(
        names,
        tuple(taught),
        array("I", known.astype(np.uint32).tobytes()),
        array("f", rarity.astype(np.float32).tobytes()),
        array("f", scales.astype(np.float32).tobytes()),
        array("b", np.rint(weights[:-1] / scales[:, None]).astype(np.int8).tobytes()),
        tuple(float(one) for one in weights[-1]),
        (),
    )
    return _with_past(model, lessons, places)


def _features_of(lessons: Sequence[Lesson]) -> tuple[Numbers, Numbers]:
    """The features worth learning, ascending, and how rare each is (smoothed inverse document frequency)."""
    import numpy as np

    borne = np.zeros(1 << BITS, np.int32)
    for one in lessons:
        borne[np.asarray(one.numbers, np.int64)] += 1
    least = max(2, len(lessons) // _RARE_ONE_IN) if len(lessons) > _FEW else 1
    known = np.flatnonzero(borne >= least)
    if len(known) > _MOST_FEATURES:
        commonest = np.argsort(-borne[known], kind="stable")[:_MOST_FEATURES]
        known = np.sort(known[commonest])
    return known, np.log((1 + len(lessons)) / (1 + borne[known])) + 1


def _examples(
    lessons: Sequence[Lesson], known: Numbers, rarity: Numbers
) -> Iterator[tuple[Numbers, Numbers]]:
    """Rows and values of each lesson, of length one, with the constant that the bias belongs to."""
    import numpy as np

    for one in lessons:
        numbers, times = np.asarray(one.numbers, np.int64), np.asarray(one.times, np.float32)
        rows = np.searchsorted(known, numbers)
        there = (rows < len(known)) & (known[np.minimum(rows, len(known) - 1)] == numbers)
        rows = rows[there]
        values = (1 + np.log(times[there])) * rarity[rows]
        length = np.sqrt((values * values).sum())
        values = values / length if length else values
        yield (
            np.append(rows, len(known)).astype(np.int32),
            np.append(values, 1).astype(np.float32),
        )


def _descended(
    examples: Sequence[tuple[Numbers, Numbers]], answers: Numbers, count: int, progress: Progress | None
) -> Numbers:
    """The weights, a row a feature and one more for the bias, that separate each name from the rest (squared hinge)."""
    import numpy as np

    weights = np.zeros((count + 1, answers.shape[1]), np.float32)
    held = np.zeros_like(answers)
    slack = 1 / (2 * _COST)
    curve = [float((values * values).sum()) + slack for _, values in examples]
    chance = np.random.default_rng(_SEED)
    for turn in range(_ROUNDS):
        most = 0.0
        for at in chance.permutation(len(examples)):
            rows, values = examples[at]
            taken = weights[rows]
            slope = answers[at] * (values @ taken) - 1 + slack * held[at]
            moved = np.maximum(held[at] - slope / curve[at], 0) - held[at]
            far = float(np.abs(moved).max())
            if far > _SETTLED / 10:
                weights[rows] = taken + np.outer(values, moved * answers[at])
                held[at] += moved
                most = max(most, far)
            if progress is not None and at % _TOLD_EACH == 0 and not progress(turn, _ROUNDS):
                raise Cancelled
        if most < _SETTLED:
            break
    return weights


def _with_past(model: LearnedModel, lessons: Sequence[Lesson], places: Mapping[str, int]) -> LearnedModel:
    """The model with the newest cases as reasons; lessons come with the newest first."""
    cases = (one for one in lessons if one.number)
    past = tuple(
        (one.number, places[one.name], model.marks(dict(zip(one.numbers, one.times, strict=True))))
        for one in islice(cases, REMEMBERED)
    )
    return replace(model, past=past)
