"""The regulations on hand: one folder each under resources/regulations, read once and checked strictly."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from desktop_app import paths
from desktop_app.domain import regulation_reader
from desktop_app.domain.regulation import Regulation
from desktop_app.errors import BadData, Fault, Refusal


def folder() -> Path:
    return paths.resources_folder() / "regulations"


def known_ids() -> tuple[str, ...]:
    """Ids of all regulations shipped or added, sorted."""
    return tuple(sorted(path.parent.name for path in folder().glob("*/regulation.toml")))


@lru_cache(maxsize=32)
def load(regulation_id: str, rules: bool = True) -> Regulation:
    """The regulation of that id. Refusal `unknown_value` where there is none, BadData where its file is wrong.

    Without `rules` the names of guards and triggers are not looked up: a calculator of dates starts sooner so.
    """
    if regulation_id not in known_ids():
        raise Refusal("unknown_value", f"没有编号为“{regulation_id}”的办法；现有：{'、'.join(known_ids())}。")
    return read_folder(folder() / regulation_id, rules)


def load_all() -> tuple[Regulation, ...]:
    return tuple(load(one) for one in known_ids())


def read_folder(place: Path, rules: bool = True) -> Regulation:
    """Read `regulation.toml` and `articles.md` of one folder."""
    file = place / "regulation.toml"
    shown = f"{place.name}/regulation.toml"
    try:
        content = file.read_bytes()
        data = tomllib.loads(content.decode("utf-8"))
        articles = (place / "articles.md").read_text(encoding="utf-8")
    except tomllib.TOMLDecodeError as error:
        raise BadData(Fault(shown, "", f"不是正确的 TOML：{error}")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(Fault(shown, "", f"不能读取：{error}")) from error
    guards, triggers = _rule_names() if rules else (None, None)
    read = regulation_reader.read(data, articles, shown, guards, triggers)
    return replace(read, edition=sha256(content).hexdigest()[:24])


def _rule_names() -> tuple[Collection[str], Collection[str]]:
    from desktop_app.domain.guards import GUARDS
    from desktop_app.domain.open_items import TRIGGERS

    return GUARDS.keys(), TRIGGERS.keys()
