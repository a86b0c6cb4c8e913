/** One message as the list shows it. */

import { h, icon, iconButton, tint } from "./dom.js";
import { rich } from "./rich.js";
import { player } from "./voice.js";
import { t, time } from "./words.js";

/** Who speaks, from this person's side: me, bot, other or service. */
function side(record, person) {
  if (record.service) return "service";
  if (record.from_id === person) return "me";
  return record.by_bot ? "bot" : "other";
}

/**
 * Build the list item of a record. `view` is the conversation it stands in: person, chat, world,
 * original(id) for quotes, and what touches do: act (rich.js), press, reply, jump, picture.
 */
export function bubble(record, view) {
  const by = side(record, view.person);
  const data = { message: record.message_id, by, day: dayOf(record.date) };
  const item = { class: `message ${by}`, testid: "message", data };
  if (by === "service")
    return h("li", item, h("p", { class: "event" }, serviceWords(record, view.world)));
  const body = h(
    "div",
    { class: "bubble" },
    view.chat < 0 && by !== "me" && sender(record, view.world),
    record.reply_to && quote(record.reply_to, view),
    record.media && media(record, view),
    record.text &&
      h("div", { class: "text", testid: "text" }, rich(record.text, record.entities, view.act)),
    meta(record),
  );
  const again = { class: "round again", testid: "reply", onclick: () => view.reply(record) };
  return h(
    "li",
    item,
    h("div", { class: "line" }, body, iconButton("reply", t("reply"), again)),
    record.reaction && h("span", { class: "reaction", testid: "reaction" }, record.reaction),
    record.keyboard && keyboard(record, view),
  );
}

function dayOf(seconds) {
  // Bukavu keeps UTC+2 all year.
  return Math.floor((seconds + 7200) / 86400);
}

function sender(record, world) {
  return h(
    "p",
    { class: `sender ${tint(record.from_id)}`, testid: "sender" },
    world.author(record),
  );
}

function serviceWords(record, world) {
  const { kind, people = [], chat_id: chat } = record.service;
  if (kind === "chat_shared") return t("shared", { who: world.groups.get(chat)?.title ?? "?" });
  const who = people.map((id) => world.name(id)).join(", ");
  if (kind === "migrated" || kind === "moved") return t("migrated");
  if (kind === "users_shared") return t("shared", { who });
  const alone = people.length === 1 && people[0] === record.from_id;
  const key = kind === "members_added" ? (alone ? "joined" : "added") : alone ? "left" : "removed";
  return t(key, { who, by: world.name(record.from_id) });
}

function quote(id, view) {
  const original = view.original(id);
  const words = original
    ? (original.text ?? mediaWords(original.media))
    : t("gone");
  return h(
    "button",
    { type: "button", class: "quote", testid: "quote", onclick: () => view.jump(id) },
    original && h("strong", { class: tint(original.from_id) }, view.world.author(original)),
    h("span", {}, words.slice(0, 120)),
  );
}

function mediaWords(media) {
  return t({ photo: "picture", voice: "voice" }[media?.kind] ?? "file");
}

function media(record, view) {
  const { kind, url, name, size, width, height } = record.media;
  if (kind === "photo") {
    const alt = record.text ?? t("picture");
    const look = {
      type: "button",
      class: "picture",
      testid: "picture",
      "aria-label": t("picture"),
    };
    const image = h("img", { src: url, alt, width, height, loading: "lazy" });
    return h("button", { ...look, onclick: () => view.picture(url, alt) }, image);
  }
  if (kind === "voice") return player(record.media);
  return h(
    "a",
    { class: "document", testid: "document", href: url, download: name ?? "document" },
    h("span", { class: "disc" }, icon("file")),
    h("span", { class: "names" }, h("strong", {}, name ?? t("file")), h("small", {}, weight(size))),
  );
}

function weight(bytes) {
  if (!bytes) return "";
  return bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1e3))} kB`
    : `${(bytes / 1e6).toFixed(1)} MB`;
}

function meta(record) {
  const date = new Date(record.date * 1000);
  const silent = h(
    "span",
    { title: t("silent"), role: "img", "aria-label": t("silent") },
    icon("silent"),
  );
  return h(
    "p",
    { class: "meta" },
    record.silent && silent,
    // Telegram's apps hide the mark on what bots edit: they edit all the time.
    record.edit_date && !record.by_bot && h("span", { testid: "edited" }, t("edited")),
    h("time", { datetime: date.toISOString() }, time(date)),
  );
}

function keyboard(record, view) {
  const rows = record.keyboard.map((keys, row) =>
    h(
      "div",
      { class: "row" },
      ...keys.map((key, column) => keyButton(key, { row, column }, record, view)),
    ),
  );
  return h("div", { class: "keyboard" }, ...rows);
}

function keyButton(key, place, record, view) {
  const press = (event) => view.press(record, key, place, event.currentTarget);
  const state = { disabled: key.kind === "other", onclick: press, title: key.url };
  return h(
    "button",
    { type: "button", class: "key", testid: "button", ...state },
    h("span", {}, key.text),
    key.kind === "url" && icon("out"),
  );
}
