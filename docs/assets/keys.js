/* Single keys, where nothing is typed and no other key is held. */

import { keysAct, openHelp } from "./help.js";
import { toggle } from "./keep.js";

const FIELD = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

const ACTIONS = new Map([
  ["j", () => step(1)],
  ["k", () => step(-1)],
  ["o", () => linkOf(current())?.click()],
  ["s", keep],
  ["x", fold],
  ["?", openHelp],
]);
const REPEATED = ["j", "k"];

/** Let the keys act from now on. */
export function listenToKeys() {
  // Before all others: the theme's script has keys of its own, some the same as ours.
  window.addEventListener("keydown", heed, { capture: true });
}

function heed(event) {
  const { key, target } = event;
  if (!/^\S$/.test(key) || event.ctrlKey || event.metaKey || event.altKey || target.closest?.(FIELD)) return;
  const acts = keysAct() && !document.querySelector("dialog[open]");
  if (acts && key === "/") return; // shell.js has it, as it is on every page
  event.stopPropagation();
  if (!acts || !ACTIONS.has(key) || (event.repeat && !REPEATED.includes(key))) return;
  event.preventDefault();
  ACTIONS.get(key)();
}

/** The listed paper that has the focus, if one has. */
function current() {
  return document.activeElement.closest("li[data-key]");
}

function linkOf(item) {
  return item?.querySelector(".bs-title a, :scope > a");
}

/** Focus the paper before or after; if none has the focus, the first that begins on the screen. */
function step(by) {
  const shown = [...document.querySelectorAll("li[data-key]:not([hidden])")];
  const here = shown.indexOf(current());
  const next = here < 0 ? shown.find((item) => item.getBoundingClientRect().top >= 0) : shown[here + by];
  if (!next) return;
  linkOf(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** Keep the paper that has the focus, or the one that the page is about. */
function keep() {
  const paper = current() ?? document.querySelector(".bs-paper[data-key]");
  if (paper) toggle(paper);
}

function fold() {
  const rest = current()?.querySelector("details");
  if (!rest) return;
  // What is folded away loses the focus.
  if (rest.open) linkOf(current()).focus({ preventScroll: true });
  rest.open = !rest.open;
}
