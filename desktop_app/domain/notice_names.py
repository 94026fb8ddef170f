"""What a holiday notice is called, who issued it for which year, and which holidays its sentences speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.domain.notice_dates import DAY, HEAD_NUMBER, NAME

_KNOWN = (
    '元旦|春节|清明节?|[“"]?五一[”"]?(?:国际)?劳动节|劳动节|[“"]五一[”"]|端午节?|中秋节?|国庆节?|[“"]十一[”"]'
    "|藏历新年|雪顿节|百万农奴解放纪念日|古尔邦节|肉孜节|开斋节|那达慕|三月三|泼水节|火把节"
)
_NAMES = re.compile(
    rf"{_KNOWN}|(?:^|(?<=[为是,。、\n]))(?:[\u4e00-\u9fff]|\d+周年){{2,40}}?纪念日"
    r"|(?:^|(?<=[为是,。、\n]))[\u4e00-\u9fff]{2,4}节(?![假日])"
)
_FULL = {"清明": "清明节", "五一": "劳动节", "五一劳动节": "劳动节", "五一国际劳动节": "劳动节"}
_FULL |= {"端午": "端午节", "中秋": "中秋节", "国庆": "国庆节", "十一": "国庆节"}

_HEADING = re.compile(
    rf"(?:^|(?<=[。;:!\n]))(?:{HEAD_NUMBER}({NAME}):?|({NAME})(?:\d{{4}}年?)?:)(?=\n?(?:自|从|即)?(?:{DAY}|延长))"
)
_ISSUER = r"(?:国务院(?:办公厅)?|[\u4e00-\u9fff]{2,12}?(?:人民政府|行政公署)(?:办公厅|办公室)?)"
_TITLE = re.compile(rf"({_ISSUER})关于([^。;:!()]{{2,60}}?)的?通知")
_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,8})[〔\[(]\d{4}[〕\])]\d{1,4}号")
_YEAR = re.compile(
    r"(\d{4})年(?=(?:部分)?(?:节假日|放假|假期)|[\u4e00-\u9fff、“”\"]{0,24}?(?:节|新年|元旦|纪念日|放假))"
    r"|(?<=[节年])(\d{4})年?:"
)


@dataclass(frozen=True, slots=True)
class Title:
    """`subject` is what the notice is about, `citation` the title with the document's number; empty where none is."""

    subject: str = ""
    issuer: str = ""
    citation: str = ""
    year: int | None = None


def read_title(text: str) -> Title:
    """The title of a notice in a text made flat, and the year that it, or the text, is about."""
    titles = (one for one in _TITLE.finditer(text) if not _is_cited(text, one.start()))
    found = next(titles, None)
    if found is None:
        return Title(year=_year_in(text))
    words = found[0].replace("\n", "")
    rest = text[: found.start()] + "\n" + text[found.end() :]
    number = _NUMBER.search(rest)
    citation = f"{words}（{_tidy(number[0])}）" if number else words
    return Title(found[2], found[1], citation, _year_in(words) or _year_in(text))


def _is_cited(text: str, at: int) -> bool:
    """Whether another document is named there, in 《》."""
    return text.rfind("《", 0, at) > text.rfind("》", 0, at)


def _year_in(text: str) -> int | None:
    found = _YEAR.search(text)
    return int(found[1] or found[2]) if found else None


def _tidy(number: str) -> str:
    """Document numbers bear six-cornered brackets, whatever was typed (GB/T 9704)."""
    return re.sub(r"[\[(](\d{4})[\])]", r"〔\1〕", number)


def headings(text: str) -> tuple[tuple[int, str], ...]:
    """Where the paragraph of each holiday begins, and its holidays."""
    found = []
    for match in _HEADING.finditer(text):
        bare = re.split("放假|调休|假期|安排|时间|上班", match[1] or match[2])[0]
        name = "、".join(names_in(bare)) or bare.strip('“”"')
        if name:
            found.append((match.start(), name))
    return tuple(found)


def names_in(text: str) -> tuple[str, ...]:
    """The holidays named in a text, each once and in full."""
    names = (re.sub(r"[“”\"]", "", match) for match in _NAMES.findall(text))
    return tuple(dict.fromkeys(_FULL.get(name, name) for name in names))
