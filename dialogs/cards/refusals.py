"""A short clear answer to what cannot be done, in the person's language."""

from datetime import datetime, timedelta

from collective import errors
from collective.outbox import Ids
from dialogs.cards.card import Card, Scene
from locales.words import Words

#: What the borders refuse themselves.
NOT_UNDERSTOOD = "NotUnderstood"
NO_REPLY = "NoReply"
NOT_A_CHOICE = "NotAChoice"
NOT_A_BUTTON = "NotAButton"
PAGE_OLD = "PageOld"
CARD_OLD = "CardOld"
LEFT = "Left"
THROWN = "Thrown"
PRESS_AGAIN = "PressAgain"
NOT_SENDABLE = "NotSendable"
NOT_A_PHOTO = "NotAPhoto"
NOT_SAVED = "NotSaved"
NO_GROUP = "NoGroup"
ANONYMOUS = "Anonymous"
DECLINED = "Declined"
CRISIS_OF_OTHERS = "CrisisOfOthers"


def ids_of(refusal: errors.Refusal) -> Ids:
    """Write a refusal down so that it can be said later; its fields are numbers and short names."""
    fields = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in vars(refusal).items()
        if isinstance(value, int | str | datetime)
    }
    return {"refusal": type(refusal).__name__, **fields}


async def draw(ids: Ids, scene: Scene) -> Card:
    """Say it."""
    return Card(text=sentence(ids, scene.words))


def sentence(ids: Ids, words: Words) -> str:
    """Return the sentence of a refusal; KeyError for a refusal that has none."""
    number = {key: value for key, value in ids.items() if isinstance(value, int)}
    sentences = {
        errors.NotAllowed.__name__: words.gettext("This is not open to you."),
        errors.Outdated.__name__: words.gettext("This no longer exists."),
        errors.InviteUnknown.__name__: words.gettext(
            "I do not know this invitation. Ask your facilitator for a new one."
        ),
        errors.InviteExpired.__name__: words.gettext("This invitation is over. Ask for a new one."),
        errors.InviteUsed.__name__: words.gettext(
            "This invitation has been used already. Ask for a new one."
        ),
        errors.CodeUnknown.__name__: words.gettext(
            "I do not know this code. Look at it once more, letter by letter."
        ),
        errors.TooManyTries.__name__: words.ngettext(
            "That is enough codes for now. Try again in {n} minute.",
            "That is enough codes for now. Try again in {n} minutes.",
            number.get("minutes", 1),
        ),
        errors.CrisisOpen.__name__: words.gettext(
            "A crisis check-in is open. Reminders of the ordinary one rest until it closes."
        ),
        errors.RequestOver.__name__: words.gettext("This request has been answered or is over."),
        errors.AnsweredHerself.__name__: words.gettext(
            "She has answered herself. What she said is hers."
        ),
        errors.AlreadyJoined.__name__: words.gettext("You have come in already."),
        errors.ConsentMissing.__name__: words.gettext("I keep nothing about you without your yes."),
        errors.TextEmpty.__name__: words.gettext("Write a few words, please."),
        errors.TextTooLong.__name__: words.ngettext(
            "That is too long: at most {n} character. Make it shorter, please.",
            "That is too long: at most {n} characters. Make it shorter, please.",
            number.get("limit", 0),
        ),
        errors.TogetherTooLong.__name__: words.gettext(
            "A group of two languages gets both texts in one message: together at most {limit} "
            "characters, now {length}. Make it shorter, please.",
            limit=words.number(number.get("limit", 0)),
            length=words.number(number.get("length", 0)),
        ),
        errors.VoiceTooLong.__name__: words.ngettext(
            "That is too long: at most {n} second. Say it in less, please, or write it.",
            "That is too long: at most {n} seconds. Say it in less, please, or write it.",
            number.get("limit", 0),
        ),
        errors.ZoneUnknown.__name__: words.gettext("I do not know this time zone."),
        errors.RhythmUnfit.__name__: words.gettext(
            "That does not fit: the check-in opens within the allowed hours, and closes before "
            "the next one opens."
        ),
        errors.RoundClosed.__name__: words.gettext("This check-in has closed."),
        errors.NotAnAnswer.__name__: words.gettext("That answer is not in the list."),
        errors.GroupTaken.__name__: words.gettext(
            "This group belongs to {collective} already.", collective=ids.get("collective", "")
        ),
        errors.HasLeft.__name__: words.gettext(
            "You have left {collective}.", collective=ids.get("collective", "")
        ),
        errors.ReturnTooLate.__name__: words.gettext(
            "You left {collective} more than 30 days ago. Ask its facilitator for an invitation.",
            collective=ids.get("collective", ""),
        ),
        errors.LastCoordinator.__name__: words.gettext(
            "You are the only coordinator. Whoever runs me can invite another one; then you can "
            "leave."
        ),
        errors.NobodyToTell.__name__: words.gettext(
            "Nobody would receive it like this: choose others, or invite the members with /inviter."
        ),
        errors.NotReached.__name__: words.gettext(
            "I cannot reach {name} now. Please talk to her yourself.", name=ids.get("name", "")
        ),
        errors.MomentUnclear.__name__: words.gettext(
            "I did not understand when. Write for example: tomorrow 9h, or 15/12 14:30."
        ),
        errors.DayUnclear.__name__: words.gettext(
            "I did not understand which day. Write for example: yesterday, Monday, or 15/10."
        ),
        errors.MomentPast.__name__: words.gettext("That moment is over. Choose one to come."),
        errors.MomentTooFar.__name__: words.ngettext(
            "That is too far ahead: at most {n} day.",
            "That is too far ahead: at most {n} days.",
            number.get("days", 0),
        ),
        errors.OwnMessage.__name__: words.gettext(
            "This is your own message: nobody gets what you reply to it."
        ),
        errors.PinNeeded.__name__: words.gettext("Write your secret code first."),
        errors.PinWrong.__name__: words.gettext("That is not the code."),
        errors.PinWaits.__name__: words.gettext(
            "Too many tries. You can try again in {span}.",
            span=words.duration(timedelta(minutes=number.get("minutes", 0))),
        ),
        errors.PinUnreadable.__name__: words.gettext("A code has 4 digits."),
        errors.PinTooEasy.__name__: words.gettext(
            "Others would guess this code. Choose another one."
        ),
        errors.ProposalIncomplete.__name__: words.gettext(
            "Something is still missing in this proposal."
        ),
        errors.OptionsUnfit.__name__: words.gettext(
            "Give {least} to {most} options, each a different one.",
            least=number.get("least", 0),
            most=number.get("most", 0),
        ),
        errors.ClosingUnfit.__name__: words.gettext(
            "A vote lasts at least an hour and at most a month."
        ),
        errors.ClosingUnheard.__name__: words.gettext(
            "What came out could not be told then. Choose a moment from {first} to {last}, not on "
            "a feast day.",
            first=ids.get("first", ""),
            last=ids.get("last", ""),
        ),
        errors.QuorumUnfit.__name__: words.gettext(
            "Choose a number from {least} to {most}.",
            least=number.get("least", 0),
            most=number.get("most", 0),
        ),
        errors.TooFewForSecret.__name__: words.gettext(
            "A secret vote needs at least {least} people who can vote.",
            least=number.get("least", 0),
        ),
        errors.VoteClosed.__name__: words.gettext("This vote is closed."),
        errors.NotEntitled.__name__: words.gettext(
            "You cannot vote in this one: you were not a member when it opened."
        ),
        errors.BallotsCast.__name__: words.gettext(
            "Somebody has voted already: this can no longer be changed."
        ),
        errors.WeightUnfit.__name__: words.gettext(
            "A setback weighs from {least} to {most}.",
            least=words.number(number.get("least", 0)),
            most=words.number(number.get("most", 0)),
        ),
        errors.DayUnfit.__name__: words.gettext(
            "Choose a day that is past, at most a year ago, or today."
        ),
        errors.PairedWithItself.__name__: words.gettext("Choose two different collectives."),
        errors.NobodyThere.__name__: words.gettext(
            "Nobody of {collective} would hear of it: invite a facilitator or members first.",
            collective=ids.get("collective", ""),
        ),
        errors.OpenVotesOnly.__name__: words.gettext("That works in open votes only."),
        errors.HourMissing.__name__: words.gettext(
            "The clocks change on that day: there is no {at}. Choose {next_at} or another hour.",
            at=ids.get("at", ""),
            next_at=ids.get("next_at", ""),
        ),
        errors.ActivityOver.__name__: words.gettext("This activity is over or cancelled."),
        errors.ActivityAhead.__name__: words.gettext("This activity has not begun."),
        errors.GoneSince.__name__: words.gettext(
            "She has left the collective. What was noted stays."
        ),
        errors.FileTooHeavy.__name__: words.gettext(
            "This photo is too heavy: at most {limit} MB. Everything else is saved.",
            limit=words.number(number.get("limit", 0)),
        ),
        NOT_UNDERSTOOD: words.gettext("I did not understand. /aide shows what I can do."),
        NO_REPLY: words.gettext(
            "To answer the message 📣, press it and then “Reply”. /aide shows what I can do."
        ),
        NOT_A_CHOICE: words.gettext("Press a button, or type its number."),
        NOT_A_BUTTON: words.gettext("Press one of these buttons, please."),
        NOT_SENDABLE: words.gettext(
            "I can pass on a text, a photo, a voice message or a file, one at a time."
        ),
        NOT_A_PHOTO: words.gettext("I cannot show this file. Send it as a photo, please."),
        LEFT: words.gettext("You have left that page. /aide shows what I can do."),
        THROWN: words.gettext("The draft is gone. /proposer begins another one."),
        PAGE_OLD: words.gettext("This page is old. /aide shows what I can do."),
        CARD_OLD: words.gettext("This card is old. What you can vote on: /decisions"),
        PRESS_AGAIN: words.gettext("Something went wrong on my side. Please do it once more."),
        NOT_SAVED: words.gettext(
            "I cannot save anything right now. What you sent is not saved yet; I keep trying. If "
            "no answer comes within an hour, please do it once more."
        ),
        NO_GROUP: words.gettext(
            "This group is not linked to a collective. Its facilitator can write /lier here."
        ),
        ANONYMOUS: words.pgettext(
            "group",
            "I cannot see who writes in the name of the group. Its facilitator writes the command "
            "as herself.",
        ),
        CRISIS_OF_OTHERS: words.gettext(
            "Only who accompanies the group can ask everybody at once. Tell her what has happened "
            "with /coupdur. If you are in danger, call somebody who can come."
        ),
        DECLINED: words.gettext(
            "That is all right. Nothing is kept about you. The link stays open if you change "
            "your mind."
        ),
    }
    return sentences[str(ids["refusal"])]
