"""The steps of a case: possible now, barred and why, and what is open. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.domain.corrections import Step
from desktop_app.domain.guard_stages import Stage
from desktop_app.domain.guards import check_guards, stage_of
from desktop_app.domain.open_items import OpenItem
from desktop_app.domain.regulation import ActionRule
from desktop_app.domain.situation import Situation
from desktop_app.domain.wording import date_words
from desktop_app.domain.workflow import Offer
from desktop_app.errors import Refusal
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.step_groups import GROUP_OF
from desktop_app.services.case_view import CaseView

IN_THEIR_PLACE = ("waive", "correct")
"""Steps offered beside what they are about: an open item, a line of the story."""


@dataclass(frozen=True, slots=True)
class Possible:
    """A step that can be done now. `draft` tells that something typed waits.

    `main`: it moves the case, or an open item asks for it; the others stand under 更多, by `group`.
    """

    action: str
    title: str
    clause: str
    primary: bool
    draft: bool
    main: bool
    group: str


@dataclass(frozen=True, slots=True)
class Barred:
    """Steps that cannot be done now, for one reason. `steps` are titles with their clauses.

    `near`: they could be done here but for that reason, or can after the next step on the case's way; the others
    have nothing that they could be done to, or their turn is far off.
    """

    reason: str
    steps: tuple[str, ...]
    near: bool


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One open item in words; `waivable` where it may be set aside, `verb` the step that settles it, if possible, and
    `verb_title` what that is called."""

    kind: str
    words: str
    clause: str
    blocking: bool
    waivable: bool
    verb: str
    verb_title: str = ""


def possible_steps(file: CaseFile) -> tuple[Possible, ...]:
    """What can be done now: the primary step, what the open items ask for, what moves the case on, then the rest."""
    view = file.view
    offers = [offer for offer in view.offers if offer.possible and offer.action not in IN_THEIR_PLACE]
    primary = primary_step(view)
    rules = view.regulation.actions
    ranks = {offer.action: _rank(view, offer.action, primary) for offer in offers}
    ordered = sorted(offers, key=lambda one: ranks[one.action])
    matter = [offer.action for offer in ordered if ranks[offer.action][0] < _STAYS][:_MOST_BUTTONS]
    return tuple(
        Possible(
            action=offer.action,
            title=offer.title,
            clause=rules[offer.action].article,
            primary=offer.action == primary,
            draft=offer.action in file.drafts,
            # What somebody has begun to type must not hide in a list.
            main=offer.action in matter or offer.action in file.drafts,
            group=GROUP_OF.get(offer.action, ""),
        )
        for offer in ordered
    )


def primary_step(view: CaseView) -> str:
    """The step that the open items ask for, in the regulation's order; else the next one on the case's way."""
    possible = {offer.action for offer in view.offers if offer.possible}
    for item in view.open_items:
        if item.verb in possible:
            return item.verb
    ahead = [name for name in possible if _moves_on(view, name)]
    return min(ahead, key=lambda name: _place(view, _target(view, name) or ""), default="")


def _rank(view: CaseView, action: str, primary: str) -> tuple[int, int]:
    """Primary; what open items ask for, in their order; the next on the case's way; what takes it elsewhere; the rest."""
    if action == primary:
        return _PRIMARY, 0
    asked = [item.verb for item in view.open_items]
    if action in asked:
        return _ASKED, asked.index(action)
    to = _target(view, action)
    if to is None or to == view.case.status:
        return _STAYS, 0
    ahead = [_place(view, to) for rule in view.regulation.actions.values() for to in rule.targets]
    here = _place(view, view.case.status)
    on = _place(view, to) == min((place for place in ahead if place > here), default=-1)
    return (_ON, 0) if on else (_ELSEWHERE, 0)


_PRIMARY, _ASKED, _ON, _ELSEWHERE, _STAYS = range(5)
_MOST_BUTTONS = 5


def _target(view: CaseView, action: str) -> str | None:
    """The state that the step leads to from here."""
    return view.regulation.actions[action].leads_to(view.case.status)


def _moves_on(view: CaseView, action: str) -> bool:
    to = _target(view, action)
    return to is not None and _place(view, to) > _place(view, view.case.status)


def _place(view: CaseView, state: str) -> int:
    return [one.name for one in view.regulation.states].index(state)


def barred_steps(file: CaseFile) -> tuple[Barred, ...]:
    """Why the rest cannot be done now, those of one reason together; never hidden without a word."""
    view = file.view
    grouped: dict[tuple[str, bool], list[str]] = {}
    ahead = _next_states(view)
    for offer in view.offers:
        if offer.possible:
            continue
        rule = view.regulation.actions[offer.action]
        here = view.case.status in rule.from_states
        reason = why_not(view, offer)
        clause = offer.clause or rule.article
        near = bool(ahead & set(rule.from_states)) if not here else not _without_object(file.situation, rule)
        title = f"{offer.title}（{clause}）" if clause else offer.title
        grouped.setdefault((reason, near and not view.case.voided), []).append(title)
    return tuple(Barred(reason, tuple(steps), near) for (reason, near), steps in grouped.items())


def why_not(view: CaseView, offer: Offer) -> str:
    """Why a step cannot be taken now, without its full stop."""
    states = view.regulation.actions[offer.action].from_states
    if view.case.voided:
        return "本件已作废"
    return offer.reason.rstrip("。") if view.case.status in states else f"须在“{'”“'.join(states)}”时办理"


def _without_object(situation: Situation, rule: ActionRule) -> bool:
    """Whether there is nothing that the step could be done to: no return to accept, no instruction to report on."""
    nothing = replace(rule, guards=tuple(name for name in rule.guards if stage_of(name) is Stage.STATE))
    try:
        check_guards(situation, Step(0, rule.name, situation.today, {}), nothing)
    except Refusal:
        return True
    return False


def _next_states(view: CaseView) -> frozenset[str]:
    """The states to which a step possible now leads on the case's own way."""
    primary = primary_step(view)
    possible = [offer.action for offer in view.offers if offer.possible]
    leading = [name for name in possible if name == primary or _rank(view, name, primary)[0] == _ON]
    targets = {_target(view, name) for name in leading}
    return frozenset(to for to in targets if to is not None) - {view.case.status}


def open_line(file: CaseFile, item: OpenItem) -> OpenLine:
    view = file.view
    possible = {offer.action: offer.title for offer in view.offers if offer.possible}
    until = f"，到 {date_words(item.until, view.today)}" if item.until is not None else ""
    return OpenLine(
        kind=item.kind,
        words=f"自 {date_words(item.since, view.today)}{until}",
        clause=item.clause or "本单位规定",
        blocking=item.blocking,
        waivable=not item.blocking and "waive" in possible,
        verb=item.verb if item.verb in possible else "",
        verb_title=possible.get(item.verb, ""),
    )
