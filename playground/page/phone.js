/** One person's phone: who she is, her chats, and what she does with them. */

import { post } from "./api.js";
import { Compose } from "./compose.js";
import { Conversation } from "./conversation.js";
import * as dialogs from "./dialogs.js";
import { copy, focusIn, h, renew } from "./dom.js";
import * as frame from "./frame.js";
import * as menus from "./menus.js";
import { botLink, sharedLink, webAddress } from "./rich.js";
import { t } from "./words.js";

const SPINNER_MS = 5000;
const TOAST_MS = 3500;

export class Phone {
  /** `app` is main.js; `before` is her phone in the language shown until now. */
  constructor(id, app, before) {
    this.id = id;
    this.app = app;
    this.chat = before?.chat ?? id;
    this.unread = before?.unread ?? new Set();
    const touches = {
      command: (text) => this.command(text),
      follow: (url) => this.follow(url),
      linkMenu: (url, anchor) => menus.link(this, url, anchor),
      copy: (text) => this.copy(text),
      isOurs: (url) => botLink(url)?.bot === app.world.bot.username.toLowerCase(),
    };
    this.conversation = new Conversation(app.world, {
      person: id,
      act: touches,
      press: (...pressed) => this.#press(...pressed),
      reply: (record) => this.compose.answer(record),
      picture: dialogs.picture,
    });
    this.compose = new Compose(this);
    this.head = h("header", { class: "head" });
    this.tabs = h("nav", { class: "tabs", "aria-label": t("chats") });
    this.about = h("p", { class: "about" });
    this.toasts = h("div", { class: "toasts", role: "status" });
    this.root = h(
      "section",
      {
        class: "phone",
        testid: "phone",
        data: { person: id, name: this.person.first_name },
        "aria-label": this.person.first_name,
      },
      this.head,
      this.tabs,
      this.about,
      this.conversation.root,
      this.compose.root,
      this.toasts,
    );
  }

  get person() {
    return this.app.world.people.get(this.id);
  }

  /** What the bot has put in place of her own keyboard in the chat in view, or null. */
  get keyboard() {
    return (this.chat > 0 ? this.person.keyboard : this.group?.keyboards[this.id]) ?? null;
  }

  get group() {
    return this.app.world.groups.get(this.chat);
  }

  /** Everything around the messages, as the world is now. */
  draw() {
    if (this.group?.migrated_to) return void this.show(this.group.migrated_to);
    if (!this.#holds(this.chat)) return void this.show(this.id);
    const focus = focusIn(this.root);
    renew(this.head, frame.head(this));
    renew(this.tabs, frame.tabs(this));
    this.about.hidden = !this.group;
    if (this.group) renew(this.about, frame.about(this.group, this.app.world));
    this.#foot();
    focus();
    return undefined;
  }

  /** Bring one of her chats into view. */
  async show(chat) {
    this.chat = this.#holds(chat) ? chat : this.id;
    this.compose.open(this.chat);
    this.draw();
    this.look();
    try {
      await this.conversation.open(this.chat);
      this.#foot();
    } catch (error) {
      this.complain(error);
    }
  }

  /** Take in an event of the world. */
  hear(event) {
    const chat = event.record?.chat_id ?? event.chat_id;
    if (event.type === "toast") {
      if (event.person_id === this.id) this.#answered(event);
    } else if (this.#holds(chat)) {
      if (chat === this.chat) this.conversation.hear(event);
      if (event.type === "message") this.#noticed(chat, event.record);
      if (chat === this.chat && event.type !== "typing") this.#foot();
    }
  }

  /** She sees the chat that is in view: nothing in it is unread any more. */
  look() {
    if (this.unread.delete(this.chat)) this.#unreadChanged();
  }

  // What she does

  /** Send a text to the chat in view; answers whether it went. */
  say(text, replyTo) {
    return this.act("text", { text, chat_id: this.chat, reply_to: replyTo });
  }

  /** Send a command; in a group it names the bot, as Telegram does. */
  command(text) {
    const named = this.chat > 0 || text.includes("@");
    return this.say(named ? text : `${text}@${this.app.world.bot.username}`);
  }

  /** Send a voice, photo or document; `what` is {file?, duration?, caption?, reply_to?}. */
  send(kind, what) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ chat_id: this.chat, ...what }))
      if (value !== undefined && value !== null && value !== "") form.append(name, value);
    return this.act(kind, form);
  }

  /** Press a key of the bot's keyboard: its text is sent, or it asks for a choice. */
  pressKey(key) {
    if (key.kind === "chat" || key.kind === "users") return menus.choose(this, key);
    return this.act("tap", { key: key.text, chat_id: this.chat });
  }

  /** A message of the chat in view, if it is known. */
  record(id) {
    return this.conversation.view.original(id);
  }

  commands() {
    return (this.chat > 0 ? this.person.commands : this.group?.commands[this.id]) ?? [];
  }

  /** Open a link to the bot: her private chat, or a group that she chooses. */
  async follow(url) {
    if (botLink(url)?.kind === "startgroup") return menus.whichGroup(this, url);
    const done = await this.act("link", { url });
    if (done && this.chat !== done.chat_id) this.show(done.chat_id);
    return done;
  }

  complain(error) {
    this.toast(`${t("failed")} (${error.message})`);
  }

  /** Show a notice for a moment; with `alert`, until she has read it. */
  toast(words, alert = false) {
    if (alert) return void dialogs.alert(words, this.person.first_name);
    const box = h("p", { class: "toast", testid: "toast" }, words);
    this.toasts.replaceChildren(box);
    setTimeout(() => box.remove(), TOAST_MS);
    return undefined;
  }

  /** One of the control API's acts of a person; null when it was refused, and she was told. */
  async act(name, body) {
    try {
      return await post(`people/${this.id}/${name}`, body);
    } catch (error) {
      this.complain(error);
      return null;
    }
  }

  async #press(record, key, place, button) {
    const shared = key.kind === "url" && sharedLink(key.url);
    if (shared) return void menus.link(this, shared, button);
    if (key.kind === "url" && !this.conversation.view.act.isOurs(key.url)) {
      const address = webAddress(key.url);
      return void (address && window.open(address, "_blank", "noopener,noreferrer"));
    }
    if (key.kind === "url") return void this.follow(key.url);
    button.ariaBusy = "true";
    const rest = () => (button.ariaBusy = "false");
    setTimeout(rest, SPINNER_MS);
    if (
      !(await this.act("tap", { message_id: record.message_id, chat_id: record.chat_id, ...place }))
    )
      rest();
    return undefined;
  }

  #answered(event) {
    this.conversation.settle();
    if (event.text) this.toast(event.text, event.alert);
  }

  async copy(text) {
    if (await copy(text)) this.toast(t("copied"));
    else dialogs.alert(text, t("copyByHand"));
  }

  /** Bring the bot into the group in view, or send it away. */
  async moveBot(present) {
    try {
      await post(`groups/${this.chat}/bot`, { by: this.id, present });
    } catch (error) {
      this.complain(error);
    }
  }

  #foot() {
    this.compose.draw(frame.barrier(this), this.keyboard);
  }

  /** Whether a chat is one of hers. */
  #holds(chat) {
    return chat === this.id || Boolean(this.app.world.groups.get(chat)?.members.includes(this.id));
  }

  #noticed(chat, record) {
    const seen = chat === this.chat && this.app.inView(this.id) && !document.hidden;
    if (seen || record.from_id === this.id) return;
    this.unread.add(chat);
    this.#unreadChanged();
  }

  #unreadChanged() {
    this.draw();
    this.app.unreadChanged(this.id);
  }
}
