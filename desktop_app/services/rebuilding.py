"""Cases made again from their records: row, message, search, numbers; what can't be is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop_app.domain.archive_numbers import FILE_NUMBER, FileNumber
from desktop_app.domain.corrections import Step, effective_steps
from desktop_app.domain.events import Event
from desktop_app.domain.history import REGISTER, fold
from desktop_app.domain.issued_numbers import numbers_borne
from desktop_app.domain.messages import Message, Registration
from desktop_app.domain.numbering import DocumentSeries, RegisterNumber
from desktop_app.domain.office_records import DocumentIssued, DocumentOfCase, Problem
from desktop_app.domain.projection import row_of
from desktop_app.domain.regulation import Regulation
from desktop_app.domain.renumbering import number_taken
from desktop_app.errors import LiuyanError, StorageProblem
from desktop_app.services import regulations
from desktop_app.services.cases import searchable
from desktop_app.services.document_numbers import series_name
from desktop_app.services.near_repeats import remember
from desktop_app.services.registration import incoming_key, message_of, register_all
from desktop_app.services.session import Session

if TYPE_CHECKING:
    from desktop_app.storage.salvage import Salvage
    from desktop_app.storage.work import Work


def rebuild_cases(
    session: Session,
    work: Work,
    found: Salvage,
    told: list[Problem],
    lost_cases: list[str],
    lost_words: Iterable[int],
) -> dict[str, str]:
    """Make every case from the journal, which is filled already.

    Cases whose registration is lost, or whose records make no sense without those lost, go to `lost_cases`; where
    register and message still have them, the message is registered again. Returns the lost cases with their new
    numbers, empty where there is none.
    """
    from desktop_app.storage.case_ids import number_of
    from desktop_app.storage.messages import messages_of_rows

    wordless = frozenset(lost_words)
    messages = messages_of_rows(found.of("case_messages"))
    why: dict[str, str] = {}
    for number, events in list(work.journal.by_case()):
        try:
            _rebuild(session, work, number, events, messages.get(number), wordless)
        except (LiuyanError, LookupError, ValueError, TypeError) as error:
            why[number] = _why(events, error)
    _see_to_counters(work)
    for year, last in work.numbers.register_ends():
        for serial in range(1, last + 1):
            number = str(RegisterNumber(year, serial))
            if work.cases.get(number) is None:
                why.setdefault(number, "记录全部读不出来。")
    lost_cases += sorted(why)
    received = {number_of(row["id"]): row for row in found.of("cases")}
    renumbered: dict[str, str] = {}
    for number, reason in sorted(why.items()):
        again = renumbered[number] = _registered_again(
            session, work, received.get(number), messages.get(number)
        )
        advice = f"留言还在，已另行登记为 {again}，请补办后面的步骤。" if again else "请按原件重新登记。"
        told.append(Problem("case", number, f"{number} 不能重建：{reason}{advice}"))
    return renumbered


def _registered_again(
    session: Session, work: Work, row: Mapping[str, Any] | None, message: Message | None
) -> str:
    """The new number of a message whose case is lost; empty where it can't be read, or had been taken back."""
    if row is None or message is None or row["voided"]:
        return ""
    given = Registration(row["regulation"], date.fromisoformat(row["received"]), row["source"], message)
    (registered,) = register_all(session, work, [given])
    return registered.number


def _why(events: Sequence[Event], error: Exception) -> str:
    if events[0].action != REGISTER:
        return "登记的记录读不出来。"
    return f"缺了中间的记录（{error}）。"


def _rebuild(
    session: Session,
    work: Work,
    number: str,
    events: Sequence[Event],
    kept: Message | None,
    wordless: frozenset[int],
) -> None:
    first = events[0]
    if first.action != REGISTER:
        raise StorageProblem("damaged", "登记的记录读不出来")
    regulation = regulations.load(first.keys["regulation"])
    steps = effective_steps(events)
    case = fold(number, steps, regulation)
    # Where the words beside the record are gone, the message kept with the case may not be.
    message = kept or _blank(first) if first.id in wordless else _message(first, first.protected)
    batch = first.keys.get("batch")
    row = row_of(case, message, regulation, session.calendar(), int(batch) if batch else None)
    numbers = _numbers(number, events, steps, regulation, work)
    work.cases.insert([row])
    work.messages.insert(number, message)
    if not row.voided:
        work.search.put_many([(number, searchable(message, case), message.citizen.name)])
        work.content_index.add_many([incoming_key(number, message)])
        remember(work, [(number, message)])
    for issued in numbers:
        work.issued.add(issued)
    work.issued.tie(number, _held(number, events, steps))


def _blank(first: Event) -> Message:
    words = {"title": "（主题读不出来）", "text": "（内容读不出来，请按原件补录）"}
    return _message(first, {**words, **first.protected})


def _message(first: Event, words: Mapping[str, str]) -> Message:
    return message_of(words, first.keys.get("board_number", ""))


def _held(number: str, events: Sequence[Event], steps: Sequence[Step]) -> dict[str, DocumentOfCase]:
    """Every number that the case took, standing or not."""
    taken = {
        text: DocumentOfCase(
            number, event.id, False, event.on, event.keys.get("to") or event.keys.get("lead", "")
        )
        for event in events
        if (text := number_taken(event))
    }
    return {**taken, **numbers_borne(number, steps)}


def _numbers(
    number: str, events: Sequence[Event], steps: Sequence[Step], regulation: Regulation, work: Work
) -> list[DocumentIssued]:
    """The numbers among those of the case that the list of issued papers has lost."""
    standing = numbers_borne(number, steps)
    made: list[DocumentIssued] = []
    for event in events:
        text = number_taken(event)
        if not text or work.issued.find(text) is not None or text in {one.text for one in made}:
            continue
        for series in regulation.series.values():
            read = DocumentSeries(series.id, series.pattern).read(text)
            if read is not None:
                made.append(
                    DocumentIssued(
                        series_name(regulation, series.id),
                        read.year,
                        read.serial,
                        text,
                        title=_title(regulation, series.id),
                        by=event.by,
                        voided_reason="" if text in standing else "（理由读不出来）",
                    )
                )
                break
    return made


def _title(regulation: Regulation, series: str) -> str:
    return next((form.title for form in regulation.forms.values() if form.series == series), "")


def _see_to_counters(work: Work) -> None:
    """No number that a case or a paper bears may be given out again."""
    for number, _ in work.journal.by_case():
        year, serial = number.split("-")
        work.numbers.see_to("", int(year), int(serial))
    for one in work.issued.all():
        work.numbers.see_to(one.series, one.year, one.serial)
    for event in work.journal.of_action(FILE_NUMBER):
        filed = FileNumber.of_keys(event.keys)
        work.numbers.see_to(filed.series.name, filed.series.year, filed.item)
