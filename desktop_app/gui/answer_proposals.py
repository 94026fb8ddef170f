"""What the forms of the answer propose: the reply, its review point by point, what goes public, follow-up. No Qt here."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.domain.actions import NO, YES
from desktop_app.domain.clocks import base_limit
from desktop_app.domain.deadlines import proposed_rework_date
from desktop_app.domain.guards import latest_date_for_rework
from desktop_app.domain.history import text_to_publish
from desktop_app.domain.message_points import Point, points_of, read, unanswered, written
from desktop_app.domain.wording import date_words
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_shapes import Proposals
from desktop_app.gui.proposal_parts import MASK, is_masked, lead_unit, named, shown_text

PUBLIC_TEXT_KEYS = {"pass-review": "public_text", "publish": "text"}
"""Where a step holds the text that goes public."""

BY_POINTS = "points"
"""A rework is opened about the points that the review under way leaves open."""

_CHANNELS = ("电话", "短信", "留言板", "电子邮件", "邮寄")


def reply(file: CaseFile) -> Proposals:
    unit = lead_unit(file)
    hints = {"handling": "怎样调查、怎样办的，供审核和归档；不随答复公开，可不填"}
    if unit is None:
        return Proposals(hints={**hints, "signer": "没有签字的填“无”"})
    return Proposals(
        {"handler": unit.handler, "phone": unit.phone},
        {**hints, "signer": "没有签字的填“无”，列为补签补章"},
        {"signer": named(unit.head, "无"), "handler": named(unit.handler), "phone": named(unit.phone)},
    )


def pass_review(file: CaseFile) -> Proposals:
    answer = file.view.case.reply_in
    if answer is None:
        return Proposals({"by": file.user})
    proposed = _public_text(file, "public_text")
    values = {**proposed.values, "by": file.user, "points": written(_points(file))}
    if answer.suggested_public is not None:
        values["public"] = YES if answer.suggested_public else NO
    hints = {
        **proposed.hints,
        "points": "留言问了什么、要什么：答到的打勾，没答到的空着；可以改写、增减",
        "checks": "逐项看过、符合的打勾；不是必填",
    }
    first = ("points", "public_text", "checks", "public", "private_reason", "opinion")
    return replace(
        proposed, values=values, hints=hints, suggestions={"points": _send_back_words(file)}, first=first
    )


def _send_back_words(file: CaseFile) -> tuple[str, ...]:
    """``退回重办（答非所问）``, where it can be sent back now."""
    rework = next((one for one in file.view.offers if one.action == "rework" and one.possible), None)
    ground = _ground(file, "off_point", "").values["ground"]
    return (f"{rework.title}（{ground}）",) if rework is not None and ground else ()


def _points(file: CaseFile) -> list[Point]:
    """As the last review of this case put them, not yet ticked; else as the message has them, or its title as one."""
    reviews = [one for one in file.view.events if one.action == "pass-review" and not one.void]
    if reviews:
        before = read(shown_text(file, reviews[-1].id, "points"))
        if before:
            return [Point(one.words) for one in before]
    message = file.view.message
    return [Point(words) for words in points_of(message.text) or named(" ".join(message.title.split()))]


def publish(file: CaseFile) -> Proposals:
    proposed = _public_text(file, "text")
    places = named(file.view.message.board, file.view.case.source)
    return replace(proposed, suggestions={"place": places}, first=("text",))


def _public_text(file: CaseFile, name: str) -> Proposals:
    """The text that goes public when nothing else is typed, put into the form where nothing in it is masked; and the
    unit's answer beside it, as the page shows it."""
    case = file.view.case
    answer = shown_text(file, case.reply_in.event, "text") if case.reply_in is not None else ""
    text = text_to_publish(case)
    reviewed = case.review is not None and bool(case.review.public_text)
    beside = {name: answer}
    if not text:
        return Proposals(beside=beside)
    if not is_masked(text):
        return Proposals({name: text}, {name: "公开的就是这里的文字，可以改写"}, beside=beside)
    what = "拟公开稿" if reviewed else "答复"
    hint = f"{what}中有受保护的信息，先点“显示受保护信息”才能在这里改写；不填即按{what}原文公开"
    return Proposals(hints={name: hint}, beside=beside)


def rework(file: CaseFile, item: str = "") -> Proposals:
    """The day that the rules allow; the ground and what is wrong, where the points or the citizen tell them."""
    dated, told = _rework_date(file), _what_is_wrong(file, item)
    return Proposals({**dated.values, **told.values}, {**dated.hints, **told.hints})


def _rework_date(file: CaseFile) -> Proposals:
    view, held, clock = file.view, file.view.case.open_lead, file.situation.clock
    if held is None or held.received is None or clock is None:
        return Proposals()
    limits = view.regulation.limits_on(view.case.received)
    proposed = proposed_rework_date(
        file.situation.calendar,
        held.received,
        base_limit(held, limits),
        limits.extension,
        view.today,
        clock.due,
        limits.rework,
    )
    latest = latest_date_for_rework(file.situation, view.today)
    return Proposals(
        {"due": min(proposed, latest).isoformat()},
        {"due": f"最迟可定为 {date_words(latest, view.today)}"},
    )


def _what_is_wrong(file: CaseFile, item: str) -> Proposals:
    missed = _missed_points(file, asked=item == BY_POINTS)
    complaint = _dissatisfaction(file) if _asked_by(file, item) == "dissatisfied" or not missed else ""
    if missed:
        listed = "\n".join(f"{place}. {words}" for place, words in enumerate(missed, start=1))
        opinion = f"以下 {len(missed)} 点没有答到，请逐点答复：\n{listed}"
        return _ground(file, "off_point", f"{complaint}\n{opinion}".strip())
    return _ground(file, "other", complaint) if complaint else Proposals()


def _missed_points(file: CaseFile, asked: bool) -> tuple[str, ...]:
    """Points left open in the review that was begun, or in the one that passed.

    Where nobody `asked` for them, one in which nothing is ticked was not made point by point.
    """
    draft = file.drafts.get("pass-review", {}).get("points", "")
    review = file.view.case.review
    recorded = shown_text(file, review.event, "points") if review is not None else ""
    points = read(draft or recorded)
    if asked:
        return unanswered(points or _points(file))
    return unanswered(points) if any(one.answered for one in points) else ()


def _asked_by(file: CaseFile, item: str) -> str:
    """The trigger of the open item that the form was opened from."""
    rules = file.view.regulation.open_items
    return next((rule.trigger for rule in rules if rule.kind == item), "")


def _dissatisfaction(file: CaseFile) -> str:
    """The citizen's word since the reply, where it was not a good one."""
    case = file.view.case
    last = case.follow_ups[-1] if case.follow_ups else None
    if last is None or case.reply_in is None or last.event < case.reply_in.event:
        return ""
    term = file.view.regulation.term("follow_up_result", last.result)
    if term is None or "satisfied" in term.flags or "reached" not in term.flags:
        return ""
    note = shown_text(file, last.event, "note")
    said = f"：{note}" if note and MASK not in note else ""
    return f"{date_words(last.on, file.today)} 回访，留言人{last.result}{said}"


def _ground(file: CaseFile, flag: str, opinion: str) -> Proposals:
    terms = file.view.regulation.vocabularies["rework_ground"]
    ground = next((term.value for term in terms if flag in term.flags), "")
    return Proposals({"ground": ground, "opinion": opinion})


def answer_privately(file: CaseFile) -> Proposals:
    held = file.view.case.lead
    return Proposals(
        {"by": held.unit if held is not None else ""},
        {"text": "告诉了留言人什么；不填即照答复原文"},
        {"channel": ("电话", "电子邮件", "当面", "邮寄")},
    )


def post_note(file: CaseFile) -> Proposals:
    return Proposals(suggestions={"place": named(file.view.message.board, file.view.case.source)})


def contact(file: CaseFile) -> Proposals:
    before, after = file.view.regulation.values("contact_time")[:2]
    when = after if file.view.case.reply_in is not None else before
    return Proposals({"when": when}, suggestions={"channel": ("电话", "短信", "当面", "电子邮件", "留言板")})


def follow_up(file: CaseFile) -> Proposals:
    rating = file.view.rating
    hints = {"result": "不满意的，程序会提示退回重办", "note": "留言人怎么说的"}
    if rating is not None and not rating.automatic and rating.satisfaction:
        hints["result"] = f"网上评价是“{rating.satisfaction}”，另记一列；这里记本单位的回访"
    return Proposals(hints=hints, suggestions={"channel": _CHANNELS})


def channel(file: CaseFile) -> Proposals:
    return Proposals(suggestions={"channel": _CHANNELS})
