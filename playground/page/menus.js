/** The menus of a phone: about a link, about a person, and which group. */

import { get } from "./api.js";
import * as dialogs from "./dialogs.js";
import { t } from "./words.js";
import { botPresent } from "./world.js";

/** What can be done with a link to the bot: copy it, or open it on any other phone. */
export function link(phone, url, anchor) {
  const { world, followAt, addPerson } = phone.app;
  const others = [...world.people.values()].filter(({ id }) => id !== phone.id);
  dialogs.menu(anchor, t("linkMenu"), [
    { key: "copy", text: t("copyLink"), act: () => phone.copy(url) },
    ...others.map(({ id, first_name: name }) => ({
      key: `open:${id}`,
      text: t("openAt", { name }),
      act: () => followAt(id, url),
    })),
    { key: "new-person", text: t("openNew"), act: () => addPerson(url) },
  ]);
}

/** A ?startgroup= link asks which of her groups, or makes a new one. */
export function whichGroup(phone, url) {
  const { world, addGroup } = phone.app;
  const join = async (group) => {
    if (await phone.act("link", { url, group_id: group })) phone.show(group);
  };
  const found = () => addGroup({ creator: phone.id, withBot: false, then: join });
  dialogs.menu(phone.tabs, t("whichGroup"), [
    ...world
      .groupsOf(phone.id)
      .map(({ id, title }) => ({ key: `group:${id}`, text: title, act: () => join(id) })),
    { key: "new-group", text: t("newGroup"), act: found },
  ]);
}

/** A key that asks for a group or for people: what fits, or a new group. */
export async function choose(phone, key) {
  const { world, addGroup } = phone.app;
  const request = { request_id: key.request_id };
  let fitting;
  try {
    fitting = await get(`people/${phone.id}/choices?request_id=${key.request_id}`);
  } catch (error) {
    return phone.complain(error);
  }
  if (key.kind === "users" && key.max_quantity > 1)
    return dialogs.people(world, fitting.people, key, (people) =>
      phone.act("share", { ...request, people }),
    );
  const anchor = phone.compose.keys;
  if (key.kind === "users")
    return dialogs.menu(anchor, t("who"), [
      ...fitting.people.map((id) => ({
        key: `person:${id}`,
        text: world.name(id),
        act: () => phone.act("share", { ...request, people: [id] }),
      })),
    ]);
  const share = (id) => phone.act("share", { ...request, chat_id: id });
  return dialogs.menu(anchor, t("whichGroup"), [
    ...(fitting.chats.length ? [] : [t("noGroupFits")]),
    ...fitting.chats.map((id) => ({
      key: `group:${id}`,
      text: world.groups.get(id).title,
      act: () => share(id),
    })),
    {
      key: "new-group",
      text: t("newGroup"),
      act: () => addGroup({ creator: phone.id, withBot: false, then: share }),
    },
  ]);
}

export function person(phone, anchor) {
  const bot = phone.app.world.bot.first_name;
  const block = (blocked) => () => phone.act("block", { blocked });
  const items = [
    {
      key: "open-link",
      text: t("openLink"),
      act: () => dialogs.openLink((url) => phone.follow(url)),
    },
    phone.person.blocked
      ? { key: "unblock", text: t("unblock", { bot }), act: block(false) }
      : { key: "block", text: t("block", { bot }), act: block(true) },
    { key: "hide", text: t("hide"), act: () => phone.app.hide(phone.id) },
  ];
  if (phone.group) items.unshift(botInGroup(phone, bot));
  dialogs.menu(anchor, t("menu"), items);
}

function botInGroup(phone, bot) {
  const there = botPresent(phone.group);
  return {
    key: there ? "remove-bot" : "add-bot",
    text: t(there ? "removeBot" : "addBot", { bot }),
    act: () => phone.moveBot(!there),
  };
}
