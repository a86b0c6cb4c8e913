/** What a phone shows around its messages: the head, the tabs, who is in a group, the barrier. */

import { avatar, h, iconButton } from "./dom.js";
import * as menus from "./menus.js";
import { inPageLanguage, languageName, t } from "./words.js";
import { botPresent } from "./world.js";

/** Her avatar, name, note and language; her menu. */
export function head(phone) {
  const { person, app } = phone;
  const name = app.world.name(phone.id);
  const note = inPageLanguage(person.extra.note);
  const facts = [note, languageName(person.language_code)].filter(Boolean).join(" · ");
  const sample = person.extra.sample && h("span", { class: "sample" }, t("sample"));
  const open = (event) => menus.person(phone, event.currentTarget);
  const menu = { testid: "person-menu", "aria-haspopup": "menu", onclick: open };
  const hide = { class: "round hide", testid: "hide", onclick: () => app.hide(phone.id) };
  return [
    avatar(name, phone.id),
    h("div", { class: "who" }, h("h2", {}, h("span", {}, name), sample), h("p", {}, facts)),
    iconButton("more", t("menu"), menu),
    iconButton("close", t("hide"), hide),
  ];
}

/** Her private chat with the bot, then her groups. */
export function tabs(phone) {
  const { world } = phone.app;
  const groups = world.groupsOf(phone.id).map(({ id, title }) => tab(phone, id, title));
  return [tab(phone, phone.id, world.bot.first_name), ...groups];
}

function tab(phone, chat, title) {
  const dot = { class: "dot", testid: "unread", role: "img", "aria-label": t("unread") };
  const current = chat === phone.chat ? "true" : null;
  const look = { type: "button", class: "tab", testid: "chat-tab", data: { chat }, title };
  return h(
    "button",
    { ...look, "aria-current": current, onclick: () => phone.show(chat) },
    h("span", {}, title),
    phone.unread.has(chat) && h("span", dot),
  );
}

/** How many are in the group, and who. */
export function about(group, world) {
  const names = group.members.map((id) => world.name(id));
  if (botPresent(group)) names.push(world.bot.first_name);
  const count = t("memberCount", { n: group.members.length });
  return [h("strong", {}, count), h("span", { title: names.join(", ") }, ` · ${names.join(", ")}`)];
}

/** What stands in place of the input: {words, label?, testid, act}; null when she can write. */
export function barrier(phone) {
  const { person, group, app } = phone;
  const bot = app.world.bot.first_name;
  if (person.deleted) return { words: t("vanished", { name: person.first_name }) };
  if (group) {
    if (botPresent(group)) return null;
    const add = { label: t("addBot", { bot }), testid: "add-bot", act: () => phone.moveBot(true) };
    return { words: t("botAbsent", { bot }), ...add };
  }
  if (person.blocked) {
    const words = t("blocked", { name: person.first_name, bot });
    const act = () => phone.act("block", { blocked: false });
    return { words, label: t("unblock", { bot }), testid: "unblock", act };
  }
  if (person.started) return null;
  const words = app.world.bot.description || t("startHint");
  return { words, label: t("start"), testid: "start", act: () => phone.say("/start") };
}
