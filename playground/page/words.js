/** The page's own words in French, Lingala and English; the bot brings its own. */

/** Per key: [French, Lingala, English]; a pair inside is [one, several] of {n}. */
const TABLE = {
  notice: [
    "Rien ici n’est réel ; aucun message ne sort de cette machine.",
    "Makambo ya solo te; message moko te ekobima na internet.",
    "Nothing here is real; no message leaves this machine.",
  ],
  playground: ["terrain d’essai", "esika ya komeka", "playground"],
  loading: ["Un instant…", "Zela moke…", "One moment…"],
  lost: [
    "Connexion perdue. Nouvel essai…",
    "Internet ezali te. Zela moke…",
    "Connection lost. Trying again…",
  ],
  failed: ["Ça n’a pas marché.", "Esimbi te.", "That did not work."],
  close: ["Fermer", "Kanga", "Close"],
  cancel: ["Annuler", "Tika", "Cancel"],
  copy: ["Copier", "Copier", "Copy"],
  copied: ["Copié", "Esalemi", "Copied"],
  copyByHand: ["À copier :", "Copier:", "Copy this:"],
  pageLanguage: ["Langue de la page", "Monoko ya lokasa", "Language of the page"],
  phones: ["Téléphones", "Téléphones", "Phones"],

  zone: ["heure de Bukavu", "ngonga ya Bukavu", "Bukavu time"],
  clock: ["Horloge", "Ngonga", "Clock"],
  ahead: ["{span} d’avance", "{span} liboso", "{span} ahead"],
  behind: ["{span} de retard", "{span} nsima", "{span} behind"],
  days: [
    ["{n} jour", "{n} jours"],
    ["mokolo {n}", "mikolo {n}"],
    ["{n} day", "{n} days"],
  ],
  hours: [["{n} heure", "{n} heures"], "ngonga {n}", ["{n} hour", "{n} hours"]],
  minutes: [["{n} minute", "{n} minutes"], "miniti {n}", ["{n} minute", "{n} minutes"]],
  hour: ["+1 heure", "+ngonga 1", "+1 hour"],
  day: ["+1 jour", "+mokolo 1", "+1 day"],
  toNext: ["Prochain événement", "Oyo elandi", "Next event"],
  nothingDue: ["Rien de prévu", "Eloko te sikoyo", "Nothing planned"],
  nothingDueHint: [
    "Le bot n’a rien à faire plus tard pour l’instant.",
    "Sikoyo eloko te na manaka.",
    "The bot has nothing to do later for now.",
  ],
  moving: ["Le temps avance…", "Zela moke…", "Time is passing…"],
  moveFailed: [
    "Le temps n’est pas allé jusqu’au bout : le bot n’a pas fini. Réessaie dans un moment.",
    "Esimbi te. Meka lisusu nsima.",
    "Time did not get there: the bot has not finished. Try again in a moment.",
  ],

  newPerson: ["Nouvelle personne", "Moto ya sika", "New person"],
  firstName: ["Prénom", "Nkombo", "First name"],
  language: ["Langue de son téléphone", "Monoko ya téléphone", "Language of her phone"],
  inviteLink: [
    "Lien d’invitation (facultatif)",
    "Lien ya libyangi (soki ezali)",
    "Invite link (optional)",
  ],
  add: ["Ajouter", "Bakisa", "Add"],
  newGroup: ["Nouveau groupe", "Groupe ya sika", "New group"],
  groupName: ["Nom du groupe", "Nkombo ya groupe", "Name of the group"],
  members: ["Membres", "Basangani", "Members"],
  memberCount: [
    ["{n} membre", "{n} membres"],
    ["mosangani {n}", "basangani {n}"],
    ["{n} member", "{n} members"],
  ],
  withBot: ["Avec {bot} dans le groupe", "Bakisa {bot} na groupe", "With {bot} in the group"],
  addBot: ["Ajouter {bot} au groupe", "Bakisa {bot} na groupe", "Add {bot} to the group"],
  removeBot: ["Retirer {bot} du groupe", "Longola {bot} na groupe", "Remove {bot} from the group"],
  botAbsent: [
    "{bot} n’est pas dans ce groupe.",
    "{bot} azali na groupe oyo te.",
    "{bot} is not in this group.",
  ],
  groupAlone: ["Coche au moins une personne.", "Pona moto moko.", "Tick at least one person."],
  nobody: ["Il n’y a encore personne", "Moto moko te", "Nobody is here yet"],
  nobodyHint: [
    "Ajoute une première personne, puis écris à {bot} depuis son téléphone.",
    "Bakisa moto ya liboso, mpe komela {bot} na téléphone na ye.",
    "Add a first person, then write to {bot} from her phone.",
  ],
  allHidden: [
    "Tous les téléphones sont masqués : touche un prénom.",
    "Pona nkombo ya moto.",
    "All phones are hidden: touch a name.",
  ],

  sample: ["exemple", "ndakisa", "sample"],
  sampleBanner: [
    "Les personnes marquées « exemple » sont inventées.",
    "Bato ya “ndakisa” bazali ya solo te.",
    "People marked “sample” are made up.",
  ],
  menu: ["Menu", "Menu", "Menu"],
  block: ["Bloquer {bot}", "Kanga {bot}", "Block {bot}"],
  unblock: ["Débloquer {bot}", "Fungola {bot}", "Unblock {bot}"],
  vanished: [
    "{name} a supprimé son compte Telegram.",
    "{name} alongoli compte na ye ya Telegram.",
    "{name} has deleted her Telegram account.",
  ],
  blocked: ["{name} a bloqué {bot}.", "{name} akangi {bot}.", "{name} has blocked {bot}."],
  openLink: ["Ouvrir un lien d’invitation", "Fungola lien ya libyangi", "Open an invite link"],
  open: ["Ouvrir", "Fungola", "Open"],
  hide: ["Masquer ce téléphone", "Bomba téléphone oyo", "Hide this phone"],
  show: ["Voir le téléphone de {name}", "Tala téléphone ya {name}", "See {name}’s phone"],
  unread: ["nouveau message", "message ya sika", "new message"],

  chats: ["Discussions", "Masolo", "Chats"],
  messages: ["Messages", "Messages", "Messages"],
  write: ["Écris ici", "Koma awa", "Write here"],
  send: ["Envoyer", "Tinda", "Send"],
  attach: ["Envoyer un fichier", "Tinda dokima", "Send a file"],
  voice: ["Message vocal", "Message ya mongongo", "Voice message"],
  record: ["Enregistrer", "Loba", "Record"],
  stopAndSend: ["Arrêter et envoyer", "Tika mpe tinda", "Stop and send"],
  voiceFile: ["Choisir un son", "Pona mongongo", "Choose a sound"],
  hum: [
    "Sans micro, un son d’essai de cette durée :",
    "Soki micro ezali te, mongongo ya komeka:",
    "Without a microphone, a test sound of this length:",
  ],
  noMicrophone: ["Le micro n’est pas disponible ici.", "Micro ezali te.", "No microphone here."],
  noSound: ["Ce son ne peut pas être lu.", "Mongongo oyo esimbi te.", "This sound cannot be read."],
  play: ["Écouter", "Yoka", "Play"],
  pause: ["Pause", "Tika moke", "Pause"],
  botKeys: ["Touches du bot", "Bouton ya bot", "The bot’s keys"],
  start: ["Démarrer", "Banda", "Start"],
  startHint: [
    "Personne ne s’est encore parlé ici.",
    "Message moko te awa.",
    "Nothing was said here yet.",
  ],
  commands: ["Commandes", "Menu", "Commands"],
  noCommands: ["Pas encore de commandes.", "Moko te.", "No commands yet."],
  typing: ["{bot} écrit…", "{bot} azali kokoma…", "{bot} is typing…"],
  edited: ["modifié", "ebongisami", "edited"],
  silent: ["sans son", "na kimya", "without a sound"],
  reply: ["Répondre", "Yanola", "Reply"],
  gone: ["Message effacé", "Message elongolami", "Deleted message"],
  picture: ["Photo", "Foto", "Picture"],
  file: ["Document", "Dokima", "Document"],
  toBottom: ["Derniers messages", "Ba messages ya sika", "Latest messages"],
  joined: ["{who} a rejoint le groupe", "{who} akoti na groupe", "{who} joined the group"],
  added: ["{by} a ajouté {who}", "{by} abakisi {who}", "{by} added {who}"],
  left: ["{who} a quitté le groupe", "{who} abimi na groupe", "{who} left the group"],
  migrated: [
    "Le groupe est devenu un supergroupe",
    "Groupe ekomi supergroupe",
    "The group became a supergroup",
  ],
  shared: ["Choix : {who}", "Liponi: {who}", "Choice: {who}"],
  removed: ["{by} a retiré {who}", "{by} alongoli {who}", "{by} removed {who}"],

  linkMenu: ["Copier ou ouvrir ailleurs", "Copier to fungola", "Copy or open elsewhere"],
  copyLink: ["Copier le lien", "Copier lien", "Copy the link"],
  openAt: ["Ouvrir chez {name}", "Fungola epai ya {name}", "Open at {name}’s"],
  openNew: [
    "Ouvrir chez une nouvelle personne",
    "Fungola epai ya moto ya sika",
    "Open at a new person’s",
  ],
  who: ["Qui ?", "Nani?", "Who?"],
  atMost: [
    ["Coche une personne.", "Coche une à {n} personnes."],
    ["Pona moto moko.", "Pona bato 1–{n}."],
    ["Tick one person.", "Tick 1 to {n} people."],
  ],
  noGroupFits: ["Aucun groupe ne convient.", "Groupe moko te.", "No group fits."],
  whichGroup: ["Dans quel groupe ?", "Na groupe nini?", "In which group?"],

  faults: ["Pannes", "Libunga", "Faults"],
  faultsHint: [
    "Pour voir ce que fait le bot quand Telegram va mal.",
    "Mpo na komeka bot ntango internet ezali mabe.",
    "To see what the bot does when Telegram is unwell.",
  ],
  tooMany: [
    "429 : « trop de messages » au prochain appel",
    "429: noki koleka",
    "429: “too many requests” on the next call",
  ],
  timeout: [
    "Réponse perdue, message passé",
    "Eyano ekomi te, message ekomi",
    "Answer lost, message delivered",
  ],
  noFaults: ["Aucune panne en attente", "Moko te", "No fault is armed"],
  clearFaults: ["Tout enlever", "Longola nyonso", "Clear all"],

  help: ["Comment ça marche", "Lisalisi", "How it works"],
  help1: [
    "Chaque téléphone est celui d’une personne. Écris, touche les boutons : c’est le vrai bot qui répond.",
    "Téléphone mokomoko ezali ya moto moko. Koma, pona bouton: bot akoyanola.",
    "Each phone is one person’s. Write, touch the buttons: the real bot answers.",
  ],
  help2: [
    "Avance l’horloge : les questions, les rappels et le résumé arrivent à leur heure.",
    "Bongola ngonga mpo na komona mituna ya mposo mpe résumé.",
    "Move the clock forward: questions, reminders and the summary come at their hour.",
  ],
  help3: [
    "Invite : à côté d’un lien d’invitation, « ⋯ » l’ouvre chez quelqu’un d’autre.",
    "Libyangi: pona “⋯” mpo na kofungola lien epai ya moto mosusu.",
    "Invite: beside an invite link, “⋯” opens it on somebody else’s phone.",
  ],
};

export const LANGUAGES = { fr: "Français", ln: "Lingala", en: "English", sw: "Kiswahili" };
/** The languages of the page itself, in the order of the table's columns. */
export const PAGE_LANGUAGES = ["fr", "ln", "en"];
const LOCALES = { fr: "fr-FR", en: "en-GB" };
const ZONE = "Africa/Lubumbashi";
const KEPT = "playground.language";

export let lang = PAGE_LANGUAGES.find((code) => code === localStorage.getItem(KEPT)) ?? "fr";

export function speak(code) {
  lang = code;
  localStorage.setItem(KEPT, code);
  document.documentElement.lang = code;
}

/** The words of a key; `{name}` is filled from `fields`, and `{n}` chooses between one and several. */
export function t(key, fields = {}) {
  let words = TABLE[key][PAGE_LANGUAGES.indexOf(lang)];
  if (Array.isArray(words)) {
    const one = lang === "en" ? fields.n === 1 : fields.n < 2;
    words = words[one ? 0 : 1];
  }
  return words.replace(/\{(\w+)\}/g, (_, name) => fields[name] ?? "");
}

export function languageName(code) {
  return LANGUAGES[code] ?? code?.toUpperCase() ?? "";
}

/** A text that may be given once or per language: "…" or {fr: "…", ln: "…"}. */
export function inPageLanguage(text) {
  return text && typeof text === "object" ? (text[lang] ?? text.fr ?? text.en ?? "") : (text ?? "");
}

// Dates: Intl's Lingala is in an old spelling with tones, so days are named here (0 is Sunday).
const DAYS_LN = [
  "lomingo",
  "mokolo mwa yambo",
  "mokolo mwa mibale",
  "mokolo mwa misato",
  "mokolo mwa minei",
  "mokolo mwa mitano",
  "mokolo mwa mposo",
];

function parts(date, options) {
  const format = new Intl.DateTimeFormat(LOCALES[lang] ?? "fr-FR", { timeZone: ZONE, ...options });
  return format.format(date);
}

function lingalaDay(date) {
  const english = new Intl.DateTimeFormat("en", { timeZone: ZONE, weekday: "short" }).format(date);
  return DAYS_LN[["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"].indexOf(english)];
}

/** 17:05 */
export function time(date) {
  return parts(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** jeudi 26 novembre 2026; in Lingala the date in digits. */
export function longDay(date) {
  if (lang !== "ln")
    return parts(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return `${lingalaDay(date)} ${parts(date, { day: "2-digit", month: "2-digit", year: "numeric" })}`;
}

/** jeu. 26 nov. 17:00 */
export function shortMoment(date) {
  if (lang !== "ln")
    return `${parts(date, { weekday: "short", day: "numeric", month: "short" })}, ${time(date)}`;
  const day = lingalaDay(date).replace("mokolo ", "");
  return `${day} ${parts(date, { day: "2-digit", month: "2-digit" })}, ${time(date)}`;
}

/** How far the clock stands from the machine's, "" within a minute: 2 jours 3 heures d’avance. */
export function offset(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60);
  if (minutes === 0) return "";
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = days || hours > 5 ? 0 : minutes % 60;
  const span = [
    ["days", days],
    ["hours", hours],
    ["minutes", rest],
  ]
    .filter(([, n]) => n)
    .map(([key, n]) => t(key, { n }))
    .join(" ");
  return t(seconds > 0 ? "ahead" : "behind", { span });
}
