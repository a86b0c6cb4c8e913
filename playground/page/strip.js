/** The strip of people above the phones: who is there, and buttons to add somebody. */

import { avatar, h, icon, renew, update } from "./dom.js";
import { isHidden } from "./shown.js";
import { t } from "./words.js";

export class Strip {
  /** `app` is main.js. */
  constructor(app, root) {
    this.app = app;
    this.root = root;
    this.chips = h("div", { class: "chips" });
    this.adds = h("div", { class: "adds" });
    root.append(this.chips, this.adds);
  }

  draw() {
    const { world, addPerson, addGroup } = this.app;
    const people = [...world.people.values()];
    this.root.ariaLabel = t("phones");
    renew(
      this.chips,
      people.map((person) => this.#chip(person)),
    );
    const group = adder("new-group", t("newGroup"), "group", () => addGroup({}));
    this.adds.replaceChildren(adder("new-person", t("newPerson"), "person", () => addPerson()));
    if (people.length > 0) this.adds.append(group);
  }

  /** Draw one chip anew: unread, hidden or in view may have changed. */
  drawChip(id) {
    const chip = this.chips.querySelector(`[data-person="${id}"]`);
    if (!chip) return;
    update(chip, this.#chip(this.app.world.people.get(id)));
    if (this.app.inView(id)) chip.scrollIntoView({ inline: "nearest", block: "nearest" });
  }

  #chip(person) {
    const { world, phones, inView, reveal } = this.app;
    const { id, first_name: name } = person;
    const label = t("show", { name: world.name(id) });
    const unread = phones.get(id)?.unread.size > 0;
    return h(
      "button",
      {
        type: "button",
        class: isHidden(person, world) ? "chip hidden" : "chip",
        testid: "chip",
        data: { person: id },
        title: label,
        "aria-label": unread ? `${label}, ${t("unread")}` : label,
        "aria-current": inView(id) ? "true" : null,
        onclick: () => reveal(id),
      },
      avatar(world.name(id), id),
      h("span", {}, name),
      unread && h("span", { class: "dot" }),
    );
  }
}

function adder(testid, label, sign, onclick) {
  const look = { type: "button", class: "add", testid, title: label, "aria-label": label, onclick };
  return h("button", look, icon(sign), h("span", {}, label));
}
