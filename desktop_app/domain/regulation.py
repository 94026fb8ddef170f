"""A regulation as data: what its file says, strictly shaped. Services read the files; rules live in workflow.

Every value stands beside the article that sets it. Values that may change carry the day from which they hold
(`from_day`): a case reads those in force on its registration day, the earliest where it is older than all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

WORKING_DAYS = "working_days"
CALENDAR_DAYS = "calendar_days"


@dataclass(frozen=True, slots=True)
class Limit:
    """A number of days. `unit` is `working_days` or `calendar_days`."""

    name: str
    days: int
    unit: str
    article: str
    from_day: date


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits in force on one day. `reply`: the unit's clock; `extension`: the cap on all extensions of one
    assignment; `rework`: days from sending back when base limit and cap have passed; `claim`: days until a slip
    must be claimed; `after_urge`: days after a served 催办 until it counts as without result."""

    reply: Limit
    extension: Limit
    rework: Limit
    claim: Limit
    after_urge: Limit


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a list. `short` are other forms understood; `requires` keys that this choice makes necessary;
    `flags` are named properties that code asks for (see docs/architecture.md)."""

    value: str
    article: str = ""
    short: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class State:
    name: str
    open: bool
    article: str


@dataclass(frozen=True, slots=True)
class ActionRule:
    """What the regulation says of an action. `to` is None where the state stays.

    `ways`: where an action leads to another state from some, or to one of several to choose from, by the state
    it is taken in; it goes before `to`. `requires`: keys beyond the marked ones; an entry `a|b` asks for one of
    them, `a+b|c` for a and b, or c. `guards`: names of functions in domain/guards; `guard_articles`: another
    clause for one of them. `seen_by`: roles that may read what was recorded; empty: all who may read the case.
    `suggests`: by key, words that the form offers, such as to whom the regulation wants it sent.
    """

    name: str
    title: str
    article: str
    from_states: tuple[str, ...]
    to: str | None
    role: str
    requires: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    guard_articles: Mapping[str, str] = field(default_factory=dict)
    ways: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    seen_by: tuple[str, ...] = ()
    suggests: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def leads_to(self, state: str, chosen: str = "") -> str | None:
        """The state after the action is taken in `state`; the first of several unless one of them is chosen."""
        targets = self.ways.get(state)
        if not targets:
            return self.to
        return chosen if chosen in targets else targets[0]

    @property
    def targets(self) -> tuple[str, ...]:
        """Every state it can lead to, in the order of the file."""
        named = ([self.to] if self.to else []) + [one for some in self.ways.values() for one in some]
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class OpenItemRule:
    """Something still to do. `trigger` names a function in domain/open_item_triggers. Blocking items stop closing or
    archiving and cannot be waived; advisory ones may stand. `states` narrows where it is looked for."""

    kind: str
    trigger: str
    article: str
    blocking: bool
    verb: str
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeItemRule:
    """Something that the office itself owes, not one case. `trigger` names a function in domain/office_items.

    `period` is `month`, `quarter` or `year`; `opens` the day of the year (`12-01`) from which it is asked for, or
    empty: the day after the period.
    """

    kind: str
    trigger: str
    article: str
    period: str
    opens: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """How the unit's clock is read: what starts it, and what happens until then."""

    starts_with: str
    article: str
    unclaimed_counts_from_dispatch: bool
    remind_until_published: bool
    publish_same_day: bool
    reminder_article: str
    publish_article: str


@dataclass(frozen=True, slots=True)
class FormRule:
    """A paper: its title, the recorded actions it is made `after`, its article and number series.

    `public`: it shows the answer to everybody, so it can never be made of one that was judged unfit for that.
    `addressee`: to whom the regulation sends it, where no step names one.
    """

    form: str
    title: str
    article: str
    after: tuple[str, ...]
    states: tuple[str, ...]
    series: str = ""
    public: bool = False
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A series of document numbers: pattern such as 通民盼督〔{year}〕{serial}号."""

    id: str
    pattern: str


@dataclass(frozen=True, slots=True)
class BulletinRule:
    """The periodic report (X 督查通报, T 办理情况报告). `name` heads it, `title` says about which ``{period}``.

    `number`: how its issues are numbered, with ``{year}`` and ``{serial}``; `demands`: what it usually asks of the
    units, a paragraph each; `closing`: the words before the signature.
    """

    name: str
    title: str
    addressee: str
    number: str
    article: str
    closing: str
    demands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppraisalRule:
    """The yearly sheet of deductions: its title, to whom it goes, and the article that wants it."""

    title: str
    addressee: str
    article: str


@dataclass(frozen=True, slots=True)
class FailingRule:
    """Something a unit may be marked down for. `finds` names a function in domain/failings, `ground` the word of the
    regulation's lists that it looks for. How many points it costs is the office's to set."""

    kind: str
    finds: str
    article: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the text and what becomes of it. `later` names what is still to come, or is empty.

    `where` are the modules it lives in (`domain.guards`), `tests` those that show it
    (`tests/domain/test_guards.py::test_…`); both empty where the clause asks nothing of a program.
    """

    article: str
    says: str
    does: str
    later: str = ""
    where: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """How the regulation names the office, its board, a message and who wrote it."""

    office: str
    board: str
    message: str
    citizen: str
    article: str


@dataclass(frozen=True, slots=True)
class Regulation:
    """One regulation, whole. Built by `regulation_reader.read`; an unknown name raises KeyError.

    `edition` tells the data that it was read from from any other, where it was read from a file.
    """

    id: str
    title: str
    short_title: str
    issuer: str
    issued: date
    in_force: date
    source: str
    checked: date
    words: OfficeWords
    clock: Clock
    all_limits: tuple[Limit, ...]
    vocabularies: Mapping[str, tuple[Term, ...]]
    states: tuple[State, ...]
    actions: Mapping[str, ActionRule]
    open_items: tuple[OpenItemRule, ...]
    office_items: tuple[OfficeItemRule, ...]
    forms: Mapping[str, FormRule]
    series: Mapping[str, Series]
    clauses: tuple[Clause, ...]
    articles: Mapping[str, str]
    initial_state: str
    bulletin: BulletinRule | None = None
    appraisal: AppraisalRule | None = None
    failings: tuple[FailingRule, ...] = ()
    edition: str = ""

    @property
    def limits(self) -> Limits:
        """The limits of the newest edition."""
        return self.limits_on(date.max)

    def limits_on(self, day: date) -> Limits:
        """The limits in force on `day`; the earliest where the day lies before all."""
        return Limits(**{name: self._limit(name, day) for name in LIMIT_NAMES})

    def _limit(self, name: str, day: date) -> Limit:
        editions = sorted(
            (limit for limit in self.all_limits if limit.name == name), key=lambda one: one.from_day
        )
        in_force = [limit for limit in editions if limit.from_day <= day]
        return in_force[-1] if in_force else editions[0]

    def state(self, name: str) -> State:
        return next(state for state in self.states if state.name == name)

    def term(self, vocabulary: str, word: str) -> Term | None:
        """The term of that value or short form, or None."""
        return find_term(self.vocabularies.get(vocabulary, ()), word)

    def values(self, vocabulary: str) -> tuple[str, ...]:
        return tuple(term.value for term in self.vocabularies.get(vocabulary, ()))

    def article_text(self, article: str) -> str:
        """The words of an article (第五条（四）), empty where the clause is not of this text."""
        return self.articles.get(article, "")

    def before_in_force(self, day: date) -> bool:
        return day < self.in_force


LIMIT_NAMES = ("reply", "extension", "rework", "claim", "after_urge")

VOCABULARIES = (
    "category",
    "urgency",
    "acceptance_ground",
    "refusal_ground",
    "not_told_reason",
    "receive_manner",
    "approval_level",
    "private_reason",
    "rework_ground",
    "contact_time",
    "follow_up_result",
    "supervision_ground",
    "service_manner",
    "complaint_kind",
    "retention",
    "source",
    "demand",
    "review_check",
    "feedback_rhythm",
    "accountability_ground",
)
"""Every list a regulation must give."""


def find_term(terms: Sequence[Term], word: str) -> Term | None:
    wanted = word.strip()
    for term in terms:
        if wanted == term.value or wanted in term.short:
            return term
    return None
