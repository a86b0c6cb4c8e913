/** Small tools to build the page; text always becomes text nodes, never markup. */

/** Build an element: attributes, `on…` listeners, `testid`, `data`, then its children. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "testid") node.dataset.testid = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child || child === 0));
  return node;
}

/** Bring what stands in there up to date and keep its nodes: no press on one may be lost. */
export function renew(root, fresh) {
  const there = [...root.childNodes];
  for (const [place, node] of fresh.entries()) {
    if (place >= there.length) root.append(node);
    else if (alike(there[place], node)) update(there[place], node);
    else there[place].replaceWith(node);
  }
  for (const rest of there.slice(fresh.length)) rest.remove();
}

/** Make a node that stays look like a fresh one; what a press on it does stays as it was. */
export function update(node, fresh) {
  if (node.isEqualNode(fresh)) return;
  if (node.nodeType === Node.TEXT_NODE) {
    node.data = fresh.data;
    return;
  }
  for (const name of node.getAttributeNames())
    if (!fresh.hasAttribute(name)) node.removeAttribute(name);
  for (const name of fresh.getAttributeNames()) node.setAttribute(name, fresh.getAttribute(name));
  renew(node, [...fresh.childNodes]);
}

/** Whether one may stand for the other: a press on both does the same. */
function alike(node, fresh) {
  const same = JSON.stringify({ ...node.dataset }) === JSON.stringify({ ...fresh.dataset });
  return node.nodeName === fresh.nodeName && same;
}

/** One of the symbols of index.html. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A button that shows an icon and says its label to screen readers and as a tooltip. */
export function iconButton(name, label, props = {}) {
  return h(
    "button",
    { type: "button", class: "round", "aria-label": label, title: label, ...props },
    icon(name),
  );
}

/** The colour of somebody's avatar and name: calm, and always the same for the same id. */
export function tint(id) {
  return `tint-${Math.abs(id) % 8}`;
}

/** A round avatar with the first letters of up to two words. */
export function avatar(name, id) {
  const words = name.trim().split(/\s+/).slice(0, 2);
  const initials = words
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
  return h("span", { class: `avatar ${tint(id)}`, "aria-hidden": "true" }, initials);
}

/** Remember what has the focus in there; the answer gives it back to its successor after a redraw. */
export function focusIn(root) {
  const now = document.activeElement;
  if (!root.contains(now) || !now.dataset.testid) return () => {};
  const marks = Object.entries(now.dataset).map(([name, value]) => `[data-${name}="${value}"]`);
  const like = marks.join("");
  return () => now.isConnected || root.querySelector(like)?.focus();
}

/** Copy to the clipboard; browsers refuse it on plain http from another machine. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Scroll politely: at once for those who asked for less motion. */
export const smooth = () =>
  matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
