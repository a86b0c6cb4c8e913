/** The list of messages of one chat, as one person sees it. */

import { bubble } from "./bubble.js";
import { h, icon, smooth } from "./dom.js";
import { longDay, t } from "./words.js";

const SHOWN = 200; // the latest ones; older ones stay with the server
const NEAR = 80; // pixels from the bottom that still count as being there
const TYPING_MS = 5000;

export class Conversation {
  /** `view` is what bubble.js asks for, without jump and original, which are found here. */
  constructor(world, view) {
    this.world = world;
    this.view = {
      ...view,
      world,
      jump: (id) => this.jump(id),
      original: (id) => this.records?.get(id),
    };
    this.chat = null;
    this.list = h("ol", {
      class: "list",
      testid: "messages",
      role: "log",
      "aria-live": "polite",
      "aria-label": t("messages"),
    });
    this.typing = h("p", { class: "typing", testid: "typing", role: "status", hidden: true });
    this.scroller = h(
      "div",
      { class: "scroller", tabindex: "0", onscroll: () => this.#scrolled() },
      this.list,
      this.typing,
    );
    this.down = h(
      "button",
      {
        type: "button",
        class: "round down",
        testid: "to-bottom",
        hidden: true,
        "aria-label": t("toBottom"),
        title: t("toBottom"),
        onclick: () => this.toBottom(smooth()),
      },
      icon("down"),
    );
    this.root = h("div", { class: "conversation" }, this.scroller, this.down);
    this.atBottom = true;
    // Pictures that arrive late and keyboards that open must not push the end out of sight.
    const follow = new ResizeObserver(() => this.atBottom && this.toBottom());
    follow.observe(this.scroller);
    follow.observe(this.list);
  }

  /** Show another chat of hers; rejects when it cannot be read. */
  async open(chat) {
    this.chat = chat;
    this.view.chat = chat;
    this.records = null;
    this.quiet();
    this.list.dataset.chat = chat;
    this.list.ariaBusy = "true";
    this.list.replaceChildren();
    const records = await this.world.records(chat, this.view.person);
    if (this.chat !== chat) return;
    this.records = records;
    // A whole history is no news: screen readers are told of what comes after it.
    this.list.ariaLive = "off";
    const latest = [...records.values()].slice(-SHOWN);
    this.list.replaceChildren(...latest.map((record) => bubble(record, this.view)));
    this.#days();
    this.toBottom();
    this.#scrolled(); // a short chat does not scroll, and nothing would take the arrow away
    this.list.ariaBusy = "false";
    setTimeout(() => (this.list.ariaLive = "polite"), 300);
  }

  /** Take in an event of this chat, which the world knows already. */
  hear(event) {
    if (event.type === "typing") this.#type();
    else if (!this.records) return;
    else if (event.type === "delete") this.#item(event.message_id)?.remove();
    else this.#put(event.record);
    if (event.type !== "typing") this.#days();
  }

  get empty() {
    return this.records !== null && this.records.size === 0;
  }

  toBottom(behavior = "instant") {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior });
  }

  jump(id) {
    const item = this.#item(id);
    if (!item) return;
    item.scrollIntoView({ block: "center", behavior: smooth() });
    item.classList.add("found");
    setTimeout(() => item.classList.remove("found"), 1600);
  }

  /** No more dots. */
  quiet() {
    clearTimeout(this.timer);
    this.typing.hidden = true;
  }

  /** All buttons here have had their answer. */
  settle() {
    for (const key of this.list.querySelectorAll('[aria-busy="true"]')) key.ariaBusy = "false";
  }

  #put(record) {
    const fresh = bubble(record, this.view);
    const old = this.#item(record.message_id);
    if (old) {
      old.replaceWith(fresh);
      return;
    }
    if (record.by_bot) this.quiet();
    fresh.classList.add("fresh");
    this.list.append(fresh);
    while (this.list.children.length > 2 * SHOWN) this.list.firstChild.remove();
    if (this.atBottom || record.from_id === this.view.person) this.toBottom();
    else this.down.classList.add("news");
  }

  #item(id) {
    return this.list.querySelector(`[data-message="${id}"]`);
  }

  #type() {
    const dots = h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    this.typing.replaceChildren(
      dots,
      h("span", { class: "unseen" }, t("typing", { bot: this.world.bot.first_name })),
    );
    this.typing.hidden = false;
    if (this.atBottom) this.toBottom();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.quiet(), TYPING_MS);
  }

  /** Put a line with the day before the first message of each day, and take idle ones away. */
  #days() {
    let day = null;
    for (const item of [...this.list.children]) {
      const own = item.dataset.day;
      if (item.classList.contains("day")) {
        if (own === day || item.nextElementSibling?.dataset.day !== own) {
          item.remove();
          continue;
        }
      } else if (own !== day) {
        item.before(h("li", { class: "day", data: { day: own } }, longDay(new Date(own * 864e5))));
      }
      day = own;
    }
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.atBottom = scrollHeight - scrollTop - clientHeight < NEAR;
    this.down.hidden = this.atBottom;
    if (this.atBottom) this.down.classList.remove("news");
  }
}
