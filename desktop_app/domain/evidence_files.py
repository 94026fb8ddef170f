"""Which link of a chain of evidence a paper, a scan or a file belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from desktop_app.domain.evidence_shapes import Evidence, KeptFile
from desktop_app.domain.message_text import fold
from desktop_app.domain.office_records import PaperMade
from desktop_app.domain.regulation import Regulation

SIGNED_REPLY = "signed-reply"
"""The kind of an attachment that is a unit's signed answer."""

ATTACHED = "attach"
"""The kind of a link that is a file by itself: nobody knows to which step it belongs."""


def with_files(
    links: Sequence[Evidence],
    regulation: Regulation,
    papers: Sequence[PaperMade],
    files: Sequence[KeptFile],
    title: str,
) -> tuple[Evidence, ...]:
    """The links with their papers and scans; files of no link come last, each a link called `title`."""
    forms: list[list[str]] = [[] for _ in links]
    names: list[list[str]] = [[] for _ in links]
    loose = []
    for paper in papers:
        place = _of_paper(links, regulation, paper)
        if place is not None and paper.form not in forms[place]:
            forms[place].append(paper.form)
    for file in files:
        place = _of_file(links, regulation, file)
        if place is None:
            loose.append(Evidence(0, ATTACHED, title, file.added, files=(file.name,)))
        else:
            names[place].append(file.name)
    found = (
        replace(link, papers=tuple(forms[place]), files=tuple(names[place]))
        for place, link in enumerate(links)
    )
    return (*found, *loose)


def _of_paper(links: Sequence[Evidence], regulation: Regulation, paper: PaperMade) -> int | None:
    """By its document number; a form without one belongs to the last step before it that it is made after."""
    if paper.number:
        return _last(links, lambda link: link.document == paper.number)
    form = regulation.forms.get(paper.form)
    after = form.after if form is not None else ()
    made = date.fromisoformat(paper.made[:10])
    return _last(links, lambda link: link.kind in after and link.on <= made)


def _of_file(links: Sequence[Evidence], regulation: Regulation, file: KeptFile) -> int | None:
    """By the code on it; else by the document number or the form in its name; a signed reply, by the reply."""
    if file.event:
        form = regulation.forms.get(file.form)
        after = form.after if form is not None else ()
        coded = _last(links, lambda link: link.event == file.event and (not after or link.kind in after))
        if coded is not None:
            return coded
    name = _plain(file.name)
    named = _last(links, lambda link: bool(link.document) and _plain(link.document) in name)
    if named is not None:
        return named
    if file.kind == SIGNED_REPLY:
        return _last(links, lambda link: link.kind == "reply" and link.on <= file.added)
    return None


def _plain(words: str) -> str:
    """File names bear a document number in all sorts of brackets: 通民盼催〔2026〕3号, 通民盼催[2026]3号."""
    return "".join(letter for letter in fold(words) if letter.isalnum())


def _last(links: Sequence[Evidence], holds: Callable[[Evidence], bool]) -> int | None:
    return next((place for place in reversed(range(len(links))) if holds(links[place])), None)
