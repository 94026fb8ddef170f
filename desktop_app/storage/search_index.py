"""Search in the words of cases, and in what lists narrow them down by: one FTS5 index, kept in step by itself.

FTS5's own tokenizers can't cut Chinese, and its trigram silently finds nothing for two characters; so the tokens
are our own (`search_tokens`), and nothing but their presence is kept (`detail=none`, contentless). Whatever
changes a case within a transaction only says so here; the index is written once, before it is asked or committed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update

from desktop_app.domain.spoken_names import readings_of
from desktop_app.storage.case_ids import id_of
from desktop_app.storage.chunks import chunked
from desktop_app.storage.search_tokens import (
    BETWEEN,
    MARKED_COLUMNS,
    fold_words,
    folded_text,
    name_tokens,
    row_marks,
    text_tokens,
)
from desktop_app.storage.tables import case_messages, cases, search_texts

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_DROP_TERMS = "DELETE FROM case_search WHERE rowid = ?"
_PUT_TERMS = "INSERT INTO case_search (rowid, terms) VALUES (?, ?)"
_TEXT = select(search_texts.c.folded, search_texts.c.names).where(search_texts.c.case_id == bindparam("case"))
_DROP_TEXT = delete(search_texts).where(search_texts.c.case_id == bindparam("case"))
_MARKED = select(cases.c.id, *(cases.c[name] for name in MARKED_COLUMNS))
_SOME_MARKED = _MARKED.where(cases.c.id.in_(bindparam("cases", expanding=True)))
_SOME_TEXTS = select(search_texts.c.case_id, search_texts.c.folded, search_texts.c.names).where(
    search_texts.c.case_id.in_(bindparam("cases", expanding=True))
)
CASES_AFTER = select(cases.c.id).where(cases.c.id > bindparam("after")).order_by(cases.c.id).limit(2_000)
_NAMES_AFTER = (
    select(case_messages.c.case_id, case_messages.c.citizen_name)
    .where(case_messages.c.case_id > bindparam("after"), case_messages.c.citizen_name != "")
    .order_by(case_messages.c.case_id)
    .limit(2_000)
)
_SET_NAMES = (
    update(search_texts).where(search_texts.c.case_id == bindparam("case")).values(names=bindparam("names"))
)
_MERGE_AT = 16
"""While everything is written anew: fewer, larger merges."""


class SearchIndex:
    """What can be found of each case, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._words: dict[int, tuple[str, str] | None] = {}
        self._touched: dict[int, bool] = {}
        """Cases whose tokens are to be written, and whether they have some already."""

    def put(self, number: str, texts: Iterable[str], name: str | None = None) -> None:
        """Makes `texts` all that can be found of the case, whatever was there; `name`: the citizen's, where it
        is told anew."""
        case_id, folded = id_of(number), folded_text(texts)
        before = self._texts_of(case_id)
        names = _names(name) if name is not None else before[1] if before else ""
        # Most acts change no word of a case.
        if before != (folded, names):
            self._words[case_id] = folded, names
            self.touch(case_id)

    def put_many(self, cases: Sequence[tuple[str, Iterable[str]] | tuple[str, Iterable[str], str]]) -> None:
        """Adds the words, and the citizens' names, of many cases that have none in the index yet."""
        for number, texts, *name in cases:
            case_id = id_of(number)
            self._words[case_id] = folded_text(texts), _names(name[0] if name else "")
            self.touch(case_id)

    def drop(self, number: str) -> None:
        """Takes the words of the case out of the index."""
        case_id = id_of(number)
        self._words[case_id] = None
        self.touch(case_id)

    def put_rows(self, case_ids: Iterable[int]) -> None:
        """Says that these rows are new."""
        for case_id in case_ids:
            self.touch(case_id, new=True)

    def touch(self, case_id: int, *, new: bool = False) -> None:
        """Says that the row of a case has changed, or is `new`."""
        self._touched[case_id] = self._touched.get(case_id, True) and not new

    def flush(self) -> None:
        """Writes what has changed; the database does so before it commits."""
        if not self._touched:
            return
        for part in chunked(sorted(self._touched)):
            known = [case_id for case_id in part if self._touched[case_id]]
            if known:
                self._drop_terms(known)
            self._keep_words(part)
            self._write(part)
        self._touched.clear()
        self._words.clear()

    def rebuild(self, watch: Callable[[int], None] | None = None) -> None:
        """Writes the whole index anew from the rows and the words of all cases; `watch` is told how many are done."""
        self.flush()
        self._connection.exec_driver_sql("INSERT INTO case_search(case_search) VALUES ('delete-all')")
        self._configure("automerge", 0)
        self._configure("crisismerge", _MERGE_AT)
        after = done = 0
        while found := list(self._connection.execute(CASES_AFTER, {"after": after}).scalars()):
            after = found[-1]
            for part in chunked(found):
                self._write(part)
            done += len(found)
            if watch is not None:
                watch(done)
        self._configure("automerge", 4)

    def put_names(self) -> None:
        """Keeps the names of all citizens beside the words; the index itself is left as it is."""
        after = 0
        while found := self._connection.execute(_NAMES_AFTER, {"after": after}).all():
            after = found[-1][0]
            told = [{"case": case_id, "names": _names(name)} for case_id, name in found]
            self._connection.execute(_SET_NAMES, told)

    def has_words(self, number: str, texts: Iterable[str], name: str) -> bool:
        """Whether these, and no other, are the words and the citizen's name kept for the case."""
        kept = self._texts_of(id_of(number)) or ("", "")
        return kept == (folded_text(texts), _names(name))

    def faults(self, watch: Callable[[int], None] | None = None) -> Iterator[str]:
        """In words, where the index holds other tokens than rows and words give: counted token by token.

        `watch` is told how many cases are done.
        """
        self.flush()
        wanted: Counter[str] = Counter()
        after = done = 0
        while found := list(self._connection.execute(CASES_AFTER, {"after": after}).scalars()):
            after = found[-1]
            for part in chunked(found):
                for _, tokens in self._tokens(part):
                    wanted.update(tokens)
            done += len(found)
            if watch is not None:
                watch(done)
        self._connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab('main', 'case_search', 'row')"
        )
        try:
            held = self._connection.exec_driver_sql("SELECT term, doc FROM temp.search_terms")
            differing = sum(1 for term, count in held if wanted.pop(term, 0) != count) + len(wanted)
        finally:
            self._connection.exec_driver_sql("DROP TABLE temp.search_terms")
        if differing:
            yield f"检索索引与办件不一致：{differing:,} 个检索词"

    # ------------------------------------------------------------------ writing

    def _texts_of(self, case_id: int) -> tuple[str, str] | None:
        if case_id in self._words:
            return self._words[case_id]
        row = self._connection.execute(_TEXT, {"case": case_id}).first()
        return (self._read(row[0]), self._read(row[1])) if row is not None else None

    def _keep_words(self, part: Sequence[int]) -> None:
        told = {case_id: self._words[case_id] for case_id in part if case_id in self._words}
        if not told:
            return
        self._connection.execute(_DROP_TEXT, [{"case": case_id} for case_id in told])
        kept = [
            {"case_id": case_id, "folded": self._kept(words[0]), "names": self._kept(words[1])}
            for case_id, words in told.items()
            if words is not None
        ]
        if kept:
            self._connection.execute(insert(search_texts), kept)

    def _drop_terms(self, case_ids: Sequence[int]) -> None:
        """Forgets what there is of these cases, which are about to be written again or are gone."""
        self._connection.exec_driver_sql(_DROP_TERMS, [(case_id,) for case_id in case_ids])

    def _write(self, part: Sequence[int]) -> None:
        terms = [(case_id, " ".join(tokens)) for case_id, tokens in self._tokens(part)]
        if terms:
            self._connection.exec_driver_sql(_PUT_TERMS, terms)

    def _tokens(self, part: Sequence[int]) -> Iterator[tuple[int, list[str]]]:
        """The tokens of these cases, in the order of the register."""
        wanted = {"cases": list(part)}
        texts = {
            row[0]: (self._read(row[1]), self._read(row[2]))
            for row in self._connection.execute(_SOME_TEXTS, wanted)
        }
        rows: dict[int, Sequence[Any]] = {
            row[0]: row[1:] for row in self._connection.execute(_SOME_MARKED, wanted)
        }
        for case_id in sorted(rows):
            folded, names = texts.get(case_id, ("", ""))
            tokens = row_marks(rows[case_id])
            tokens += name_tokens(names)
            tokens += text_tokens(folded)
            yield case_id, tokens

    def _kept(self, text: str) -> str:
        """The text as the engine can keep it."""
        return text

    def _read(self, text: str) -> str:
        """A text that was kept, as it was."""
        return text

    def _configure(self, name: str, value: int) -> None:
        self._connection.exec_driver_sql(
            "INSERT INTO case_search (case_search, rank) VALUES (?, ?)", (name, value)
        )


def _names(name: str) -> str:
    """A name with its readings, as `search_texts` keeps it; empty for one that has no letter."""
    plain = fold_words(name.strip())
    return BETWEEN.join((plain, *readings_of(plain))) if plain else ""
