"""Entering messages in the register: one typed by hand, or many from a file (X 第五条（一）, T 第九条)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from desktop_app.domain.case import Case
from desktop_app.domain.history import REGISTER
from desktop_app.domain.messages import Citizen, Message, Registration
from desktop_app.domain.numbering import RegisterNumber
from desktop_app.domain.office_records import IncomingKey
from desktop_app.domain.oversight import NOT_FROM_ABOVE
from desktop_app.domain.projection import row_of
from desktop_app.domain.repeats import keys_of
from desktop_app.domain.rights import Right
from desktop_app.errors import Refusal
from desktop_app.services import regulations
from desktop_app.services.cases import Done, searchable
from desktop_app.services.journaling import new_event
from desktop_app.services.near_repeats import remember
from desktop_app.services.session import Session
from desktop_app.services.taking_back import CAME_WITH

if TYPE_CHECKING:
    from desktop_app.storage.work import Work


_GIVEN = tuple(
    one.name for one in fields(Message) if one.name not in ("title", "text", "citizen", "board_number")
)


@dataclass(frozen=True, slots=True)
class Registered:
    number: str
    registration: Registration


def register_one(session: Session, registration: Registration) -> Done:
    """Enter one message typed by hand. Refusal `date_in_future` or `missing_key`."""
    session.require(Right.REGISTER)
    if registration.received > session.today:
        raise Refusal("date_in_future", "收件日期在今天之后。", None, "请填写实际收件的日期。")
    if not registration.message.title.strip() or not registration.message.text.strip():
        raise Refusal("missing_key", "留言主题和留言内容都要填写。")
    with session.change() as work:
        (done,) = register_all(session, work, [registration])
        event = work.journal.of_case(done.number)[-1]
        return Done(done.number, regulations.load(registration.regulation).initial_state, event.id, None)


def register_all(
    session: Session, work: Work, registrations: Sequence[Registration], with_likeness: bool = True
) -> list[Registered]:
    """Number, journal, project and index messages in their order; one transaction, all or none.

    A large import looks after their likeness itself.
    """
    numbers = _numbers(work, registrations)
    numbered = list(zip(numbers, registrations, strict=True))
    work.journal.append(
        [
            new_event(session, REGISTER, _facts(one), message_words(one.message), number, one.received)
            for number, one in numbered
        ]
    )
    cases = [_case(number, one) for number, one in numbered]
    calendar = session.calendar()
    work.cases.insert(
        [
            row_of(case, one.message, regulations.load(one.regulation), calendar, one.batch)
            for case, (_, one) in zip(cases, numbered, strict=True)
        ]
    )
    work.messages.insert_many([(number, one.message) for number, one in numbered])
    work.search.put_many(
        [
            (number, searchable(one.message, case), one.message.citizen.name)
            for case, (number, one) in zip(cases, numbered, strict=True)
        ]
    )
    work.content_index.add_many([incoming_key(number, one.message) for number, one in numbered])
    if with_likeness:
        remember(work, [(number, one.message) for number, one in numbered])
    return [Registered(number, one) for number, one in numbered]


def _numbers(work: Work, registrations: Sequence[Registration]) -> list[str]:
    """One series a year of registration, without gaps, in the order given."""
    years = [one.received.year for one in registrations]
    series = {year: iter(work.numbers.next_register(year, years.count(year))) for year in sorted(set(years))}
    return [str(RegisterNumber(year, next(series[year]))) for year in years]


def _facts(one: Registration) -> dict[str, str]:
    facts = {"source": one.source, "regulation": one.regulation, "board_number": one.message.board_number}
    if one.batch is not None:
        facts["batch"] = str(one.batch)
    if one.row is not None:
        facts["row"] = str(one.row)
    if one.steps:
        facts[CAME_WITH] = str(one.steps)
    above = one.handed_down
    facts["handed_down_by"] = above.by
    facts["handed_down_on"] = above.on.isoformat() if above.on is not None else ""
    facts["upstream_due"] = above.due.isoformat() if above.due is not None else ""
    return {name: value for name, value in facts.items() if value}


def message_words(message: Message) -> dict[str, str]:
    """The identity and the message: kept beside the journal, their digests in it. `verify` compares both copies."""
    citizen = message.citizen
    words = {
        "title": message.title,
        "text": message.text,
        "citizen": "\n".join((citizen.name, citizen.contact, citizen.work_unit, citizen.address, citizen.ip)),
        "given": _given(message),
    }
    return {name: value for name, value in words.items() if value.strip()}


def message_of(words: Mapping[str, str], board_number: str = "") -> Message:
    """The message that `message_words` was made of. ValueError where the words are none of a message."""
    citizen = words.get("citizen", "").split("\n") if words.get("citizen") else []
    rest = json.loads(words.get("given", "{}"))
    title, text = words.get("title", ""), words.get("text", "")
    return Message(title=title, text=text, citizen=Citizen(*citizen), board_number=board_number, **rest)


def _given(message: Message) -> str:
    """What else came with the message, as one text; empty where nothing did."""
    rest = {name: value for name in _GIVEN if (value := getattr(message, name))}
    return json.dumps(rest, ensure_ascii=False, sort_keys=True, default=dict) if rest else ""


def _case(number: str, one: Registration) -> Case:
    """The case as its registration alone makes it."""
    return Case(
        number=number,
        regulation=one.regulation,
        status=regulations.load(one.regulation).initial_state,
        received=one.received,
        source=one.source,
        handed_down=one.handed_down if one.handed_down != NOT_FROM_ABOVE else None,
    )


def incoming_key(number: str, message: Message) -> IncomingKey:
    """By what this message will be known again when it comes a second time."""
    keys = keys_of(message)
    alike = (*keys.alike, "", "")
    return IncomingKey(
        number=number,
        content_digest=keys.content if keys.number else keys.whole,
        board_number=keys.number,
        likeness=alike[0],
        title_likeness=alike[1],
    )
