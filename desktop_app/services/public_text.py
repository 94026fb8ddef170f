"""What in a text about to go public is protected: shown to the operator word by word before it is let stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.domain.corrections import Step
from desktop_app.domain.privacy import Hit
from desktop_app.domain.public_words import PAPER_TEXT_KEYS, paper_text_hits, public_text_hits
from desktop_app.domain.rights import Right
from desktop_app.services.case_loading import load_case, situation_of
from desktop_app.services.journaling import note
from desktop_app.services.session import Session

BEFORE_PUBLICATION = "公开前逐条核对"


@dataclass(frozen=True, slots=True)
class PublicTextCheck:
    """The text as others would read it, and the places in it that are protected (X 第六条, T 第七条（二）).

    `public`: it goes public and may only with each place answered; else it stands on a paper, which covers them all.
    """

    text: str
    hits: tuple[Hit, ...]
    public: bool = True


def check_public_text(session: Session, number: str, action: str, keys: Mapping[str, str]) -> PublicTextCheck:
    """Look through the text that this step would make public, or put on a paper for others; empty where it does neither."""
    session.require(Right.WORK_ON_CASES)
    with session.read() as work:
        situation = situation_of(session, work, load_case(work, number))
        step = Step(0, action, session.today, {name: value for name, value in keys.items() if value})
        if action in PAPER_TEXT_KEYS:
            return PublicTextCheck(*paper_text_hits(situation, step), public=False)
        return PublicTextCheck(*public_text_hits(situation, step))


def look_through(session: Session, number: str, action: str, keys: Mapping[str, str]) -> PublicTextCheck:
    """The same to be looked at word by word: where the text is a recorded one, that it was seen is an event (X 第六条)."""
    check = check_public_text(session, number, action, keys)
    typed = any(value.strip() == check.text.strip() for value in keys.values())
    if check.hits and check.public and not typed:
        with session.change() as work:
            case = load_case(work, number).case.number
            note(session, work, "reveal", protected={"reason": BEFORE_PUBLICATION}, case=case)
    return check
