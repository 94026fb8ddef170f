"""The template of which papers are made now: the office's own, in its folder or shared by all seats; else the shipped."""

from __future__ import annotations

from pathlib import Path

from desktop_app.documents.forms import Template, load_form, template_of
from desktop_app.documents.paper_catalogue import TEMPLATES
from desktop_app.services import shared_forms
from desktop_app.services.session import Session

FORMS_FOLDER = "forms"
"""In the data folder; at a seat of an office on a server it holds copies to change."""


def own_folder(session: Session) -> Path:
    """Where the office's own templates lie, in its data folder; on a server, where this seat's copies of them do."""
    return session.folder / FORMS_FOLDER


def template_in_use(session: Session, form: str) -> Template:
    """The template of a paper. BadData with every fault of it, and where it stands."""
    if not shared_forms.are_shared(session):
        return load_form(form, own_folder(session))
    name = TEMPLATES[form].file_name
    own = shared_forms.shared_form(session, name)
    return load_form(form) if own is None else template_of(form, own.content, name)
