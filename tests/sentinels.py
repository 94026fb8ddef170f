"""A citizen whose every word is known again, and a search for those words in whatever the program shows or hands out.

To join: register `MESSAGE` (or `COLUMNS` by import), type `TYPED` into whatever takes free words, make your list, paper,
sheet or page, and assert `leaks_in(...) == []` on its bytes, text or folder, or `leaks_on(widget)`.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.domain.actions import ACTIONS, KeyKind
from desktop_app.domain.messages import Citizen, Message

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

NAME, MOBILE, WORK_UNIT = "祁镶璆", "13987650123", "鎏光琥珀制砚社"
ADDRESS, IP = "云岫县栖鹤里九弯巷88号", "203.0.113.77"
ID_CARD, EMAIL, ACCOUNT = "150502198603127515", "qixq77@example.org", "qixiangqiu_77"
HOME, PLATE, CARD = "栖鹤里小区7栋3单元602室", "蒙G77S31", "6222021234567894"

CITIZEN = Citizen(NAME, MOBILE, WORK_UNIT, ADDRESS, IP)
TYPED = f"网友{NAME}（电话{MOBILE}，身份证{ID_CARD}，邮箱{EMAIL}）住{HOME}，在{WORK_UNIT}上班。"
"""What somebody may type anywhere."""
TEXT = (
    f"我叫{NAME}，身份证{ID_CARD}，家住{HOME}，户口在{ADDRESS}，在{WORK_UNIT}上班。\n"
    f"电话{MOBILE}，微信：{ACCOUNT}，邮箱{EMAIL}，车牌{PLATE}，卡号{CARD}，上网地址{IP}。小区路灯坏了。"
)
MESSAGE = Message(
    f"{NAME}（{MOBILE}）反映小区路灯不亮",
    TEXT,
    CITIZEN,
    board_number="77310001",
    board="市长板块",
    written="2026-09-18 08:05:00",
    answer=f"{NAME}您好，已致电{MOBILE}。",
    extra={"备注": TYPED},
)
COLUMNS = {
    "留言编号": MESSAGE.board_number,
    "留言用户": NAME,
    "联系方式": MOBILE,
    "单位": WORK_UNIT,
    "地址": ADDRESS,
    "IP": IP,
    "留言主题": MESSAGE.title,
    "留言详情": TEXT,
    "答复意见": MESSAGE.answer,
    "备注": TYPED,
}
"""The same as a row of a sheet."""
SENTINELS = (NAME, MOBILE, WORK_UNIT, ADDRESS, IP, ID_CARD, EMAIL, ACCOUNT, HOME, PLATE, CARD)

_PUBLIC = {("pass-review", "public_text"), ("publish", "text"), ("post-note", "text")}
"""Texts that pass the gate before they go public; what stands in them was answered one by one."""


def typed_into(action: str, keys: Mapping[str, str], short_words: bool = True) -> dict[str, str]:
    """The keys of a step with `TYPED` behind every value that is free words; `short_words`: also of those that are
    meant for officials and channels, and stand in the journal as facts."""
    shape = ACTIONS[action]
    return {
        name: f"{value}{TYPED}" if value and _is_free(action, name, short_words) else value for name, value in keys.items()
    } | {
        key.name: TYPED
        for key in shape.keys
        if key.kind is KeyKind.TEXT and key.name not in keys and key.name != "cleared_reason"
        and (action, key.name) not in _PUBLIC
    }  # fmt: skip


def _is_free(action: str, name: str, short_words: bool) -> bool:
    key = ACTIONS[action].key(name)
    free = (KeyKind.TEXT, KeyKind.WORDS) if short_words else (KeyKind.TEXT,)
    return key is not None and key.kind in free and not key.counted and (action, name) not in _PUBLIC


def leaks_in(shown: str | bytes | Path) -> list[str]:
    """The sentinels that stand in a text, a file (packed ones are opened), or anything below a folder."""
    if isinstance(shown, Path):
        return _leaks_below(shown)
    texts = [shown] if isinstance(shown, str) else [*_texts_of(shown)]
    squeezed = [_squeezed(text) for text in texts]
    return [word for word in SENTINELS if any(_squeezed(word) in text for text in squeezed)]


def leaks_on(widget: QWidget) -> list[str]:
    """The sentinels that a window shows, or would: titles, labels, fields, tool tips, names for readers, models."""
    return leaks_in("\n".join(texts_of_widgets(widget)))


def texts_of_widgets(widget: QWidget) -> Iterator[str]:
    from PySide6.QtCore import QAbstractItemModel, Qt
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QAbstractItemView, QComboBox, QWidget

    def of_model(model: QAbstractItemModel | None) -> Iterator[str]:
        if model is None:
            return
        roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.EditRole,
                 Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.UserRole)  # fmt: skip
        try:
            columns = model.columnCount()
        except TypeError:  # of a list, which keeps it private
            columns = 1
        for row in range(model.rowCount()):
            for column in range(columns):
                place = model.index(row, column)
                yield from (str(data) for role in roles if (data := place.data(role)) is not None)

    for one in (widget, *widget.findChildren(QWidget)):
        for name in ("text", "toPlainText", "title", "placeholderText", "currentText", "windowTitle"):
            reader = getattr(one, name, None)
            if callable(reader):
                try:
                    yield str(reader())
                except TypeError:
                    continue
        yield from (
            one.toolTip(),
            one.whatsThis(),
            one.statusTip(),
            one.accessibleName(),
            one.accessibleDescription(),
        )
        if isinstance(one, QAbstractItemView | QComboBox):
            yield from of_model(one.model())
    for action in widget.findChildren(QAction):
        yield from (action.text(), action.toolTip(), action.statusTip())


def _leaks_below(place: Path) -> list[str]:
    found = []
    for path in [place, *sorted(place.rglob("*"))] if place.is_dir() else [place]:
        names = leaks_in(path.name)
        inside = leaks_in(path.read_bytes()) if path.is_file() else []
        found += [f"{path.name}: {word}" for word in dict.fromkeys((*names, *inside))]
    return found


def _texts_of(data: bytes) -> Iterator[str]:
    """What can be read in the bytes: as they are, and what is packed in them, without the tags of a document."""
    yield data.decode("utf-8", "ignore")
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield name
                for text in _texts_of(packed.read(name)):
                    yield re.sub(r"<[^>]*>", "", text)
                    yield text
    elif data[:4] == b"%PDF":
        import pypdfium2

        document = pypdfium2.PdfDocument(data)
        for page in document:
            yield page.get_textpage().get_text_range()


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())
