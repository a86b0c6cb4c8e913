/** Menus and small windows; all are <dialog>, so Escape closes them and the focus comes back. */

import { h, iconButton } from "./dom.js";
import { LANGUAGES, PAGE_LANGUAGES, languageName, t } from "./words.js";

/** Show a window; it goes when it is closed. */
export function open(look, label, ...content) {
  const box = h(
    "dialog",
    { class: look, "aria-label": label, onclose: () => box.remove() },
    ...content,
  );
  // A click on the backdrop falls on the dialog itself.
  box.addEventListener("click", (event) => event.target === box && box.close());
  document.body.append(box);
  box.showModal();
  return box;
}

/** A menu near what opened it; items are {key, text, hint?, act}, or words to show. */
export function menu(anchor, label, items) {
  const entry = (item) => {
    if (typeof item === "string") return h("p", { class: "hint" }, item);
    const choose = () => {
      box.close();
      item.act();
    };
    return h(
      "button",
      { type: "button", testid: "menu-item", data: { item: item.key }, onclick: choose },
      item.text,
    );
  };
  const box = open(
    "menu",
    label,
    h("div", { class: "inside" }, h("p", { class: "title" }, label), ...items.map(entry)),
  );
  const at = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.right - width), innerWidth - width - 8);
  const upwards = at.top > innerHeight / 2;
  box.style.left = `${Math.max(8, left)}px`;
  box.style.top = `${Math.max(8, upwards ? at.top - height - 6 : at.bottom + 6)}px`;
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const keys = [...box.querySelectorAll("button")];
    keys[(keys.indexOf(document.activeElement) + step + keys.length) % keys.length]?.focus();
  });
}

/** The bot's alert, or words to copy by hand. */
export function alert(words, title) {
  const box = open(
    "window",
    title ?? words,
    title && h("h2", {}, title),
    h("p", { testid: "toast", class: "words" }, words),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "main", onclick: () => box.close() }, t("close")),
    ),
  );
}

export function picture(url, alt) {
  const box = open(
    "lightbox",
    t("picture"),
    h("img", { src: url, alt }),
    iconButton("close", t("close"), { onclick: () => box.close() }),
  );
  box.addEventListener("click", () => box.close());
}

export function help() {
  const lines = ["help1", "help2", "help3"].map((key) => h("li", {}, t(key)));
  const box = open(
    "window",
    t("help"),
    h("h2", {}, t("help")),
    h("ol", {}, ...lines),
    h("p", { class: "hint" }, t("notice")),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "main", onclick: () => box.close() }, t("close")),
    ),
  );
}

/**
 * A form in a window; `submit(data)` gets its FormData and may throw an error with words for the
 * person, which are shown while the window stays open.
 */
function form(title, fields, label, testid, submit) {
  const problem = h("p", { class: "problem", role: "alert", hidden: true });
  const go = h("button", { class: "main", testid }, label);
  const onsubmit = async (event) => {
    event.preventDefault();
    go.disabled = true;
    problem.hidden = true;
    try {
      await submit(new FormData(event.target));
      box.close();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    }
    go.disabled = false;
  };
  const cancel = h("button", { type: "button", onclick: () => box.close() }, t("cancel"));
  const box = open(
    "window",
    title,
    h(
      "form",
      { onsubmit },
      h("h2", {}, title),
      ...fields,
      problem,
      h("div", { class: "actions" }, cancel, go),
    ),
  );
}

function field(label, input) {
  return h("label", { class: "field" }, h("span", {}, label), input);
}

function linkInput(required, value = "") {
  return h("input", {
    name: "url",
    testid: required ? "link-url" : "person-link",
    type: "text",
    inputmode: "url",
    required,
    value,
    placeholder: "https://t.me/…?start=…",
    autocomplete: "off",
  });
}

/** `submit({first_name, language_code, url})` */
export function newPerson(url, submit) {
  const codes = [
    ...PAGE_LANGUAGES,
    ...Object.keys(LANGUAGES).filter((code) => !PAGE_LANGUAGES.includes(code)),
  ];
  const choices = codes.map((code) => h("option", { value: code }, languageName(code)));
  const fields = [
    field(
      t("firstName"),
      h("input", {
        name: "first_name",
        testid: "person-name",
        required: true,
        maxlength: 64,
        autocomplete: "off",
      }),
    ),
    field(
      t("language"),
      h("select", { name: "language_code", testid: "person-language" }, ...choices),
    ),
    field(t("inviteLink"), linkInput(false, url)),
  ];
  form(t("newPerson"), fields, t("add"), "person-create", (data) =>
    submit(Object.fromEntries(data)),
  );
}

/** `submit({title, members, bot})`; the first member is its creator. */
export function newGroup(world, { creator, withBot = true }, submit) {
  const tick = (person) => {
    const box = {
      type: "checkbox",
      name: "member",
      value: person.id,
      testid: "group-member",
      checked: person.id === creator,
    };
    return h("label", { class: "tick" }, h("input", box), world.name(person.id));
  };
  const people = [...world.people.values()].sort((a, b) => (b.id === creator) - (a.id === creator));
  const bot = h(
    "label",
    { class: "tick" },
    h("input", { type: "checkbox", name: "bot", testid: "group-bot", checked: true }),
    t("withBot", { bot: world.bot.first_name }),
  );
  const fields = [
    field(
      t("groupName"),
      h("input", {
        name: "title",
        testid: "group-title",
        required: true,
        maxlength: 128,
        autocomplete: "off",
      }),
    ),
    h("fieldset", {}, h("legend", {}, t("members")), ...people.map(tick)),
    withBot && bot,
  ];
  form(t("newGroup"), fields, t("add"), "group-create", (data) => {
    const members = data.getAll("member").map(Number);
    if (!members.length) throw new Error(t("groupAlone"));
    return submit({ title: data.get("title"), members, bot: data.has("bot") });
  });
}

/** Several people for a key that asks for them; `submit(ids)` */
export function people(world, ids, { text, max_quantity: most }, submit) {
  const tick = (id) => {
    const box = { type: "checkbox", name: "person", value: id, testid: "share-person" };
    return h("label", { class: "tick" }, h("input", box), world.name(id));
  };
  const fields = [h("fieldset", {}, h("legend", {}, t("atMost", { n: most })), ...ids.map(tick))];
  form(text, fields, t("send"), "share-send", (data) => {
    const chosen = data.getAll("person").map(Number);
    if (!chosen.length || chosen.length > most) throw new Error(t("atMost", { n: most }));
    return submit(chosen);
  });
}

export function openLink(submit) {
  form(t("openLink"), [field(t("openLink"), linkInput(true))], t("open"), "link-open", (data) => {
    submit(data.get("url").trim());
  });
}
