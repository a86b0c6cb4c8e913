/** The right end of the bar: faults, help, and the language of the page. */

import { clear, post } from "./api.js";
import * as dialogs from "./dialogs.js";
import { focusIn, h } from "./dom.js";
import { lang, languageName, PAGE_LANGUAGES, speak, t } from "./words.js";

/** `redraw` is called when another language was chosen. */
export function drawTools(root, world, redraw) {
  const focus = focusIn(root);
  const armed = world.faults.length > 0 && h("span", { class: "count" }, world.faults.length);
  const open = (event) => faults(world, event.currentTarget);
  const fault = {
    type: "button",
    class: "quiet",
    testid: "faults",
    "aria-haspopup": "menu",
    onclick: open,
  };
  const about = {
    type: "button",
    class: "quiet",
    testid: "help",
    title: t("help"),
    "aria-label": t("help"),
  };
  root.replaceChildren(
    h("button", fault, t("faults"), armed),
    h("button", { ...about, onclick: dialogs.help }, "?"),
    h(
      "div",
      { class: "tongues", role: "group", "aria-label": t("pageLanguage") },
      ...PAGE_LANGUAGES.map((code) => tongue(code, redraw)),
    ),
  );
  focus();
}

function tongue(code, redraw) {
  const change = () => {
    speak(code);
    redraw();
  };
  const name = { title: languageName(code), "aria-label": languageName(code), lang: code };
  const state = {
    testid: "language",
    data: { language: code },
    "aria-pressed": String(code === lang),
  };
  return h("button", { type: "button", ...name, ...state, onclick: change }, code.toUpperCase());
}

/** The two that a newcomer wants to see in words, the others by the key that README explains. */
function faultName(kind) {
  return { 429: t("tooMany"), timeout_after: t("timeout") }[kind] ?? kind;
}

function faults(world, anchor) {
  const arm = (kind) => () => post("faults", { kind, count: 1 });
  const armed = world.faults.map(
    ({ kind, method, count }) => `${kind} · ${method ?? "*"} × ${count}`,
  );
  dialogs.menu(anchor, t("faults"), [
    t("faultsHint"),
    ...world.faultKinds.map((kind) => ({ key: kind, text: faultName(kind), act: arm(kind) })),
    ...(armed.length ? armed : [t("noFaults")]),
    ...(armed.length ? [{ key: "clear", text: t("clearFaults"), act: () => clear("faults") }] : []),
  ]);
}
