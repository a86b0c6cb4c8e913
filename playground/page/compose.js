/** The lower edge of a phone: the input, the "/" menu, a reply keyboard, START, blocked. */

import { h, icon, iconButton } from "./dom.js";
import { t } from "./words.js";

export class Compose {
  /** `phone` has what happens: say(text, replyTo), pressKey(key), start(), unblock(), addBot(), commands(). */
  constructor(phone) {
    this.phone = phone;
    this.drafts = new Map();
    this.input = h("textarea", {
      rows: 1,
      testid: "input",
      placeholder: t("write"),
      "aria-label": t("write"),
      enterkeyhint: "send",
      autocomplete: "off",
      onkeydown: (event) => this.#key(event),
      oninput: () => this.#typed(),
    });
    this.send = iconButton("send", t("send"), {
      class: "round send",
      testid: "send",
      onclick: () => this.#send(),
    });
    this.slash = h(
      "button",
      {
        type: "button",
        class: "round slash",
        testid: "commands",
        "aria-label": t("commands"),
        title: t("commands"),
        "aria-expanded": "false",
        onclick: () => this.#toggle(),
      },
      "/",
    );
    this.menu = h("ul", { class: "commands", hidden: true, "aria-label": t("commands") });
    this.quote = h("div", { class: "quoting", hidden: true });
    this.keys = h("div", { class: "reply-keys", hidden: true });
    this.line = h("div", { class: "compose" }, this.slash, this.input, this.send);
    this.stop = h("div", { class: "stop", hidden: true });
    this.root = h(
      "footer",
      { class: "foot", onkeydown: (event) => this.#leave(event) },
      this.menu,
      this.quote,
      this.line,
      this.keys,
      this.stop,
    );
  }

  #leave(event) {
    if (event.key !== "Escape") return;
    if (!this.menu.hidden) this.input.focus();
    this.#list(false);
    this.answer(null);
  }

  /** Another chat came into view: bring its draft back. */
  open(chat) {
    if (this.chat) this.drafts.set(this.chat, this.input.value);
    this.chat = chat;
    this.input.value = this.drafts.get(chat) ?? "";
    this.answer(null);
    this.#list(false);
  }

  /** Show the input, or instead of it a sentence with one button (`stop` = {words, label, testid, act}). */
  draw(stop, keyboard) {
    this.line.hidden = Boolean(stop);
    this.stop.hidden = !stop;
    this.stop.replaceChildren();
    if (stop) {
      const button = { type: "button", class: "wide", testid: stop.testid, onclick: stop.act };
      this.stop.append(stop.words && h("p", {}, stop.words), h("button", button, stop.label));
      this.#list(false);
      this.answer(null);
    }
    this.#drawKeys(stop ? null : keyboard);
  }

  /** The next text replies to this record; null for none. */
  answer(record) {
    this.replyTo = record?.message_id;
    this.quote.hidden = !record;
    if (!record) return;
    const words = (record.text ?? "…").slice(0, 90);
    const drop = iconButton("close", t("cancel"), { onclick: () => this.answer(null) });
    this.quote.replaceChildren(icon("reply"), h("span", {}, words), drop);
    this.input.focus();
  }

  #drawKeys(keyboard) {
    const shown = JSON.stringify(keyboard);
    if (shown === this.shownKeys) return;
    this.shownKeys = shown;
    const rows = keyboard?.folded ? [] : (keyboard?.rows ?? []);
    this.keys.hidden = rows.length === 0;
    const key = (each) =>
      h(
        "button",
        {
          type: "button",
          class: "reply-key",
          testid: "reply-key",
          onclick: () => this.phone.pressKey(each),
        },
        each.text,
      );
    this.keys.replaceChildren(
      ...rows.map((keys) => h("div", { class: "row" }, ...keys.map(key))),
    );
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" && !this.menu.hidden) {
      event.preventDefault();
      this.menu.querySelector("li:last-child button")?.focus();
    }
  }

  #typed() {
    // Browsers that know field-sizing grow the box by themselves.
    if (!CSS.supports("field-sizing", "content")) {
      this.input.style.height = "auto";
      this.input.style.height = `${this.input.scrollHeight}px`;
    }
    const begun = /^\/\w*$/.test(this.input.value);
    if (begun || !this.menu.hidden) this.#list(begun, this.input.value);
  }

  async #send() {
    const words = this.input.value;
    if (!words.trim()) return;
    const replyTo = this.replyTo;
    this.input.value = "";
    this.#typed();
    this.answer(null);
    if (!(await this.phone.say(words, replyTo)) && !this.input.value) this.input.value = words;
  }

  #toggle() {
    const open = this.menu.hidden;
    this.#list(open);
    if (open) this.menu.querySelector("button")?.focus();
  }

  /** Open or close the list of commands; `begun` keeps those that begin like this. */
  #list(open, begun = "/") {
    const known = this.phone.commands();
    const fitting = known.filter(({ command }) => `/${command}`.startsWith(begun));
    this.menu.hidden = !open || (known.length > 0 && fitting.length === 0);
    this.slash.ariaExpanded = String(!this.menu.hidden);
    if (this.menu.hidden) return;
    const entry = ({ command, description }) => {
      const choose = () => {
        this.input.value = "";
        this.#list(false);
        this.input.focus();
        this.phone.command(`/${command}`);
      };
      const button = { type: "button", testid: "command", onclick: choose };
      return h(
        "li",
        {},
        h("button", button, h("strong", {}, `/${command}`), h("span", {}, description)),
      );
    };
    this.menu.replaceChildren(
      ...(known.length ? fitting.map(entry) : [h("li", { class: "none" }, t("noCommands"))]),
    );
  }
}
