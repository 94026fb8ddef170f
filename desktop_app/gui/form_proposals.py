"""What a form proposes before anything is typed: from the case, the unit register and the rules. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from desktop_app.gui import answer_proposals as answer
from desktop_app.gui import oversight_proposals as oversight
from desktop_app.gui import screening_proposals as screening
from desktop_app.gui import unit_proposals as unit
from desktop_app.gui.case_file import CaseFile
from desktop_app.gui.form_shapes import Proposals
from desktop_app.gui.proposal_parts import named

_PROPOSE: Mapping[str, Callable[[CaseFile], Proposals]] = {
    "accept": screening.accept,
    "tell-refusal": answer.channel,
    "assess": screening.assess,
    "answer-with": screening.answer_with,
    "return-upward": screening.return_upward,
    "report-up": screening.report_up,
    "dispatch": unit.dispatch,
    "change-units": unit.change_units,
    "receive": unit.receive,
    "return": unit.send_back,
    "apply-extension": unit.apply_extension,
    "approve-extension": unit.decide_extension,
    "refuse-extension": unit.decide_extension,
    "explain": unit.explain,
    "reply": answer.reply,
    "pass-review": answer.pass_review,
    "publish": answer.publish,
    "post-note": answer.post_note,
    "answer-privately": answer.answer_privately,
    "contact": answer.contact,
    "follow-up": answer.follow_up,
    "remind": oversight.remind,
    "urge": oversight.press,
    "transfer": oversight.transfer,
    "special-supervision": oversight.special_supervision,
    "hold-accountable": oversight.hold_accountable,
    "instruct": oversight.instruct,
    "feedback": oversight.feedback,
    "mark-major": oversight.mark_major,
    "investigate": oversight.investigate,
    "complained-of": oversight.complained_of,
    "archive": oversight.archive,
    "reopen": oversight.reopen,
}

_PROPOSE_ABOUT: Mapping[str, Callable[[CaseFile, str], Proposals]] = {
    "refuse": screening.refuse,
    "link-duplicate": screening.link_duplicate,
    "rework": answer.rework,
    "supervise": oversight.supervise,
    "serve": oversight.serve,
    "waive": oversight.waive,
}
"""Steps that may be about something on the page: an open item, a paper, a case that this one looks like."""


def proposals(file: CaseFile, action: str, about: str = "") -> Proposals:
    """What is proposed for the step's form. `about` is what it was opened from: an open item, a paper's number, another case."""
    propose, propose_about = _PROPOSE.get(action), _PROPOSE_ABOUT.get(action)
    made = propose(file) if propose is not None else Proposals()
    if propose_about is not None:
        made = propose_about(file, about)
    return _with_suggestions(made, file.view.regulation.actions[action].suggests)


def _with_suggestions(made: Proposals, suggests: Mapping[str, tuple[str, ...]]) -> Proposals:
    """The regulation's own words are offered first."""
    offered = {
        **made.suggestions,
        **{key: named(*words, *made.suggestions.get(key, ())) for key, words in suggests.items()},
    }
    return replace(made, suggestions=offered)
