/** Formatted text: Telegram's entities become DOM nodes; the text itself is never read as HTML. */

import { h, iconButton } from "./dom.js";
import { t } from "./words.js";

const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
  hashtag: "span",
  cashtag: "span",
  mention: "span",
  text_mention: "span",
};
const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);

/** A link to a bot: `{bot, kind}` with kind start or startgroup; null for any other address. */
export function botLink(url) {
  const found =
    /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)\?(start|startgroup)=/i.exec(url) ??
    /^tg:\/\/resolve\?domain=(\w+)&(start|startgroup)=/i.exec(url);
  return found && { bot: found[1].toLowerCase(), kind: found[2].toLowerCase() };
}

/** What t.me/share/url would share, or null. */
export function sharedLink(url) {
  const found = /^(?:https?:\/\/)?(?:t|telegram)\.me\/share(?:\/url)?\?(.*)$/i.exec(url);
  return found && new URLSearchParams(found[1]).get("url");
}

/** An address that may be opened in a new tab, or null (javascript: and the like). */
export function webAddress(url) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  return /^(https?|mailto|tel):/i.test(full) ? full : null;
}

/**
 * Offsets and lengths count UTF-16 units, as JavaScript strings do. `act` has what a touch does:
 * command(text), follow(url), linkMenu(url, anchor), copy(text), isOurs(url).
 */
export function rich(text, entities, act) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, sorted, act);
}

function build(text, start, end, entities, act) {
  const out = document.createDocumentFragment();
  let at = start;
  let next = 0;
  while (next < entities.length) {
    const entity = entities[next++];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    const inner = [];
    while (next < entities.length && entities[next].offset < to) inner.push(entities[next++]);
    if (to <= from) continue;
    out.append(text.slice(at, from));
    const words = text.slice(from, to);
    out.append(...wrap(entity, words, build(text, from, to, inner, act), act));
    // A block brings its own line break.
    at = BLOCKS.has(entity.type) && text[to] === "\n" ? to + 1 : to;
  }
  out.append(text.slice(at, end));
  return out;
}

function wrap(entity, words, content, act) {
  switch (entity.type) {
    case "url":
      return link(words, content, act);
    case "text_link":
      return link(entity.url, content, act);
    case "email":
      return link(`mailto:${words}`, content, act);
    case "phone_number":
      return link(`tel:${words}`, content, act);
    case "bot_command":
      return [touch("link", "command-link", () => act.command(words), content)];
    case "code":
      return [touch("code", "code", () => act.copy(words), content, t("copy"))];
    case "pre":
      return [h("pre", {}, h("code", {}, content))];
    case "spoiler":
      return [
        touch("spoiler", "spoiler", (event) => event.currentTarget.classList.add("seen"), content),
      ];
    default:
      return [h(PLAIN[entity.type] ?? "span", { class: entity.type }, content)];
  }
}

/** A part of the text that does something; a real button would not flow with the words. */
function touch(look, testid, act, content, title) {
  const onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    act(event);
  };
  return h(
    "span",
    { role: "button", tabindex: "0", class: look, testid, title, onclick: act, onkeydown },
    content,
  );
}

function link(url, content, act) {
  const href = webAddress(url);
  if (href === null && !act.isOurs(url)) return [h("span", {}, content)];
  const opened = {
    href,
    target: "_blank",
    rel: "noopener noreferrer",
    class: "link",
    testid: "link",
    title: href,
  };
  if (!act.isOurs(url)) return [h("a", opened, content)];
  const follow = (event) => {
    event.preventDefault();
    act.follow(url);
  };
  const more = {
    class: "link-more",
    testid: "link-menu",
    onclick: (event) => act.linkMenu(url, event.currentTarget),
  };
  return [
    h("a", { ...opened, href: href ?? "#", onclick: follow }, content),
    iconButton("more", t("linkMenu"), more),
  ];
}
