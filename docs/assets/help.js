/* What the keys do and what the reader may choose, in one dialog. */

import { make } from "./dom.js";
import { button } from "./notice.js";
import { on, read, write } from "./store.js";

const KEYS = [
  [["j"], "next paper"],
  [["k"], "previous paper"],
  [["o", "Enter"], "open it"],
  [["s"], "keep it, or no longer"],
  [["x"], "unfold or fold its abstract"],
  [["/"], "search"],
  [["?"], "this help"],
];
const SEEN = { shown: "Shown as any other", dimmed: "Dimmed", hidden: "Hidden" };

/** What becomes of papers the reader has seen: `shown`, `dimmed` or `hidden`. */
export function seenPapers() {
  const choice = read("seen-papers", "shown");
  return choice in SEEN ? choice : "shown";
}

/** Whether single keys act: who speaks to the browser, or hits keys by chance, wants none. */
export function keysAct() {
  return read("keys", true);
}

/** Call a function whenever the reader chooses otherwise, in this tab or another. */
export function onChoice(listener) {
  on("seen-papers", listener);
  on("keys", listener);
}

let dialog;

/** Show the help; closing it puts the focus back to where it was. */
export function openHelp() {
  dialog ??= document.querySelector(".bs").appendChild(makeDialog());
  for (const input of dialog.querySelectorAll("input")) {
    input.checked = input.type === "radio" ? input.value === seenPapers() : keysAct();
  }
  dialog.showModal();
}

function makeDialog() {
  const result = make("dialog", { className: "bs-help", "aria-labelledby": "bs-help" });
  const said = make("p", { className: "bs-said", "aria-live": "polite" });
  const close = button("Close", () => result.close());
  result.append(...parts(), make("p", { className: "bs-close" }, said, close));
  result.addEventListener("change", ({ target }) => {
    const stored = target.type === "radio" ? write("seen-papers", target.value) : write("keys", target.checked);
    said.textContent = stored.message;
  });
  // Around it is still the dialog, but nothing that is in it.
  result.addEventListener("click", ({ target }) => target === result && result.close());
  return result;
}

/** What the dialog says. A phone may have keys, but few have, and choosing is what its readers come for. */
function parts() {
  const heading = (words) => make("h2", { id: "bs-help" }, words);
  if (!matchMedia("(hover: none) and (pointer: coarse)").matches) {
    return [heading("Keys and choices"), ...keys(), choices()];
  }
  return [heading("Choices and keys"), choices(), make("h3", {}, "With a keyboard"), ...keys()];
}

function keys() {
  const rows = KEYS.map(([names, what]) => make("div", {}, make("dt", {}, ...named(names)), make("dd", {}, what)));
  return [make("dl", {}, ...rows), make("label", {}, make("input", { type: "checkbox" }), "These keys act")];
}

function named(names) {
  return names.flatMap((name, index) => [index ? " or " : "", make("kbd", {}, name)]);
}

function choices() {
  const radios = Object.entries(SEEN).map(([value, words]) =>
    make("label", {}, make("input", { type: "radio", name: "seen-papers", value }), words),
  );
  return make(
    "fieldset",
    {},
    make("legend", {}, "Papers you have seen"),
    make("p", {}, "Listed by the day of your last visit, opened, or marked as seen. All others are new."),
    ...radios,
  );
}
