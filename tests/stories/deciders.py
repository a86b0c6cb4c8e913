"""Who decides in the stories, and how one of them proposes."""

MEMBERS = (
    ("Aline", "ln"),
    ("Béatrice", "fr"),
    ("Clarisse", "ln"),
    ("Dorcas", "fr"),
    ("Espérance", "fr"),
)
OPEN, SECRET, NOW = "Vote ouvert", "Vote secret", "Ouvrir le vote"


async def proposes(chat, question, *labels):
    """Propose something that concerns nobody else, then press these buttons."""
    await chat.says("/proposer")
    await chat.says(question)
    await chat.taps(labels[0])
    await chat.taps("Personne d’autre")
    for label in labels[1:]:
        await chat.taps(label)
    await chat.stage.settled()
