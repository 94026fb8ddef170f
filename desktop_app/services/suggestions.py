"""Which unit and which category a message may be for, learned from the office's own past cases; never applied by itself.

Before there is a history the units' 职责 and names are all there is to learn from. A unit complained of by 控告、检举
is never proposed (X 第六条). What is learned lies in the encrypted database and is learned anew as cases are decided.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.domain.message_features import features
from desktop_app.domain.open_items import barred_unit
from desktop_app.domain.rights import Right
from desktop_app.domain.situation import Situation
from desktop_app.domain.units import UnitRegister
from desktop_app.errors import Cancelled
from desktop_app.services.case_loading import find_row, load_case, situation_of
from desktop_app.services.learned_model import LearnedModel, Lesson, model_of
from desktop_app.services.session import UNITS_EDITION, Session

if TYPE_CHECKING:
    from desktop_app.storage.learned import Example
    from desktop_app.storage.work import Work

Progress = Callable[[int, int], bool]

UNIT, CATEGORY = "unit", "category"

LEARNED_FROM = 20_000
"""The newest decided cases: what an office did long ago says less of what it does now, and memory stays bounded."""

_SHOWN = 8
_SURE, _FAIRLY = 0.5, 0.25
"""By how much the first must fit better than the second: on labelled messages 95, 85 and 60 of a hundred were right."""

_OTHERS = 2
_TOLD_EACH = 200
_FEWEST = 3
"""Cases of a category that there must be before it is proposed."""

_LEARNED_EDITION = "learned.units_edition"
"""Setting: under which edition of the unit register was learned."""

_GROWN, _AT_LEAST = 10, 20
"""Learned anew when the decided cases have grown by one part in ten, and by twenty."""

WORDS = {"high": "把握较大", "middle": "有一定把握", "low": "仅供参考"}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`name` proposed, how sure (`high`, `middle`, `low`), and why: `similar` are the past cases most like this one
    (number, what it was given), `basis` is `cases`, or `duties` where no case of this name was there to learn from."""

    name: str
    confidence: str
    basis: str
    similar: tuple[tuple[str, str], ...]
    others: tuple[str, ...]

    @property
    def agreeing(self) -> tuple[str, ...]:
        """The numbers of those similar cases that were given the same."""
        return tuple(number for number, name in self.similar if name == self.name)

    @property
    def words(self) -> str:
        """The reason, for people."""
        sure = WORDS[self.confidence]
        if self.agreeing:
            return f"{sure}：最像的 {len(self.similar)} 件以往留言中，{len(self.agreeing)} 件如此"
        if self.basis == "duties":
            return f"{sure}：按单位职责和名称推测，还没有办过相似的留言"
        return f"{sure}：按以往留言的用语推测，没有特别相似的件"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What can be proposed for one case; `learned` tells when, and from how many cases, None where nothing was."""

    number: str
    unit: Suggestion | None
    category: Suggestion | None
    learned: tuple[str, int] | None


def suggest(session: Session, number: str) -> Suggestions:
    """What past cases say of this one. Refusal `unknown_case`."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return suggestions_in(session, work, find_row(work, number).number)


def suggestions_in(session: Session, work: Work, number: str) -> Suggestions:
    """The same within a transaction."""
    loaded = load_case(work, number)
    seen = features(loaded.message.title, loaded.message.text)
    made = work.learned.made(UNIT)
    situation = situation_of(session, work, loaded)
    terms = {term.value for term in loaded.regulation.vocabularies["category"]}
    return Suggestions(
        number,
        _suggested(
            _kept(session, work, UNIT),
            seen,
            number,
            lambda name: _may_have(situation, session.units(work), name),
        ),
        _suggested(_kept(session, work, CATEGORY), seen, number, terms.__contains__),
        made,
    )


def _may_have(situation: Situation, units: UnitRegister, name: str) -> bool:
    return units.find(name) is not None and barred_unit(situation, name) is None


def _suggested(
    model: LearnedModel | None, seen: dict[int, int], number: str, may_be: Callable[[str], bool]
) -> Suggestion | None:
    if model is None or not seen:
        return None
    scores = dict(zip(model.names, model.scores(seen), strict=True))
    ranked = sorted((name for name in model.names if may_be(name)), key=lambda name: (-scores[name], name))
    if not ranked:
        return None
    first, others = ranked[0], tuple(ranked[1 : 1 + _OTHERS])
    ahead = scores[first] - scores[others[0]] if others else _FAIRLY
    confidence = "high" if scores[first] > 0 and ahead >= _SURE else "middle" if ahead >= _FAIRLY else "low"
    taught = model.taught[model.names.index(first)]
    similar = [one for one in model.alike(seen, _SHOWN + 1) if one[0] != number][:_SHOWN]
    return Suggestion(
        first,
        confidence if taught else "low",
        "cases" if taught else "duties",
        tuple(one for one in similar if may_be(one[1])),
        others,
    )


def _kept(session: Session, work: Work, name: str) -> LearnedModel | None:
    """What is kept, read once as long as nothing new was learned."""
    made = work.learned.made(name)
    if made is None:
        return None
    known = session.learned.get(name)
    if known is None or known[0] != made[0]:
        content = work.learned.get(name)
        try:
            known = (made[0], model_of(content) if content else None)
        except ValueError:
            known = (made[0], None)
        session.learned[name] = known
    return known[1]


def is_due(session: Session) -> bool:
    """Whether enough was decided since, or the unit register changed, for learning anew."""
    session.require(Right.SEE_CASES)
    with session.read() as work:
        return _is_due(work)


def _is_due(work: Work) -> bool:
    made = work.learned.made(UNIT)
    edition = work.settings.get(UNITS_EDITION) or "0"
    if made is None or work.settings.get(_LEARNED_EDITION) != edition:
        return bool(work.units.all())
    return work.learned.decided() >= made[1] + max(_AT_LEAST, made[1] // _GROWN)


def refresh(session: Session, progress: Progress | None = None) -> int:
    """Learn anew from the newest decided cases and the units' duties; how many cases there were. Raises Cancelled."""
    from desktop_app.services.learning import learn

    session.require(Right.SEE_CASES)
    with session.read() as work:
        units = session.units(work)
        edition = work.settings.get(UNITS_EDITION) or "0"
        decided = work.learned.decided()
        read = list(_read(work.learned.examples(LEARNED_FROM), progress))
    models = (
        (UNIT, learn([*_of_units(read, units), *_of_duties(units)], progress)),
        (CATEGORY, learn(_of_categories(read), progress)),
    )
    with session.change() as work:
        now = session.clock.now()
        for name, model in models:
            work.learned.put(name, now, decided, model.to_bytes() if model is not None else b"")
        work.settings.put(_LEARNED_EDITION, edition)
    return len(read)


@dataclass(frozen=True, slots=True)
class _Read:
    """A past case as it is learned from."""

    lesson: Lesson
    category: str
    lead: str


def _read(examples: Iterable[Example], progress: Progress | None) -> Iterator[_Read]:
    for at, one in enumerate(examples):
        if progress is not None and at % _TOLD_EACH == 0 and not progress(at, LEARNED_FROM):
            raise Cancelled
        yield _Read(Lesson.of(features(one.title, one.text), "", one.number), one.category, one.lead)


def _of_units(read: Iterable[_Read], units: UnitRegister) -> Iterator[Lesson]:
    """Past cases under the names that units bear now."""
    for one in read:
        unit = units.find(one.lead)
        if unit is not None:
            yield one.lesson.named(unit.name)


def _of_duties(units: UnitRegister) -> Iterator[Lesson]:
    """Each unit's own words: its names, and what it is for."""
    for unit in units:
        yield Lesson.of(features("，".join(unit.names), unit.duties), unit.name)


def _of_categories(read: Sequence[_Read]) -> list[Lesson]:
    often = Counter(one.category for one in read)
    return [one.lesson.named(one.category) for one in read if one.category and often[one.category] >= _FEWEST]


def ready(session: Session) -> None:
    """Learn if it is time; for the command line, which has no background."""
    session.require(Right.SEE_CASES)
    if is_due(session):
        refresh(session)
