/** The lower edge of a phone: the input, the "/" menu, files, a reply keyboard, START, blocked. */

import * as attach from "./attach.js";
import { h, icon, iconButton, renew } from "./dom.js";
import { t } from "./words.js";

export class Compose {
  /** `phone` has what happens: say(text, replyTo), send(kind, what), pressKey(key), commands(). */
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
    this.mic = iconButton("mic", t("voice"), {
      class: "round send",
      testid: "mic",
      onclick: () => attach.voice((kind, what) => this.#file(kind, what)),
    });
    this.clip = iconButton("clip", t("attach"), {
      testid: "attach",
      "aria-haspopup": "menu",
      onclick: () => attach.menu(this.clip, (kind, what) => this.#file(kind, what)),
    });
    this.fold = iconButton("keys", t("botKeys"), {
      testid: "fold-keys",
      onclick: () => this.#showKeys(this.keys.hidden),
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
    const ends = [this.fold, this.clip, this.mic, this.send];
    this.line = h("div", { class: "compose" }, this.slash, this.input, ...ends);
    this.#typed();
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
    this.#typed();
    this.#list(false);
  }

  /** Show the input, or instead of it a sentence with one button (`stop` = {words, label, testid, act}). */
  draw(stop, keyboard) {
    this.line.hidden = Boolean(stop);
    this.stop.hidden = !stop;
    renew(this.stop, stop ? barred(stop) : []);
    if (stop) {
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
    const rows = keyboard?.rows ?? [];
    const key = (each) => {
      const act = { disabled: each.kind === "other", onclick: () => this.phone.pressKey(each) };
      const look = { type: "button", class: "reply-key", testid: "reply-key" };
      return h("button", { ...look, ...act }, each.text);
    };
    this.keys.replaceChildren(
      ...rows.map((keys) => h("div", { class: "row" }, ...keys.map(key))),
    );
    this.keys.classList.toggle("resize", Boolean(keyboard?.resize));
    this.fold.hidden = rows.length === 0;
    this.#showKeys(rows.length > 0 && !keyboard.folded);
    this.input.placeholder = keyboard?.placeholder ?? t("write");
    if (keyboard?.force_reply) this.answer(this.phone.record(keyboard.message_id));
  }

  /** Unfold the bot's keyboard, or put it away. */
  #showKeys(open) {
    this.keys.hidden = !open;
    this.fold.ariaExpanded = String(open);
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
    const empty = !this.input.value.trim();
    this.mic.hidden = !empty;
    this.send.hidden = empty;
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

  /** Send a file; what is written goes along as its caption, but a voice has none. */
  async #file(kind, what) {
    const caption = kind === "voice" ? "" : this.input.value.trim();
    const replyTo = this.replyTo;
    if (!(await this.phone.send(kind, { ...what, caption, reply_to: replyTo }))) return;
    if (caption) this.input.value = "";
    this.#typed();
    this.answer(null);
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

/** What stands in place of the input: why, and perhaps a button. */
function barred({ words, label, testid, act }) {
  const button = { type: "button", class: "wide", testid, onclick: act };
  return [words && h("p", {}, words), label && h("button", button, label)].filter(Boolean);
}
