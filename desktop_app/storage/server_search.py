"""The search index of an office on a PostgreSQL server: the same tokens as in a file, in a tsvector under a GIN index.

PostgreSQL's own parsers can't cut Chinese, and its pg_trgm has nothing to hold on to in two characters; so the
tokens are ours here as well (`search_tokens`), and words and filters are looked up together. Beside them stand the
marks of the piece of the register in which a case lies (`number_marks`): GIN knows no order, so `server_list` asks
for one piece after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from desktop_app.storage.chunks import chunked
from desktop_app.storage.search_index import CASES_AFTER, SearchIndex
from desktop_app.storage.search_tokens import number_marks

NO_NUL = "\uffff"
"""Stands for a NUL, which PostgreSQL keeps in no text; a character that Unicode promises never to give out."""
_MOST_BYTES = 1_000_000
"""A tsvector holds no more than 1 MB of tokens; a case has some 4 KB, and a book of 300,000 characters less."""

_DROP = "DELETE FROM case_search WHERE case_id = ANY(%s)"
_PUT = (
    "INSERT INTO case_search (case_id, terms) SELECT * FROM unnest(%s::bigint[], %s::text[]) "
    "ON CONFLICT (case_id) DO UPDATE SET terms = EXCLUDED.terms WHERE case_search.terms <> EXCLUDED.terms"
)
_DIFFERING = (
    "SELECT count(*) FROM unnest(%s::bigint[], %s::text[]) AS wanted (case_id, terms) "
    "LEFT JOIN case_search USING (case_id) WHERE search_terms(case_search.terms) IS DISTINCT FROM search_terms(wanted.terms)"
)
_OTHERS = "SELECT count(*) FROM case_search WHERE NOT EXISTS (SELECT 1 FROM cases WHERE id = case_id)"


class ServerSearchIndex(SearchIndex):
    """What can be found of each case, within one transaction on a server."""

    def rebuild(self, watch: Callable[[int], None] | None = None) -> None:
        """Writes the whole index anew from the rows and the words of all cases; `watch` is told how many are done."""
        self.flush()
        self._connection.exec_driver_sql("DELETE FROM case_search")
        for found in self._all(watch):
            self._write(found)

    def faults(self, watch: Callable[[int], None] | None = None) -> Iterator[str]:
        """In words, where the index holds other tokens than rows and words give: compared case by case.

        `watch` is told how many cases are done.
        """
        self.flush()
        differing = self._count(_OTHERS, ())
        for found in self._all(watch):
            differing += self._count(_DIFFERING, self._columns(found))
        if differing:
            yield f"检索索引与办件不一致：{differing:,} 件"

    # ------------------------------------------------------------------ writing

    def _drop_terms(self, case_ids: Sequence[int]) -> None:
        # What stays is written over: a row deleted and put again would be two versions of it to sweep away.
        gone = [case_id for case_id in case_ids if self._words.get(case_id, "") is None]
        if gone:
            self._connection.exec_driver_sql(_DROP, (gone,))

    def _write(self, part: Sequence[int]) -> None:
        columns = self._columns(part)
        if columns[0]:
            self._connection.exec_driver_sql(_PUT, columns)

    def _kept(self, text: str) -> str:
        return text.replace("\x00", NO_NUL)

    def _read(self, text: str) -> str:
        return text.replace(NO_NUL, "\x00")

    # ------------------------------------------------------------------ asking

    def _all(self, watch: Callable[[int], None] | None) -> Iterator[list[int]]:
        after = done = 0
        while found := list(self._connection.execute(CASES_AFTER, {"after": after}).scalars()):
            after = found[-1]
            yield from chunked(found)
            done += len(found)
            if watch is not None:
                watch(done)

    def _columns(self, part: Sequence[int]) -> tuple[list[int], list[str]]:
        ids, terms = [], []
        for case_id, tokens in self._tokens(part):
            ids.append(case_id)
            terms.append(_vector(chain(number_marks(case_id), tokens)))
        return ids, terms

    def _count(self, sql: str, params: tuple[Any, ...]) -> int:
        return int(self._connection.exec_driver_sql(sql, params).scalar_one())


def _vector(tokens: Iterator[str]) -> str:
    """As PostgreSQL reads a tsvector: no token has a space, a quotation mark, a backslash or a colon in it."""
    vector = " ".join(tokens)
    if len(vector) <= _MOST_BYTES // 2:
        return vector
    # Marks come first, single characters next: of a text beyond all measure pairs at its end are given up.
    encoded = vector.encode()[:_MOST_BYTES]
    return vector if len(encoded) < _MOST_BYTES else encoded.decode(errors="ignore").rpartition(" ")[0]
