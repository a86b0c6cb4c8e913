"""Cards: what the bot starts. Each is drawn from the record when it leaves or is pressed."""

from collections.abc import Mapping

from collective import discretion
from collective.actions import broadcasts as broadcast_actions
from collective.actions import checkins as checkin_actions
from collective.actions import crises as crisis_actions
from collective.actions import entering as entering_actions
from collective.actions import follow_ups as follow_up_actions
from collective.actions import joining as joining_actions
from collective.actions import leaving as leaving_actions
from collective.actions import pins as pin_actions
from collective.actions import reaching as reaching_actions
from collective.actions import replies as reply_actions
from collective.actions import requests as request_actions
from collective.actions import rounds as round_actions
from collective.actions import setbacks as setback_actions
from collective.actions import telling
from collective.actions import wishes as wish_actions
from collective.outbox import Ids
from dialogs.cards import (
    ballot,
    ballot_told,
    broadcasts,
    checkin,
    crisis,
    deliveries,
    discussion,
    entering,
    follow_ups,
    groups,
    home,
    leaving,
    my_data,
    outcome,
    own_line,
    people,
    pins,
    practice,
    proposal,
    refusals,
    register,
    replies,
    requests,
    said,
    setbacks,
    settings,
    sheets,
    stopping,
    summaries,
    tasks,
    veil,
    who,
    wishes,
)
from dialogs.cards.card import Button, Card, Menu, Renderer, Scene, Wipe

__all__ = ["RENDER", "Button", "Card", "Menu", "Scene", "Wipe"]


async def _draw_sheet(ids: Ids, scene: Scene) -> Card | Menu | Wipe | None:
    """Draw the sheet that the card shows, as what it asks says."""
    kind, of = sheets.shown(ids)
    return await RENDER[kind](of, scene)


#: Every kind of message that does not belong to a wizard.
RENDER: Mapping[str, Renderer] = {
    checkin_actions.CARD: checkin.draw,
    checkin_actions.OPENING: checkin.draw_opening,
    checkin_actions.AFTER_PAUSE: checkin.draw_after_pause,
    checkin_actions.REMINDER: checkin.draw_reminder,
    follow_up_actions.FOLLOW_UP: follow_ups.draw,
    follow_ups.FOLLOW_UPS: follow_ups.draw_list,
    wish_actions.OWN_WORDS: wishes.draw_words,
    leaving_actions.MEMBER_LEFT: leaving.draw_member_left,
    leaving_actions.MEMBER_BACK: leaving.draw_member_back,
    leaving_actions.STAYS_IN_TOUCH: leaving.draw_stays_in_touch,
    leaving_actions.FACILITATOR_GONE: leaving.draw_facilitator_gone,
    round_actions.SUMMARY: summaries.draw,
    round_actions.FACILITATOR_SUMMARY: summaries.draw_for_facilitator,
    round_actions.MISSED: summaries.draw_missed,
    broadcast_actions.MESSAGE: broadcasts.draw,
    broadcast_actions.LATE: broadcasts.draw_late,
    broadcast_actions.NOT_HERS: broadcasts.draw_not_hers,
    broadcast_actions.REPORT: deliveries.draw,
    deliveries.MISSED_PAGE: deliveries.draw_missed,
    reply_actions.REPLY: replies.draw,
    reply_actions.LOST: replies.draw_lost,
    "passed_on": replies.draw_passed_on,
    "broadcast_planned": broadcasts.draw_planned,
    "overview": summaries.draw_overview,
    "own_line": own_line.draw,
    telling.VOTE: ballot.draw,
    telling.VOTE_OPENED: ballot_told.draw_opened,
    telling.VOTE_AMENDED: ballot_told.draw_amended,
    telling.VOTE_REMINDER: ballot_told.draw_reminder,
    telling.BALLOT_ENTERED: ballot_told.draw_entered,
    telling.VOTE_RESULT: outcome.draw_result,
    telling.VOTE_UNDECIDED: outcome.draw_undecided,
    telling.MET: outcome.draw_met,
    telling.GROUP_MET: outcome.draw_group_met,
    telling.WITHDRAWN: outcome.draw_withdrawn,
    telling.REVIEW: outcome.draw_review,
    telling.GROUP_WITHDRAWN: outcome.draw_group_withdrawn,
    telling.GROUP_RESULT: outcome.draw_group,
    telling.GROUP_VOTE: discussion.draw_group_vote,
    telling.GROUP_AMENDED: discussion.draw_group_amended,
    telling.GROUP_DISCUSSION: discussion.draw_group_discussion,
    telling.DISCUSSION: discussion.draw_discussion,
    telling.CONCERN: discussion.draw_concern,
    telling.BACK_IN_DISCUSSION: discussion.draw_back,
    telling.TASK_GIVEN: tasks.draw_given,
    telling.TASK_FREE: tasks.draw_free,
    setback_actions.TOLD: setbacks.draw_told,
    setback_actions.LEARNED: setbacks.draw_learned,
    setback_actions.OFFERED: setbacks.draw_offered,
    setbacks.SETBACK: setbacks.draw,
    setbacks.SETBACKS: setbacks.draw_list,
    setbacks.SPOKEN: setbacks.draw_spoken,
    sheets.SHEET: _draw_sheet,
    register.DECISIONS: register.draw,
    proposal.PROPOSAL: proposal.draw,
    proposal.SPOKEN: proposal.draw_spoken,
    said.SAID: said.draw,
    proposal.PUT: proposal.draw_put,
    "group_decisions": register.draw_for_group,
    "home": home.draw_home,
    "help": home.draw_help,
    "settings": settings.draw_settings,
    "choice": settings.draw_choice,
    "large": settings.draw_large,
    "folded": settings.draw_folded,
    "pause": stopping.draw_pause,
    "stop": stopping.draw_stop,
    "maybe_stop": stopping.draw_maybe_stop,
    "leave": stopping.draw_leave,
    "goodbye": stopping.draw_goodbye,
    "thanks": stopping.draw_thanks,
    "privacy": my_data.draw_privacy,
    "my_data": my_data.draw_my_data,
    "forget": my_data.draw_forget,
    "farewell": my_data.draw_farewell,
    "who": who.draw,
    "no_checkin": people.draw_no_checkin,
    "suggestion": people.draw_suggestion,
    joining_actions.WELCOME: people.draw_welcome,
    joining_actions.PRACTICE: practice.draw,
    "practised": practice.draw_done,
    request_actions.ASKED: requests.draw_asked,
    request_actions.WAITING: requests.draw_waiting,
    request_actions.REFUSED: requests.draw_refused,
    request_actions.UNANSWERED: requests.draw_unanswered,
    "join_answered": requests.draw_answered,
    "join_taken_back": requests.draw_taken_back,
    discretion.WIPE: veil.draw_wipe,
    discretion.COVER: veil.draw_cover,
    pins.ASKED: pins.draw,
    "pin_opened": pins.draw_opened,
    "pin_kept": pins.draw_kept,
    "pin_gone": pins.draw_gone,
    pin_actions.REMOVED: pins.draw_removed,
    "languages": people.draw_languages,
    "reminded": people.draw_reminded,
    crisis_actions.OPENED: crisis.draw_opened,
    entering_actions.CARD: entering.draw,
    entering_actions.ENTERED: entering.draw_entered,
    "group_linked": groups.draw_group_linked,
    reaching_actions.GROUP_LOST: groups.draw_group_lost,
    "group_help": groups.draw_group_help,
    "whose_group": groups.draw_whose_group,
    "choose_group": groups.draw_choose,
    "group_chosen": groups.draw_chosen,
    "menu": people.draw_menu,
    "refusal": refusals.draw,
}
