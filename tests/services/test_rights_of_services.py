"""Every act of the office asks for a right, in the services: a function that takes a session and asks for none must
be listed here with the reason. A new one that is forgotten fails."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop_app import services

FOLDER = Path(services.__file__).parent
ASKS = frozenset(("require", "check_role", "prepare"))
"""What asks: the session for a right, or the workflow for the role of a step."""

OPEN = {
    "access.lay_aside": "notes what its caller was allowed to do",
    "access.new_entry": "makes an entry, and reads nothing",
    "access.record": "notes what its caller was allowed to do",
    "access.record_export": "notes what its caller was allowed to do",
    "access.record_preview": "notes what its caller was allowed to do",
    "access.record_print": "notes what its caller was allowed to do",
    "access.record_view": "notes what its caller was allowed to do",
    "access_rules.rules": "what holds for everybody is known to everybody",
    "accounts.list_accounts": "names, roles and locks of colleagues; no password and nothing of a case",
    "accounts.list_users": "names and roles of colleagues; nothing of a case",
    "accounts.password_is_due": "of the own password",
    "accounts.still_here": "of oneself, whether one may stay",
    "appraisal.points": "the office's own figures for failings; nothing of a case",
    "archive.office_and_head": "the office's name and how far its journal has come",
    "archive.settings": "two names of the office that stand on its papers",
    "backups.back_up_if_due": "the office's data must be kept whoever is there; the backup is encrypted",
    "backups.first_under_new_key": "called by a renewal, which asked",
    "backups.is_due": "whether there is something to keep",
    "backups.known_backups": "names of files that everybody sees in the folder",
    "backups.last_backup": "a time that stands at the foot of every window",
    "backups.made_elsewhere": "a time that stands at the foot of every window",
    "backups.second_place": "the place of a folder",
    "built_in_notices.follow": "the State Council's notices, known to all",
    "child_process.entry_of": "the same user's way into a process of its own",
    "column_choices.remember_columns": "how a heading was read; nothing of a case",
    "column_choices.remembered_columns": "how a heading was read; nothing of a case",
    "coming_and_going.note_leaving": "that one leaves oneself",
    "coming_and_going.note_login": "that one came oneself",
    "coming_and_going.note_unlock": "that one gave the own password again",
    "drafts.open_drafts": "where one's own unfinished forms are; none of their words",
    "drafts.take_up": "one's own words, from another seat to this one",
    "typed_here.all_here": "whether one's own typing lies at this seat",
    "typed_here.begin": "a number for what one types oneself",
    "typed_here.keep": "one's own words, sealed, at one's own seat",
    "typed_here.know": "what one's own draft was last seen to be",
    "typed_here.settle": "one's own words that the server has go from the seat",
    "typed_here.take_in": "one's own words, from the seat to the drafts",
    "earlier_keys.key_for": "what the open office holds in memory anyway",
    "earlier_keys.keys_of": "what the open office holds in memory anyway",
    "figure_facts.bring_up_to_date": "works figures out of what is there; shows none",
    "figure_facts.bring_up_to_date_job": "works figures out of what is there; shows none",
    "figure_facts.out_of_date": "whether figures are to be worked out",
    "holidays.calendar_of": "working days are public",
    "holidays.list_notices": "notices are public",
    "holidays.preview": "what a notice would move; titles only to who sees cases",
    "holidays.preview_withdrawal": "what taking a notice back would move; titles only to who sees cases",
    "holidays.read_notice": "reads a text that was given",
    "intake.default_regulation": "which regulation is in force here",
    "journaling.new_event": "makes an entry, and reads nothing",
    "kept_items.save_found": "keeps what a question that was allowed found; shows nothing",
    "ledgers.office_name": "the name on every paper",
    "ledgers.regulation_of": "which regulation is in force here",
    "leftovers.clear": "files that a kill left behind; shows nothing",
    "news.listen": "that something has changed, by number; no word of it",
    "office.list_units": "the register of units is public",
    "office_duties.how_often": "how often the office reports",
    "office_settings.get": "name and telephone on every paper",
    "overtaken.news": "tells of what its caller was allowed to read",
    "paper_codes.own_office_code": "a mark printed on every paper",
    "paper_views.note_seen": "notes what its caller was allowed to do",
    "pc_clock.doubt_on_entering": "whether the clock of the PC is right",
    "presence.is_told": "whether the office lies on a server",
    "presence.leave": "that one is nowhere any more",
    "queries.listed_row": "shapes a row that its caller was allowed to read",
    "queries.query_of": "which states there are",
    "queries.row_without_citizen": "shapes a row that its caller was allowed to read",
    "sealed_history.earlier_copy": "a backup with the password of its day; verify, which compares it, asks",
    "server_logins.set_up": "called by a move, which asked",
    "shared_forms.are_shared": "where the office's templates lie",
    "shared_forms.shared_form": "the office's own blank papers; nothing of a case",
    "shared_forms.shared_forms": "the office's own blank papers; nothing of a case",
    "sealing.lay_beside": "puts the seal of the chains beside the data",
    "sealing.seal_today": "seals both chains, whoever is there",
    "shared_backups.is_own": "which seat made the last backup",
    "shared_backups.record": "which seat made the backup; making it asked",
    "trail.record_reading": "notes what its caller was allowed to do",
    "trail.may_read": "whether one may read, and nothing of it",
    "two_persons.codes_made": "the day on which codes were made",
}
"""Functions open to whoever has logged in, and why that is no harm."""


@dataclass
class Function:
    """A function of the services: what it calls, by `module.name`, and whether it is called with a session alone."""

    name: str
    takes_session: bool
    calls: set[str] = field(default_factory=set)
    asks: bool = False


def functions() -> dict[str, Function]:
    """Every function of every module, those that others must not call too."""
    found: dict[str, Function] = {}
    for path in sorted(FOLDER.glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        known = imported(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                one = Function(f"{path.stem}.{node.name}", takes_session_alone(node))
                for called in ast.walk(node):
                    if isinstance(called, ast.Call):
                        note_call(one, called.func, path.stem, known)
                    elif isinstance(called, ast.Name) and called.id in known:
                        one.calls.add(known[called.id])
                found[one.name] = one
    return found


def imported(tree: ast.Module) -> dict[str, str]:
    """Local names of what comes from the services: ``note`` → ``journaling.note``, ``backups`` → ``backups``."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module is not None:
            if node.module == "desktop_app.services":
                names |= {alias.asname or alias.name: alias.name for alias in node.names}
            elif node.module.startswith("desktop_app.services."):
                module = node.module.removeprefix("desktop_app.services.")
                names |= {alias.asname or alias.name: f"{module}.{alias.name}" for alias in node.names}
    return names


def note_call(one: Function, called: ast.expr, module: str, known: dict[str, str]) -> None:
    if isinstance(called, ast.Attribute):
        one.asks = one.asks or called.attr in ASKS
        if isinstance(called.value, ast.Name) and called.value.id in known:
            one.calls.add(f"{known[called.value.id]}.{called.attr}")
    elif isinstance(called, ast.Name):
        one.asks = one.asks or called.id in ASKS
        one.calls.add(known.get(called.id, f"{module}.{called.id}"))


def takes_session_alone(node: ast.FunctionDef) -> bool:
    """Whether it can be called from outside: with a session, and without the transaction of another act."""
    kinds = [ast.unparse(given.annotation) for given in node.args.args if given.annotation is not None]
    return "Session" in kinds and "Work" not in kinds


def guarded(all_of_them: dict[str, Function]) -> frozenset[str]:
    """Those that ask, or call one that does."""
    asking = {name for name, one in all_of_them.items() if one.asks}
    while True:
        more = {name for name, one in all_of_them.items() if one.calls & asking} - asking
        if not more:
            return frozenset(asking)
        asking |= more


def entrances() -> Iterator[str]:
    for name, one in functions().items():
        if one.takes_session and not name.split(".")[1].startswith("_"):
            yield name


ENTRANCES = sorted(entrances())
GUARDED = guarded(functions())


@pytest.mark.parametrize("name", ENTRANCES)
def test_whatever_takes_a_session_asks_for_a_right_or_is_known_to_be_open(name: str) -> None:
    if name in OPEN:
        assert name not in GUARDED, "it asks by now: take it off the list"
        assert len(OPEN[name]) > 10
    else:
        assert name in GUARDED, "it asks for no right"


def test_the_list_names_nothing_that_is_gone() -> None:
    assert set(OPEN) <= set(ENTRANCES)
    assert len(ENTRANCES) > 80


@pytest.mark.parametrize("floor", ["gui", "cli", "documents"])
def test_no_floor_above_opens_a_transaction_of_its_own(floor: str) -> None:
    """Else it could read past the services, and so past the rights."""
    for path in (FOLDER.parent / floor).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.With):
                opened = [ast.unparse(item.context_expr) for item in node.items]
                assert not [one for one in opened if one.endswith(("session.read()", "session.change()"))], (
                    path
                )
