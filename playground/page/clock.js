/** The clock bar: what time it is in the playground, and the buttons that move it. */

import { get, post } from "./api.js";
import { h, icon } from "./dom.js";
import { longDay, offset, shortMoment, t, time } from "./words.js";

const LOOK_MS = 5000; // how often the bot is asked what comes next

export class ClockBar {
  constructor(world, root, complain) {
    this.world = world;
    this.root = root;
    this.complain = complain;
    this.busy = false;
    setInterval(() => this.tick(), 1000);
    setInterval(() => this.look(), LOOK_MS);
  }

  /** Build the bar in the page's language. */
  build() {
    const step = (testid, label, move) =>
      h(
        "button",
        { type: "button", class: "step", testid, onclick: () => this.#move(move) },
        label,
      );
    this.time = h("strong", { class: "time", testid: "clock-now" });
    this.day = h("span", { class: "date" });
    this.ahead = h("span", { class: "ahead", testid: "clock-ahead" });
    this.due = h("small");
    this.next = step("clock-next", [icon("next"), h("span", {}, t("toNext"), this.due)], {
      to: "next",
    });
    this.next.classList.add("next");
    this.steps = [
      step("clock-hour", t("hour"), { advance_seconds: 3600 }),
      step("clock-day", t("day"), { advance_seconds: 86400 }),
      this.next,
    ];
    const facts = h(
      "div",
      { class: "facts" },
      this.day,
      h("span", { class: "zone" }, t("zone")),
      this.ahead,
    );
    this.root.ariaLabel = t("clock");
    this.root.replaceChildren(this.time, facts, h("div", { class: "steps" }, ...this.steps));
    this.draw();
  }

  draw() {
    const due = this.world.clock.next_due;
    this.due.textContent = due ? shortMoment(new Date(due)) : t("nothingDue");
    this.next.title = due ? "" : t("nothingDueHint");
    this.ahead.textContent = this.busy ? t("moving") : offset(this.world.clock.offset_seconds);
    this.root.ariaBusy = String(this.busy);
    // aria-disabled and not disabled: the button keeps the focus and its tooltip.
    for (const button of this.steps)
      button.ariaDisabled = String(this.busy || (button === this.next && !due));
    this.tick();
  }

  tick() {
    const now = this.world.now();
    for (const [node, words] of [
      [this.time, time(now)],
      [this.day, longDay(now)],
    ]) {
      if (node && node.textContent !== words) node.textContent = words;
    }
  }

  /** Ask again what comes next. */
  async look() {
    if (this.busy || document.hidden || !this.world.clock) return;
    try {
      this.world.setClock(await get("clock"));
      this.draw();
    } catch {
      // The event stream tells when the server is away.
    }
  }

  async #move(body) {
    if (this.busy || (body.to && !this.world.clock.next_due)) return;
    this.busy = true;
    this.complain(null);
    this.draw();
    try {
      this.world.setClock(await post("clock", body));
    } catch (error) {
      this.complain(`${t("moveFailed")} (${error.message})`);
    }
    this.busy = false;
    this.draw();
  }
}
