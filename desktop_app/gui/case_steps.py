"""The steps of a case: possible now, barred and why, and what is open. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.open_items import OpenItem
from desktop_app.domain.wording import date_words
from desktop_app.gui.case_file import CaseFile
from desktop_app.services.case_view import CaseView

IN_THEIR_PLACE = ("waive", "correct")
"""Steps offered beside what they are about: an open item, a line of the story."""


@dataclass(frozen=True, slots=True)
class Possible:
    """A step that can be done now. `draft` tells that something typed waits."""

    action: str
    title: str
    clause: str
    primary: bool
    draft: bool


@dataclass(frozen=True, slots=True)
class Barred:
    """Steps that cannot be done now, for one reason. `steps` are titles with their clauses.

    `near`: the case stands where they are done but for that reason, or will stand there after the next step.
    """

    reason: str
    steps: tuple[str, ...]
    near: bool


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One open item in words; `waivable` where it may be set aside, `verb` the step that settles it, if possible."""

    kind: str
    words: str
    clause: str
    blocking: bool
    waivable: bool
    verb: str


def possible_steps(file: CaseFile) -> tuple[Possible, ...]:
    """What can be done now, the primary step first, then what moves the case on, then the rest."""
    view = file.view
    offers = [offer for offer in view.offers if offer.possible and offer.action not in IN_THEIR_PLACE]
    primary = primary_step(view)
    rules = view.regulation.actions
    ordered = sorted(offers, key=lambda one: _rank(view, one.action, primary))
    return tuple(
        Possible(
            action=offer.action,
            title=offer.title,
            clause=rules[offer.action].article,
            primary=offer.action == primary,
            draft=offer.action in file.drafts,
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
    return min(ahead, key=lambda name: _place(view, view.regulation.actions[name].to or ""), default="")


def _rank(view: CaseView, action: str, primary: str) -> int:
    """Primary; the next on the case's way; what leaves it where it is; what takes it elsewhere."""
    if action == primary:
        return 0
    to = view.regulation.actions[action].to
    if to is None:
        return 2
    ahead = [_place(view, rule.to) for rule in view.regulation.actions.values() if rule.to is not None]
    here = _place(view, view.case.status)
    return 1 if _place(view, to) == min((place for place in ahead if place > here), default=-1) else 3


def _moves_on(view: CaseView, action: str) -> bool:
    to = view.regulation.actions[action].to
    return to is not None and _place(view, to) > _place(view, view.case.status)


def _place(view: CaseView, state: str) -> int:
    return [one.name for one in view.regulation.states].index(state)


def barred_steps(view: CaseView) -> tuple[Barred, ...]:
    """Why the rest cannot be done now, those of one reason together; never hidden without a word."""
    grouped: dict[tuple[str, bool], list[str]] = {}
    ahead = _next_states(view)
    for offer in view.offers:
        if offer.possible:
            continue
        rule = view.regulation.actions[offer.action]
        here = view.case.status in rule.from_states
        if view.case.voided:
            reason = "本件已作废"
        elif here:
            reason = offer.reason.rstrip("。")
        else:
            reason = f"须在“{'”“'.join(rule.from_states)}”时办理"
        clause = offer.clause or rule.article
        near = not view.case.voided and (here or bool(ahead & set(rule.from_states)))
        grouped.setdefault((reason, near), []).append(f"{offer.title}（{clause}）" if clause else offer.title)
    return tuple(Barred(reason, tuple(steps), near) for (reason, near), steps in grouped.items())


def _next_states(view: CaseView) -> frozenset[str]:
    """The states to which a step possible now leads."""
    possible = [view.regulation.actions[offer.action].to for offer in view.offers if offer.possible]
    return frozenset(to for to in possible if to is not None) - {view.case.status}


def open_line(file: CaseFile, item: OpenItem) -> OpenLine:
    view = file.view
    possible = {offer.action for offer in view.offers if offer.possible}
    until = f"，到 {date_words(item.until, view.today)}" if item.until is not None else ""
    return OpenLine(
        kind=item.kind,
        words=f"自 {date_words(item.since, view.today)}{until}",
        clause=item.clause or "本单位规定",
        blocking=item.blocking,
        waivable=not item.blocking and "waive" in possible,
        verb=item.verb if item.verb in possible else "",
    )
