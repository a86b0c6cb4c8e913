"""setMessageReaction: one of the emoji that everybody has, under any message."""

from playground.methods import reach
from playground.params import Params
from playground.refusals import bad
from playground.world import World

ALLOWED = """
❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌
🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓
🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡
🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀
😡
"""
EMOJI = frozenset(ALLOWED.split())


def set_message_reaction(world: World, params: Params) -> bool:
    """Put one emoji there in place of another; none takes it away."""
    chat = reach.chat(world, params)
    try:
        given = params.parsed("reaction") or []
    except ValueError:
        raise bad("can't parse reaction types JSON object") from None
    message = world.message(chat, params.integer("message_id"))
    if message is None:
        raise bad("message to react not found")
    emoji = [each.get("emoji") for each in given if isinstance(each, dict)]
    if len(emoji) > 1 or not EMOJI.issuperset(emoji):
        raise bad("REACTION_INVALID")
    world.react(message, emoji[0] if emoji else None)
    return True
