/** The page: builds the bar, the strip of people and the phones, and keeps them up to date. */

import { post } from "./api.js";
import { ClockBar } from "./clock.js";
import * as dialogs from "./dialogs.js";
import { h, smooth } from "./dom.js";
import { Phone } from "./phone.js";
import { choose, isHidden } from "./shown.js";
import { Strip } from "./strip.js";
import { drawTools } from "./tools.js";
import { lang, speak, t } from "./words.js";
import { World } from "./world.js";

const $ = (id) => document.getElementById(id);
const world = new World();
const phones = new Map();
const clock = new ClockBar(world, $("clock"), (words) => banner(words, "clock-error"));

/** What phones and the strip ask of the page. */
const app = { world, phones, reveal, hide, followAt, addPerson, addGroup, inView, unreadChanged };
const strip = new Strip(app, $("strip"));

function banner(words, testid) {
  const box = $("banner");
  box.hidden = !words;
  box.dataset.testid = testid;
  box.textContent = words ?? "";
}

// Which phones are shown, and seen

function hide(id) {
  choose(world.people.get(id), true);
  drawPhones();
}

/** Show a phone, bring it into view, and one of its chats if named. */
function reveal(id, chat) {
  const phone = phones.get(id);
  if (!phone.root.isConnected) {
    choose(world.people.get(id), false);
    drawPhones();
  }
  phone.root.scrollIntoView({ inline: "center", block: "nearest", behavior: smooth() });
  if (chat !== undefined && chat !== phone.chat) phone.show(chat);
}

const seen = new Set();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      const id = Number(target.dataset.person);
      if (isIntersecting) seen.add(id);
      else seen.delete(id);
      if (isIntersecting) phones.get(id)?.look();
      strip.drawChip(id);
    }
  },
  { threshold: 0.5 },
);

function unreadChanged(id) {
  strip.drawChip(id);
}

function inView(id) {
  return seen.has(id);
}
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) for (const id of seen) phones.get(id)?.look();
});

// Drawing

function drawAll() {
  speak(lang);
  $("playground").textContent = t("playground");
  $("phones").ariaLabel = t("phones");
  clock.build();
  drawTools($("tools"), world, drawAll);
  const before = new Map(phones);
  for (const phone of before.values()) phone.root.remove();
  phones.clear();
  seen.clear();
  for (const id of world.people.keys()) phones.set(id, new Phone(id, app, before.get(id)));
  drawPhones();
}

/** Put the shown phones on the page, in the order of the people; open those that are new there. */
function drawPhones() {
  const shown = [...world.people.values()].filter((person) => !isHidden(person, world));
  const wanted = shown.map(({ id }) => phones.get(id));
  $("phones").querySelector(".nobody")?.remove();
  for (const phone of phones.values()) {
    if (wanted.includes(phone) || !phone.root.isConnected) continue;
    phone.root.remove();
    watcher.unobserve(phone.root);
    seen.delete(phone.id);
  }
  for (const [place, phone] of wanted.entries()) {
    const there = $("phones").children[place];
    const fresh = !phone.root.isConnected;
    if (there !== phone.root) $("phones").insertBefore(phone.root, there ?? null);
    if (!fresh) continue;
    watcher.observe(phone.root);
    phone.show(phone.chat);
  }
  if (!shown.length) $("phones").append(nobody());
  strip.draw();
  drawNotice();
}

function drawNotice() {
  const sample = [...world.people.values()].some((person) => person.extra.sample);
  $("notice").replaceChildren(t("notice"), sample ? h("span", {}, ` ${t("sampleBanner")}`) : "");
}

function nobody() {
  const none = world.people.size === 0;
  const bot = world.bot.first_name;
  const add = { type: "button", class: "main", onclick: () => addPerson() };
  return h(
    "div",
    { class: "nobody" },
    h("h2", {}, none ? t("nobody") : t("allHidden")),
    none && h("p", {}, t("nobodyHint", { bot })),
    none && h("button", add, t("newPerson")),
  );
}

// What the strip and the bar do

async function followAt(id, url) {
  reveal(id);
  await phones.get(id).follow(url);
}

function addPerson(url = "") {
  dialogs.newPerson(url, async ({ url: link, ...fields }) => {
    const person = await post("people", fields);
    meet(person);
    reveal(person.id);
    if (link.trim()) await phones.get(person.id).follow(link.trim());
  });
}

/** `then(id)` is called with the new group's id, instead of showing it on its creator's phone. */
function addGroup({ creator, withBot = true, then }) {
  dialogs.newGroup(world, { creator, withBot }, async ({ title, members, bot }) => {
    const group = await post("groups", { title, members });
    if (withBot && bot) await post(`groups/${group.id}/bot`, { by: members[0], present: true });
    // The answer may be ahead of the event that tells of the group.
    if (!world.groups.has(group.id)) world.groups.set(group.id, group);
    if (then) await then(group.id);
    else reveal(members[0], group.id);
  });
}

// What happens

/** A person is new or has changed. */
function meet(person) {
  world.people.set(person.id, person);
  const known = phones.get(person.id);
  if (!known) phones.set(person.id, new Phone(person.id, app));
  if (known?.root.isConnected) known.draw();
  if (known) strip.drawChip(person.id);
  else drawPhones();
}

function drawShown() {
  for (const phone of phones.values()) if (phone.root.isConnected) phone.draw();
}

/** Do it once for a burst of events, and again when it fails. */
function soon(act) {
  let waiting;
  const run = () => act().catch(() => plan(2000));
  const plan = (milliseconds) => {
    clearTimeout(waiting);
    waiting = setTimeout(run, milliseconds);
  };
  return () => plan(150);
}
const startOver = soon(() => world.reload().then(drawAll));
const readCommands = soon(() => world.reloadCommands());

function hear(event) {
  if (event.type === "reset") startOver();
  else if (event.type === "commands") readCommands();
  else if (event.type === "person") meet(event.person);
  else if (event.type === "fault") drawTools($("tools"), world, drawAll);
  else if (event.type === "clock") clock.draw();
  else if (event.type === "group" || event.type === "bot") drawShown();
  else for (const phone of phones.values()) phone.hear(event);
}

function online(here) {
  const said = $("banner").dataset.testid === "lost";
  if (!here) banner(t("lost"), "lost");
  else if (said) {
    // The server may be another one by now, with numbers of its own.
    banner(null);
    startOver();
  }
}

banner(t("loading"), "lost");
try {
  await world.start(hear, online);
  banner(null);
  drawAll();
  document.body.dataset.ready = "true";
} catch (error) {
  banner(`${t("failed")} (${error.message})`, "lost");
}
