"""Which document numbers the steps of a case bear, and how the papers under them went out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.domain.corrections import Step
from desktop_app.domain.history import VOID
from desktop_app.domain.office_records import DocumentOfCase
from desktop_app.domain.renumbering import RENUMBER, number_taken


def numbers_borne(case: str, steps: Iterable[Step]) -> dict[str, DocumentOfCase]:
    """What each number that stands on the case is to it. `steps`: the history after all corrections.

    A slip has gone out when its unit took the case or it was delivered; any other paper when its delivery
    was recorded (登记送达).
    """
    borne: dict[str, DocumentOfCase] = {}
    slip = ""
    for step in steps:
        number = number_taken(step)
        if step.action == VOID:
            # A case that was taken back whole takes its papers with it.
            borne.clear()
        elif step.action == RENUMBER:
            # The number belongs to the record by which it was taken.
            if number in borne:
                borne[number] = replace(borne[number], event_id=step.id)
        elif number:
            addressee = step.get("to") or step.get("lead")
            borne[number] = DocumentOfCase(case, step.id, on=step.on, addressee=addressee)
            slip = number if step.get("lead") else slip
        elif step.action == "serve" and step.get("paper") in borne:
            _serve(borne, step.get("paper"), step)
        elif step.action == "receive" and slip in borne and borne[slip].served_on is None:
            _serve(borne, slip, step)
    return borne


def _serve(borne: dict[str, DocumentOfCase], number: str, step: Step) -> None:
    borne[number] = replace(borne[number], served_on=step.on, served_manner=step.get("manner"))
