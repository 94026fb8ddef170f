"""One transaction, and what can be done inside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.storage.access_log import AccessLog
from desktop_app.storage.alone import Alone
from desktop_app.storage.attachments import Attachments
from desktop_app.storage.batches import Batches, ContentIndex
from desktop_app.storage.both_chains import BothChains
from desktop_app.storage.bulletins import Bulletins
from desktop_app.storage.case_figures import CaseFigures
from desktop_app.storage.cases import Cases
from desktop_app.storage.drafts import Drafts
from desktop_app.storage.issued_numbers import IssuedNumbers
from desktop_app.storage.journal import Journal
from desktop_app.storage.learned import LearnedModels
from desktop_app.storage.likeness_index import LikenessIndex
from desktop_app.storage.logins import Logins, logins_of
from desktop_app.storage.messages import Messages
from desktop_app.storage.notices import Notices
from desktop_app.storage.numbers import Numbers
from desktop_app.storage.office_forms import OfficeForms
from desktop_app.storage.open_items import OpenItems
from desktop_app.storage.papers import Papers
from desktop_app.storage.seals import Seals
from desktop_app.storage.search_index import SearchIndex
from desktop_app.storage.settings import Settings
from desktop_app.storage.shelves import Shelf, shelf_within
from desktop_app.storage.trail import Trail
from desktop_app.storage.units import Units
from desktop_app.storage.users import Users

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from desktop_app.domain.office_records import Problem
    from desktop_app.storage.disposal import Disposal
    from desktop_app.storage.keyring import Login
    from desktop_app.storage.moving import Departing
    from desktop_app.storage.presence import Presence
    from desktop_app.storage.salvage import Salvage


class Work:
    """The repositories of one transaction. Nothing of it may be used once the transaction has ended."""

    def __init__(self, connection: Connection, folder: Path, key: bytes) -> None:
        self._connection = connection
        self._folder = folder
        self._key = key
        self._undo: list[Callable[[], None]] = []

    def settle(self) -> None:
        """Writes what is kept in step with the rest; the database calls it before it commits."""
        self.search.flush()

    def undo_files(self) -> None:
        """Takes back what was put beside the database in a transaction that was rolled back."""
        while self._undo:
            self._undo.pop()()

    def fault_at_start(self) -> str:
        """What a quick look finds wrong with the journal; empty where it finds nothing."""
        from desktop_app.storage.start_check import fault_of

        return fault_of(self._connection.exec_driver_sql)

    def check_tables(self) -> list[Problem]:
        """What is wrong with the tables of an office on a server (`server_checks`)."""
        from desktop_app.storage.server_checks import check_tables

        return check_tables(self._connection)

    def departing(self) -> Departing:
        """The whole office as it stands in this transaction, to be carried elsewhere."""
        from desktop_app.storage.moving import Departing

        return Departing(self._connection, self._folder)

    def put_found(self, salvaged: Salvage, name: str) -> None:
        """Rows of a table as they were salvaged, into the same table of a new office."""
        from desktop_app.storage.salvage import put_rows

        put_rows(self._connection, name, salvaged.of(name))

    def put_found_journal(self, salvaged: Salvage) -> tuple[list[int], list[tuple[int, str | None]]]:
        """The same for the journal: numbers of events that are lost, and events, with their cases, without words."""
        from desktop_app.storage.salvage import put_journal

        return put_journal(self._connection, salvaged)

    def put_found_trail(self, salvaged: Salvage) -> tuple[list[int], bool]:
        """The same for access log and seals: numbers of entries that are lost, and whether no seal is."""
        from desktop_app.storage.salvage import put_access_log, put_seals

        return put_access_log(self._connection, salvaged), put_seals(self._connection, salvaged)

    @cached_property
    def journal(self) -> Journal:
        return Journal(self._connection)

    @cached_property
    def access(self) -> AccessLog:
        return AccessLog(self._connection)

    @cached_property
    def seals(self) -> Seals:
        return Seals(self._connection)

    @cached_property
    def chains(self) -> BothChains:
        return BothChains(self._connection)

    @cached_property
    def trail(self) -> Trail:
        return Trail(self._connection)

    @cached_property
    def cases(self) -> Cases:
        return Cases(self._connection, self.search)

    @cached_property
    def case_figures(self) -> CaseFigures:
        return CaseFigures(self._connection)

    @cached_property
    def open_items(self) -> OpenItems:
        return OpenItems(self._connection)

    @cached_property
    def bulletins(self) -> Bulletins:
        return Bulletins(self._connection)

    @cached_property
    def messages(self) -> Messages:
        return Messages(self._connection)

    @cached_property
    def search(self) -> SearchIndex:
        if self._connection.dialect.name == "postgresql":
            from desktop_app.storage.server_search import ServerSearchIndex

            return ServerSearchIndex(self._connection)
        return SearchIndex(self._connection)

    @cached_property
    def numbers(self) -> Numbers:
        return Numbers(self._connection)

    @cached_property
    def issued(self) -> IssuedNumbers:
        return IssuedNumbers(self._connection)

    @cached_property
    def units(self) -> Units:
        return Units(self._connection)

    @cached_property
    def settings(self) -> Settings:
        return Settings(self._connection)

    @cached_property
    def users(self) -> Users:
        return Users(self._connection)

    @cached_property
    def papers(self) -> Papers:
        return Papers(self._connection)

    @cached_property
    def batches(self) -> Batches:
        return Batches(self._connection)

    @cached_property
    def content_index(self) -> ContentIndex:
        return ContentIndex(self._connection)

    @cached_property
    def learned(self) -> LearnedModels:
        return LearnedModels(self._connection)

    @cached_property
    def likeness(self) -> LikenessIndex:
        return LikenessIndex(self._connection)

    @cached_property
    def notices(self) -> Notices:
        return Notices(self._connection)

    @cached_property
    def drafts(self) -> Drafts:
        return Drafts(self._connection)

    @cached_property
    def presence(self) -> Presence | Alone:
        if self._connection.dialect.name == "postgresql":
            from desktop_app.storage.presence import Presence

            return Presence(self._connection)
        return Alone()

    def disposal(self) -> Disposal:
        from desktop_app.storage.disposal import Disposal

        return Disposal(self._connection, self._folder)

    @cached_property
    def attachments(self) -> Attachments:
        return Attachments(self._connection, self._folder, self._key, self._undo)

    @cached_property
    def shelf(self) -> Shelf:
        """What lies beside the database; on a server it changes with this transaction."""
        return shelf_within(self._connection, self._folder)

    @cached_property
    def logins(self) -> Logins:
        return logins_of(self._connection)

    def found_accounts(self) -> Login | None:
        """Sets up the accounts of an office on a server, once it is made; the login of the door, None where there are
        to be none."""
        if self._connection.dialect.name != "postgresql":
            return None
        from desktop_app.storage import server_accounts

        return server_accounts.found(self._connection)

    @cached_property
    def forms(self) -> OfficeForms:
        return OfficeForms(self._connection)
