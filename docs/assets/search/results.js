/* A paper that was found, as a list shows it: made of the paper's own page, so that title, formulas and
   topics are those of everywhere else. */

import { make } from "../dom.js";
import { base } from "../store.js";
import { ALONE, SIGNED, stem, wordsOf } from "./words.js";

export const UNREAD = "The search could not be read: is there no connection?";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
const SNIPPET = 280; // characters of an abstract that are shown
const BEFORE = 90; // of them at most before the first word that was sought, where no sentence begins
const BUILT = "msub, msup, msubsup, munder, mover, munderover, mfrac, mroot"; // elements of a formula
const LETTERS = String.raw`(?:${SIGNED.source}|[\p{L}\p{N}\p{M}]+)`;
const RUNS = new RegExp(String.raw`${LETTERS}(?:(?:[-\u2010\u2011]|_[({]?)${LETTERS})*`, "giu");

const WORDS = new RegExp(`${SIGNED.source}|${ALONE.source}|(?:(?!${ALONE.source})[\\p{L}\\p{N}\\p{M}])+`, "giu");

const pages = new Map();

/** Items of hits for a list, in their order, with the terms that were sought marked in them. In place of
    one that has not the words of each phrase side by side, or has those of one to be left out, stands
    null, and so of one whose page cannot be had, as just after a new digest; it is an error where none
    can. */
export async function itemsOf(hits, { terms, phrases = [], without = [] }) {
  const made = await Promise.allSettled(hits.map((hit) => itemOf(hit, terms, phrases, without)));
  if (hits.length && made.every(({ status }) => status === "rejected")) throw made[0].reason;
  return made.map(({ value }) => value ?? null);
}

async function itemOf({ period, paper, doubtful }, terms, phrases, without) {
  const { key, day, page } = await period.locate(paper);
  const address = new URL(page, base);
  const element = (await pageAt(address)).querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!element) throw new Error(`${key} is not at ${address}`);
  if (!phrases.every((phrase) => hasPhrase(element, phrase))) return null;
  if (doubtful && without.some((phrase) => phrase.terms.length > 1 && hasPhrase(element, phrase))) return null;
  const marked = new Set([...terms, ...phrases.flatMap((phrase) => phrase.terms)]);
  const { topics, seen, code } = element.dataset;
  const link = make("a", { href: page.startsWith("days/") ? `${address}#p-${key}` : address.href });
  const title = element.querySelector("h1, .bs-title a");
  link.append(...copiesOf(title.childNodes));
  mark(link, marked);
  const item = make("li", { className: "bs-item" }, make("h3", { className: "bs-title", dir: "auto" }, link));
  Object.assign(item.dataset, { key, topics, seen }, code === undefined ? {} : { code });
  const authors = element.querySelector(".bs-authors")?.textContent.trim();
  if (authors) item.append(make("p", { className: "bs-authors" }, authors));
  item.append(snippetOf(element, marked, phrases), footOf(element, address, key, day));
  return item;
}

async function pageAt(address) {
  if (!pages.has(address.href)) {
    const page = readPage(address);
    page.catch(() => pages.delete(address.href));
    pages.set(address.href, page);
  }
  return pages.get(address.href);
}

async function readPage(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/* Whether a title, an abstract or names have some terms one after the other. */
function hasPhrase(element, { terms }) {
  const title = element.querySelector("h1, .bs-title a");
  const names = [...element.querySelectorAll(".bs-authors")].map(({ textContent }) => textContent);
  const texts = [...readingsOf([title]), ...readingsOf(abstractOf(element)), element.dataset.authors ?? "", ...names];
  const sought = ` ${terms.join(" ")} `;
  return texts.some((text) => ` ${wordsOf(text).map(stem).join(" ")} `.includes(sought));
}

/* The text of some elements, without the TeX that stands behind a formula. Where a formula has more than
   letters in a row, as an index or a quotient, there are two ways to read it: as one word, or as several. */
function readingsOf(elements) {
  const copies = elements.map((element) => element.cloneNode(true));
  for (const copy of copies) for (const tex of copy.querySelectorAll("annotation")) tex.remove();
  const text = () => copies.map(({ textContent }) => textContent).join(" ");
  const joined = text();
  const parts = copies.flatMap((copy) => [...copy.querySelectorAll(BUILT)]);
  for (const part of parts) for (const child of [...part.children]) child.before(" ");
  return parts.length ? [joined, text()] : [joined];
}

function abstractOf(element) {
  const parts = [...element.querySelectorAll(".bs-abstract, .bs-opening, .bs-rest > p:not(.bs-authors)")];
  return parts.filter((part) => !part.closest(".bs-rail, .bs-head"));
}

function copiesOf(nodes) {
  return [...nodes].map((node) => document.importNode(node, true));
}

function footOf(element, address, key, day) {
  const foot = make("div", { className: "bs-foot" });
  const chips = element.querySelector(".bs-chips");
  if (chips) {
    const copy = document.importNode(chips, true);
    for (const link of copy.querySelectorAll("a")) link.href = new URL(link.getAttribute("href"), address).href;
    foot.append(copy);
  }
  const [year, month, date] = day.split("-").map(Number);
  const shown = make("a", { href: new URL(`days/${day}/#p-${key}`, base).href }, `${date} ${MONTHS[month - 1]} ${year}`);
  foot.append(make("p", { className: "bs-facts" }, shown, "code" in element.dataset ? " · has code" : ""));
  return foot;
}

/* The part of the abstract that has a phrase, or else most of the terms. */
function snippetOf(element, terms, phrases) {
  const whole = document.createElement("p");
  whole.className = "bs-opening";
  whole.dir = "auto";
  for (const part of abstractOf(element)) whole.append(...copiesOf(part.childNodes), " ");
  const text = whole.textContent;
  const found = foundIn(text, terms);
  const [start, end] = windowOf(text, found, phrases);
  cutTo(whole, start, end);
  mark(whole, terms);
  if (start > 0) whole.prepend("… ");
  if (end < text.trimEnd().length) whole.append(" …");
  return whole;
}

/* Where terms stand in a text: `{start, end, terms}`. */
function foundIn(text, terms) {
  const found = [];
  for (const { 0: run, index } of text.matchAll(RUNS)) {
    const own = wordsOf(run).map(stem);
    const joined = own.length > 1 ? stem(wordsOf(run).join("")) : "";
    if (terms.has(joined)) found.push({ start: index, end: index + run.length, term: joined });
    else {
      for (const { 0: word, index: within } of run.matchAll(WORDS)) {
        const term = wordsOf(word).map(stem).find((one) => terms.has(one));
        if (term) found.push({ start: index + within, end: index + within + word.length, term });
      }
    }
  }
  return found;
}

/* Whether the terms of a phrase stand side by side from one of what was found on. */
function isPhrase(text, found, { terms }) {
  const words = found.slice(0, terms.length);
  const between = words.slice(1).map(({ start }, index) => text.slice(words[index].end, start));
  return terms.every((term, index) => words[index]?.term === term) && !between.some((gap) => wordsOf(gap).length);
}

/* The stretch of a text with a phrase, then most different terms: from the start of a sentence if one
   is near. */
function windowOf(text, found, phrases) {
  let best = { start: 0, number: 0 };
  found.forEach(({ start }, index) => {
    const held = found.slice(index).filter(({ end }) => end <= start + SNIPPET - BEFORE);
    const begun = phrases.filter((phrase) => isPhrase(text, found.slice(index), phrase));
    const number = new Set(held.map(({ term }) => term)).size + begun.length * found.length;
    if (number > best.number) best = { start, number };
  });
  const sentences = [0, ...[...text.matchAll(/[.!?]\s+(?=\p{Lu})/gu)].map(({ 0: gap, index }) => index + gap.length)];
  const sentence = sentences.findLast((start) => start <= best.start);
  const blank = text.indexOf(" ", Math.max(0, best.start - BEFORE)) + 1;
  const start = best.start - sentence <= BEFORE ? sentence : Math.min(blank, best.start);
  if (text.length - start <= SNIPPET) return [start, text.length];
  const last = text.lastIndexOf(" ", start + SNIPPET);
  return [start, last > start ? last : start + SNIPPET];
}

/* Take away what of an element's text lies before or after; a formula is never parted. */
function cutTo(element, start, end) {
  let passed = 0;
  for (const node of [...element.childNodes]) {
    const { length } = node.textContent;
    const [from, to] = [start - passed, end - passed];
    passed += length;
    if (to <= 0 || from >= length) node.remove();
    else if (node.nodeType === Node.TEXT_NODE) node.data = node.data.slice(Math.max(0, from), to);
  }
}

/* Mark terms where they stand in the text of an element, formulas apart. */
function mark(element, terms) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.localName === "math" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const nodes = [];
  while (walker.nextNode()) if (walker.currentNode.nodeType === Node.TEXT_NODE) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const parts = [];
    let passed = 0;
    for (const { start, end } of foundIn(node.data, terms)) {
      parts.push(node.data.slice(passed, start), make("mark", {}, node.data.slice(start, end)));
      passed = end;
    }
    if (parts.length) node.replaceWith(...parts, node.data.slice(passed));
  }
}
