"""answerCallbackQuery: what a person is told after a tap."""

from dataclasses import replace

from playground.params import Params
from playground.refusals import TOO_OLD, bad
from playground.updates import LIFETIME
from playground.world import World

ANSWER_LIMIT = 200  # code points


def answer_callback_query(world: World, params: Params) -> bool:
    """Once for each tap, and only while the tap is fresh."""
    number = params.text("callback_query_id")
    words = params.text("text")
    press = world.presses.get(number)
    if press is None or press.answered:
        raise bad(TOO_OLD)
    if world.clock.seconds() - press.at > LIFETIME["callback_query"]:
        raise bad(TOO_OLD)
    if len(words) > ANSWER_LIMIT:
        raise bad("MESSAGE_TOO_LONG")
    world.presses[number] = replace(press, answered=True)
    alert = params.flag("show_alert")
    world.events.emit("toast", person_id=press.person_id, text=words, alert=alert)
    return True
