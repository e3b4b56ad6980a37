/* Keeping, on every page: a button on each paper that a list or a page shows, the number of kept
   papers in the masthead, and the modules that only some pages or readers need. */

import { isKept, keep, kept, onKept, titleOf, toggleKept } from "./kept.js";
import { button, say } from "./notice.js";
import { base, on, read } from "./store.js";

let papers = [...document.querySelectorAll("[data-key]")];
let buttons = new Map();
const saved = new URL("saved/", base).href;

/** Keep the paper of an element with `data-key`, or keep it no longer, and say what needs saying. */
export function toggle(element) {
  const { kept, message, ok, paper } = toggleKept(element);
  const undone = () => say(keep(paper).message);
  if (ok && !kept) say(`No longer kept: ${paper.title}`, { label: "Undo", act: undone });
  else say(message);
}

/** Let papers that a script has put on the page be kept as any other, and tell whoever marks papers. */
export function adopt(added) {
  papers = [...papers.filter((paper) => paper.isConnected), ...added];
  buttons = new Map([...buttons].filter(([paper]) => paper.isConnected));
  added.forEach(addButton);
  show();
  heedFormulas();
  document.dispatchEvent(new CustomEvent("bs-adopt"));
}

function addButton(paper) {
  const place = paper.querySelector("bs-keep, .bs-foot");
  if (!place) return; // a line of a month
  const element = button("", () => toggle(paper));
  element.className = "bs-keep";
  buttons.set(paper, element);
  place.append(element);
}

function show() {
  for (const paper of papers) paper.toggleAttribute("data-kept", isKept(paper.dataset.key));
  for (const [paper, element] of buttons) {
    const pressed = isKept(paper.dataset.key);
    element.setAttribute("aria-pressed", pressed);
    element.textContent = pressed ? "Kept" : "Keep";
    element.ariaLabel = `${element.textContent}: ${titleOf(paper)}`;
  }
  count.textContent = kept().size || "";
}

const count = document.createElement("span");
count.className = "bs-count";
[...document.querySelectorAll(".bs-sections a")].find((link) => link.href === saved)?.append(count);

papers.forEach(addButton);
show();
onKept(show);

function heedFormulas() {
  if (document.querySelector("math")) import("./copied.js");
}
heedFormulas();

let marking = null;
function markTerms() {
  if (!marking && read("terms", []).length) marking = import("./marks.js");
}
markTerms();
on("terms", markTerms);

if (document.querySelector(".bs-saved")) import("./saved.js");
