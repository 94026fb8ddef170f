"""The long texts of a case in the order they are read: the message, the unit's replies, what went public. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.wording import date_words
from desktop_app.gui.story_state import effective_keys
from desktop_app.services.case_view import CaseView, EventView


@dataclass(frozen=True, slots=True)
class CaseText:
    """One text with its heading and a word on where it comes from."""

    heading: str
    source: str
    text: str


def case_texts(view: CaseView) -> tuple[CaseText, ...]:
    """The message first; then the newest reply, the reviewed and the published text, as far as there are any."""
    texts = [CaseText("留言", _written(view), view.message.text or "（无正文）")]
    if view.message.answer:
        texts.append(CaseText("原平台答复", view.message.answered_by, view.message.answer))
    reply = _latest(view, "reply")
    if reply is not None:
        texts.append(_reply(view, reply))
    review = _latest(view, "pass-review")
    if review is not None and view.case.review is not None:
        public_text = effective_keys(view, review).get("public_text", "")
        if public_text and (reply is None or public_text != effective_keys(view, reply).get("text")):
            texts.append(CaseText("拟公开稿", f"{date_words(review.on, view.today)} 审核", public_text))
    publication = _latest(view, "publish")
    if publication is not None:
        text = effective_keys(view, publication).get("text", "")
        if text and text not in [one.text for one in texts]:
            texts.append(CaseText("公开答复", date_words(publication.on, view.today), text))
    return tuple(texts)


def _written(view: CaseView) -> str:
    return "　".join(part for part in (view.message.citizen.name, view.message.written) if part)


def _reply(view: CaseView, reply: EventView) -> CaseText:
    keys = effective_keys(view, reply)
    standing = view.case.reply_in
    back = "" if standing is not None and standing.event == reply.id else "　已退回重办"
    signed = [f"{title}{keys[name]}" for name, title in _SIGNED if keys.get(name)]
    day = date_words(reply.on, view.today)
    return CaseText("承办单位答复", "　".join([day, *signed]) + back, keys.get("text", ""))


_SIGNED = (("signer", "签发 "), ("handler", "经办 "), ("phone", "电话 "))


def _latest(view: CaseView, action: str) -> EventView | None:
    standing = [event for event in view.events if event.action == action and not event.void]
    return standing[-1] if standing else None
