/* The page Saved: the list of kept papers, and what can be done with them. */

import { FORMATS } from "./exports.js";
import { merge, readFile, Refused, sound, splitLabels } from "./imports.js";
import { amend, complete, drop, keep, kept, onKept } from "./kept.js";
import { button, inWords, say } from "./notice.js";
import { base, damaged, forgetDamaged, on } from "./store.js";
import { addTerms, removeTerm, terms } from "./terms.js";

const at = (id) => document.getElementById(`saved-${id}`);
const topics = new Map([...at("topics").options].map((option) => [option.dataset.slug, option]));
const names = new Map([...topics].map(([slug, option]) => [slug, option.value]));
const rows = new Map();
// As citations have it; a preview, or a copy of the site, is elsewhere.
const site = new URL("..", document.querySelector("link[rel=canonical]")?.href ?? location.href).href;

const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

const ORDERS = {
  kept: () => 0, // as stored
  seen: (a, b) => (b.first_seen ?? "").localeCompare(a.first_seen ?? ""),
  title: (a, b) => a.title.localeCompare(b.title, "en"),
};

function papers() {
  return [...kept().values()].map(sound);
}

/* Those of the chosen label in the chosen order. */
function chosen() {
  const label = at("label").value;
  const all = papers().filter((paper) => !label || paper.labels?.includes(label));
  return all.sort(ORDERS[at("order").value]);
}

function show() {
  showLabels();
  const shown = chosen().map((paper) => {
    if (!rows.has(paper.key)) rows.set(paper.key, rowOf(paper.key));
    const row = rows.get(paper.key);
    fill(row, paper);
    return row;
  });
  // A row that moves loses the focus of its fields.
  const before = [...at("list").children];
  if (before.length !== shown.length || shown.some((row, index) => row !== before[index])) {
    at("list").replaceChildren(...shown);
  }
  const number = kept().size;
  at("none").hidden = number > 0;
  at("choice").hidden = number === 0;
  at("list").hidden = shown.length === 0;
  at("count").textContent = number ? `${shown.length} of ${number} shown` : "";
  at("damaged").hidden = damaged("saved") === null;
  showTaking();
}

function showLabels() {
  const labels = [...new Set(papers().flatMap((paper) => paper.labels ?? []))].sort();
  const select = at("label");
  const before = select.value;
  const options = [...select.options].map((option) => option.value);
  if (options.join() === ["", ...labels].join()) return; // no label holds a comma
  select.replaceChildren(new Option("All", ""), ...labels.map((label) => new Option(label)));
  select.value = labels.includes(before) ? before : "";
}

function rowOf(key) {
  const row = at("paper").content.firstElementChild.cloneNode(true);
  const note = row.querySelector("textarea");
  const labels = row.querySelector("input");
  const store = () => {
    const { message } = amend(key, { note: note.value, noted: new Date().toISOString() });
    say(message);
  };
  let waiting = 0;
  note.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(store, 400);
  });
  note.addEventListener("change", () => {
    clearTimeout(waiting);
    store();
  });
  labels.addEventListener("change", () => {
    say(amend(key, { labels: splitLabels(labels.value) }).message);
  });
  row.querySelector("button").addEventListener("click", () => remove(key, row));
  return row;
}

function fill(row, paper) {
  const set = (selector, text) => (row.querySelector(selector).textContent = text);
  const link = row.querySelector("a");
  link.textContent = paper.title;
  link.href = isOurs(paper) ? new URL(`papers/${paper.key}/`, base) : paper.url;
  set(".bs-authors", (paper.authors ?? []).join(", "));
  const seen = paper.first_seen && `First seen on ${DATE.format(new Date(paper.first_seen))}`;
  set(".bs-facts", [seen, paper.arxiv_id && `arXiv:${paper.arxiv_id}`].filter(Boolean).join(" · "));
  row.querySelector(".bs-chips").replaceChildren(...(paper.topics ?? []).map(chipOf));
  const fields = { textarea: paper.note ?? "", input: (paper.labels ?? []).join(", ") };
  for (const [name, text] of Object.entries(fields)) {
    const field = row.querySelector(name);
    if (field !== document.activeElement) field.value = text;
  }
  row.querySelector("button").ariaLabel = `Remove: ${paper.title}`;
}

function isOurs({ url }) {
  return !url || url.startsWith(site);
}

function chipOf(slug) {
  const item = document.createElement("li");
  const link = document.createElement(topics.has(slug) ? "a" : "span");
  link.className = `bs-chip bs-${topics.get(slug)?.dataset.facet ?? "contribution"}`;
  link.textContent = names.get(slug) ?? slug;
  if (topics.has(slug)) link.href = new URL(`tags/${slug}/`, base);
  item.append(link);
  return item;
}

function remove(key, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  const { ok, message, paper } = drop(key);
  if (!ok) return say(message);
  (next?.querySelector("button") ?? [at("order"), at("none")].find((one) => one.checkVisibility())).focus();
  say(`Removed: ${paper.title}`, { label: "Undo", act: () => say(keep(paper).message) });
}

/* Taking away */

/* Nothing is no file, and would empty the clipboard. Terms are in a JSON file alone. */
function showTaking() {
  const has = kept().size || (at("format").value === "json" && terms().length);
  at("download").disabled = at("copy").disabled = !has;
}

function exported() {
  const format = FORMATS[at("format").value];
  return { ...format, text: format.write(chosen(), names, terms()) };
}

function download({ name, type, text }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

at("download").addEventListener("click", () => download(exported()));
at("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(exported().text.replace(/^\ufeff/, ""));
    say("Copied.");
  } catch {
    say("The browser does not let this page copy; download the file instead.");
  }
});

/* Bringing back */

at("file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  try {
    await bringBack(await file.text());
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(error.message);
  }
  target.value = "";
});

async function bringBack(text) {
  const file = readFile(text);
  const own = new Map(papers().map((paper) => [paper.key, paper]));
  const united = file.papers.map((paper) => (own.has(paper.key) ? merge(own.get(paper.key), paper) : paper));
  const { ok, message } = keep(...united);
  if (!ok) return say(message);
  const added = addTerms(...file.terms);
  say(added.message || `Read ${inWords(file.papers.length)}; ${own.size} ${own.size === 1 ? "was" : "were"} here before.`);
  // One that another site wrote, or this one at a former address, may have its page here.
  for (const paper of united) if (!isOurs(paper) || !paper.url) await complete(paper.key);
}

/* What was put aside */

at("rescue").addEventListener("click", () =>
  download({ name: "saved-damaged.txt", type: "text/plain", text: damaged("saved") }),
);
at("forget").addEventListener("click", () => forgetDamaged("saved"));

/* Terms */

function showTerms() {
  const items = terms().map((term) => {
    const item = document.createElement("li");
    const name = term.kind === "topic" ? names.get(term.text) ?? term.text : term.text;
    const chip = button(`${name} ×`, () => say(removeTerm(term).message));
    chip.className = "bs-button";
    chip.ariaLabel = `Remove ${term.kind}: ${name}`;
    item.append(chip);
    return item;
  });
  at("term-list").replaceChildren(...items);
  showTaking();
}

const form = at("terms");
form.elements.kind.addEventListener("change", ({ target }) => {
  if (target.value === "topic") form.elements.text.setAttribute("list", "saved-topics");
  else form.elements.text.removeAttribute("list");
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { kind, text } = Object.fromEntries(new FormData(form));
  const wanted = text.trim();
  const slug = [...names].find(([slug, name]) => [slug, name.toLowerCase()].includes(wanted.toLowerCase()))?.[0];
  if (kind === "topic" && !slug) return say("No topic has this name: choose one of the list.");
  say(addTerms({ kind, text: kind === "topic" ? slug : wanted }).message);
  form.elements.text.value = "";
});

// What is being typed is stored before the page goes.
window.addEventListener("pagehide", () => document.activeElement?.blur());
for (const id of ["label", "order"]) at(id).addEventListener("change", show);
at("format").addEventListener("change", showTaking);
onKept(show);
on("saved.damaged", show);
on("terms", showTerms);
show();
showTerms();
document.querySelector(".bs-saved").dataset.ready = "";
// What was kept without a connection.
for (const { key, url } of kept().values()) if (!url) complete(key);
