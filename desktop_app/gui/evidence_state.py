"""The chain of evidence as lines to read: what passed, when, under which number, to whom, and how it was served. No Qt here."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.evidence import Evidence
from desktop_app.domain.wording import short_date
from desktop_app.services.case_view import CaseView

NOT_SERVED = "未登记送达"


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One link. `paper` is the document whose service can be recorded here, empty where there is none to record;
    `served` tells whether it has been."""

    when: str
    what: str
    document: str
    about: str
    service: str
    kept: str
    paper: str
    served: bool

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        parts = (self.when, self.what, self.document, self.about, self.service, self.kept)
        return "，".join(part for part in parts if part)


def evidence_lines(view: CaseView) -> tuple[EvidenceLine, ...]:
    """All links in their order, in the office's words."""
    can_serve = any(offer.action == "serve" and offer.possible for offer in view.offers)
    return tuple(_line(view, one, can_serve) for one in view.evidence)


def _line(view: CaseView, link: Evidence, can_serve: bool) -> EvidenceLine:
    to = f"→ {link.to}" if link.document and link.to else link.to
    return EvidenceLine(
        when=short_date(link.on, view.today),
        what=link.what,
        document=link.document,
        about="　".join(part for part in (to, link.by if link.by != link.to else "", link.outcome) if part),
        service=_service(view, link),
        kept=_kept(view, link),
        paper=link.document if can_serve else "",
        served=link.served is not None,
    )


def _service(view: CaseView, link: Evidence) -> str:
    """``10-12 周一 当面 李某收（王敏登记）``."""
    served = link.served
    if served is None:
        return NOT_SERVED if link.document else ""
    entered = next((one.by for one in view.events if one.id == served.event and one.action == "serve"), "")
    by = f"{served.received_by}收" if served.received_by else ""
    told = [short_date(served.on, view.today), served.manner, by]
    return " ".join(part for part in told if part) + (f"（{entered}登记）" if entered else "")


def _kept(view: CaseView, link: Evidence) -> str:
    """Papers made of it by their titles, scans and files by their names."""
    forms = view.regulation.forms
    made = [forms[one].title if one in forms else one for one in link.papers]
    return "、".join((*made, *link.files))
