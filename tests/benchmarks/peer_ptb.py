"""The peer: the check-in as python-telegram-bot's documentation would write it.

A ConversationHandler behind a webhook, one update after the other, as that class asks for. Each
answer is committed to SQLite, WAL and synchronous=FULL, before the press is answered. At which
question everybody is lives in memory only, which is cheaper than what Lisanga does.

Usage: peer_ptb.py API PORT FILE
"""

import sqlite3
import sys
import warnings

from line import PATH, SECRET, TOKEN
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
)
from telegram.warnings import PTBUserWarning

QUESTIONS = (
    ("Comment est ta motivation pour le groupe cette semaine ?",
     ("1 😞 Très basse", "2 🙁 Basse", "3 😐 Moyenne", "4 🙂 Bonne", "5 😀 Très bonne",
      "6 Je ne sais pas")),
    ("Qu’as-tu fait avec le groupe cette semaine ?",
     ("1 🧵 Production", "2 🛍 Vente", "3 👥 Réunion", "4 📚 Formation", "5 🚶 Visite", "6 Rien")),
    ("De quoi as-tu besoin maintenant ?",
     ("1 👍 Rien", "2 💡 Conseil", "3 📞 Parler à l’animatrice", "4 🧰 Matériel")),
    ("Le travail a-t-il avancé cette semaine ?",
     ("1 😞 Pas du tout", "2 🙁 Peu", "3 😐 Assez", "4 🙂 Bien", "5 😀 Très bien")),
    ("Comment va l’entente dans le groupe ?",
     ("1 😞 Très mal", "2 🙁 Mal", "3 😐 Moyen", "4 🙂 Bien", "5 😀 Très bien")),
)  # fmt: skip


def card(number: int, answers: list[str]) -> tuple[str, InlineKeyboardMarkup | None]:
    """A question with its buttons; after the last one thanks."""
    if number == len(QUESTIONS):
        said = "\n".join(f"· {answer}" for answer in answers)
        return f"Merci. Ton point est fini :\n{said}", None
    text, choices = QUESTIONS[number]
    noted = f"C’est noté : {answers[-1]}.\n\n" if answers else "Bonjour. 5 questions, 1 minute.\n\n"
    progress = "●" * number + "○" * (len(QUESTIONS) - number)
    buttons = [
        [InlineKeyboardButton(choice, callback_data=f"{number}:{place}")]
        for place, choice in enumerate((*choices, "Passer"))
    ]
    return f"{noted}{progress}\n\n<b>{text}</b>", InlineKeyboardMarkup(buttons)


def opened(path: str) -> sqlite3.Connection:
    """A file that survives a power cut, with a table of answers."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute(
        "CREATE TABLE IF NOT EXISTS answers (chat INTEGER, question INTEGER, value TEXT, "
        "PRIMARY KEY (chat, question))"
    )
    return database


async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Show the first question."""
    context.user_data["answers"] = []
    text, keyboard = card(0, [])
    await update.message.reply_text(text, reply_markup=keyboard, parse_mode="HTML")
    return 0


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep an answer, then stop the spinner and show what comes next."""
    query = update.callback_query
    number, place = map(int, query.data.split(":"))
    value = (*QUESTIONS[number][1], "Passer")[place]
    context.bot_data["database"].execute(
        "INSERT INTO answers VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        (query.from_user.id, number, value),
    )
    answers = context.user_data["answers"]
    answers.append(value)
    await query.answer()
    text, keyboard = card(number + 1, answers)
    await query.edit_message_text(text, reply_markup=keyboard, parse_mode="HTML")
    return number + 1 if keyboard else ConversationHandler.END


def main(api: str, port: str, path: str) -> None:
    """Serve until stopped."""
    # It asks for per_message=True, which cannot begin with a command.
    warnings.filterwarnings("ignore", category=PTBUserWarning)
    application = Application.builder().token(TOKEN).base_url(f"{api}/bot").build()
    application.bot_data["database"] = opened(path)
    states = {
        number: [CallbackQueryHandler(pressed, pattern=rf"^{number}:\d+$")]
        for number in range(len(QUESTIONS))
    }
    application.add_handler(
        ConversationHandler(
            entry_points=[CommandHandler("start", start)], states=states, fallbacks=[]
        )
    )
    application.run_webhook(
        listen="127.0.0.1",
        port=int(port),
        url_path=PATH,
        secret_token=SECRET,
        webhook_url=f"http://127.0.0.1:{port}/{PATH}",
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
