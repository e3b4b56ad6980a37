/* The page of the search. Its address says what is sought: `?q=graph+attention&topic=graph-learning&
   from=2025-03-01&to=2025-03-31&code=1`. */

import { make } from "./dom.js";
import { adopt } from "./keep.js";
import { titleOf } from "./kept.js";
import { inWords } from "./notice.js";
import { readQuery } from "./search/query.js";
import { search } from "./search/ranking.js";
import { UNREAD, itemsOf } from "./search/results.js";
import { stem, wordsOf } from "./search/words.js";
import { base } from "./store.js";

const FIRST = 5; // results shown at first: as many as a screen has room for
const NEXT = 10; // shown with them whenever more are wanted
const WAYS = 5; // topics that are named beside the results; of more, the shortest names
const BY_ITSELF = 25; // up to which the list grows as its end comes into view
const READ = 10; // papers read at a time for words in quotes
const MOST_READ = 60; // of them, before the reader is asked whether to go on
const PAUSE = 250; // milliseconds without a key after which is searched
const PATIENCE = 600; // milliseconds after which a search that goes on says so
const LONGEST = 100; // characters of what was typed that are said again
const NAMES = ["q", "topic", "from", "to", "code"];

const page = document.querySelector(".bs-search");
const form = page.querySelector("form");
const hint = page.querySelector("#search-hint");
const said = page.querySelector("#search-said");
const list = page.querySelector("#search-results");
const ways = page.querySelector("#search-ways");
const more = page.querySelector("#search-more");
const filters = form.querySelector(".bs-filters");
const clear = form.querySelector("#search-clear");
const field = form.elements.q;

let latest = 0;
let waiting;
let unheard = []; // what the address asks for and the form cannot, in sentences
let shown;
let adding = Promise.resolve();

/* Fill the form from the address, and keep what it has no place for, such as a topic of former times. */
function readAddress() {
  const asked = new URL(location).searchParams;
  for (const name of NAMES) {
    const control = form.elements[name];
    if (control.type === "checkbox") control.checked = asked.get(name) === control.value;
    else control.value = asked.get(name) ?? "";
  }
  const { topic, from, to } = form.elements;
  if (topic.selectedIndex < 0) topic.value = "";
  const isUnheard = ({ name, value }) => asked.get(name) && !value;
  unheard = [topic, from, to].filter(isUnheard).map(({ name }) => {
    const said = quoted(asked.get(name));
    return name === "topic" ? ` No topic is called ${said}, so none was asked for.` : ` ${said} is no day, so none was asked for.`;
  });
  // None that counts is folded away.
  if ([...new FormData(form)].some(([name, value]) => name !== "q" && value)) filters.open = true;
}

/* The address that asks for what the form says. */
function addressOf() {
  const data = new FormData(form);
  const told = NAMES.map((name) => [name, data.get(name) ?? ""]).filter(([, value]) => value.trim());
  const query = new URLSearchParams(told).toString();
  return location.pathname + (query ? `?${query}` : "");
}

async function run() {
  clearTimeout(waiting);
  const turn = ++latest;
  const isOld = () => turn !== latest;
  const { q, topic, from, to, code } = Object.fromEntries(new FormData(form));
  const isFiltered = [topic, from, to, code].some(Boolean);
  clear.hidden = !isFiltered;
  hint.hidden = Boolean(q.trim() || isFiltered);
  ways.replaceChildren(...waysFor(q));
  shown = { hits: [], terms: new Set(), phrases: [], without: [], next: 0, held: 0 };
  if (!q.trim() && !isFiltered) {
    show([], unheard);
    return;
  }
  if (from && to && from > to) {
    show([], ["No paper passes these filters: “From” is later than “to”.", ...unheard]);
    return;
  }
  list.ariaBusy = true;
  const slow = setTimeout(() => isOld() || (said.textContent = "Searching …"), PATIENCE);
  try {
    const found = { ...(await search(q, { topic, from, to, code: Boolean(code) })), next: 0, held: 0 };
    const items = isOld() ? [] : await nextItems(found, Math.max(FIRST, history.state?.shown ?? 0));
    if (isOld()) return;
    shown = found;
    show(nearestFirst(items, q), found.hits.length ? wordsFor(found) : noneFor(found, q.trim(), isFiltered));
  } catch {
    if (!isOld()) show([], UNREAD);
  } finally {
    clearTimeout(slow);
  }
}

/* Items, of the first of which those stand before all others whose title is what was typed, then those
   whose title has it within: the index does not tell where words stand. Later ones keep their place, as
   whoever comes back to the page has them all at once. */
function nearestFirst(items, typed) {
  const sought = ` ${termsOf(typed)} `;
  const nearness = (item) => {
    const title = ` ${termsOf(titleOf(item))} `;
    return title.includes(sought) + (title === sought);
  };
  const first = items.slice(0, FIRST).map((item) => ({ item, near: nearness(item) }));
  first.sort((a, b) => b.near - a.near);
  return [...first.map(({ item }) => item), ...items.slice(FIRST)];
}

function termsOf(text) {
  return wordsOf(text).map(stem).join(" ");
}

/* Items for the next hits. The index does not tell where words stand: for words in quotes, hits are read
   until so many have them side by side. One that has words to be left out side by side is no hit. */
async function nextItems(found, number) {
  const turn = latest;
  const atOnce = found.phrases.length ? READ : number;
  const last = found.next + (found.phrases.length || isUnsure(found) ? MOST_READ : number);
  const items = [];
  do {
    const wanted = found.hits.slice(found.next, Math.min(found.next + atOnce, last));
    const made = await itemsOf(wanted, found);
    items.push(...made.filter(Boolean));
    const left = found.phrases.length ? wanted : wanted.filter(({ doubtful }, index) => made[index] || !doubtful);
    found.hits.splice(found.next, wanted.length, ...left);
    found.next += left.length;
  } while (items.length < number && found.next < Math.min(last, found.hits.length) && turn === latest);
  found.held += items.length;
  return items;
}

/* Whether some of the hits not yet read may have words side by side that are to be left out. */
function isUnsure({ hits, next }) {
  return hits.some(({ doubtful }, index) => doubtful && index >= next);
}

function show(items, words) {
  list.replaceChildren();
  append(items);
  said.replaceChildren(...[words].flat());
  list.ariaBusy = false;
}

function append(items) {
  list.append(...items);
  adopt(items);
  more.hidden = shown.next >= shown.hits.length;
  page.style.minHeight = "";
  history.replaceState({ shown: list.childElementCount, height: page.offsetHeight }, "");
}

/* Whoever comes back to the page finds as many results as there were, and the browser leads her to the
   place where she was as soon as the page is as high. */
function keepRoom() {
  if (history.state?.height) page.style.minHeight = `${history.state.height}px`;
}

/* Only once those that were wanted before are here, so that the order stays. */
function addMore() {
  adding = adding.then(async () => {
    const found = shown;
    try {
      const counted = found.phrases.length || isUnsure(found);
      const items = await nextItems(found, NEXT);
      if (found === shown) append(items);
      if (found === shown && counted) said.replaceChildren(...wordsFor(found));
      return items;
    } catch {
      if (found === shown) said.textContent = UNREAD;
      return [];
    }
  });
  return adding;
}

/* What is said of a search: how many papers, and how the words were read. */
function wordsFor(found) {
  const { hits, phrases } = found;
  if (phrases.length) return [phrasedFor(hits.length, found), ...readingsFor(found)];
  const whole = hits.filter((hit) => hit.whole).length;
  const rest = hits.length - whole;
  const some = rest ? ` with all of these words, ${rest.toLocaleString("en")} with some of them` : "";
  const all = whole ? `${inWords(whole)}${some}.` : `${inWords(rest)} with some of these words.`;
  return [isUnsure(found) ? `At most ${all}` : all, ...readingsFor(found)];
}

/* Likewise where words stand in quotes: how many papers have them so, as far as is known. */
function phrasedFor(all, { phrases, next, held }) {
  const some = `${held ? inWords(held) : "No paper"} with ${inQuotes(phrases)}`;
  if (next < all) return `${some} among the ${next} that fit best, of ${inWords(all)} with these words.`;
  return held ? `${some}.` : `${some}. ${inWords(all)} with these words apart.`;
}

function inQuotes(phrases) {
  return phrases.map(({ said }) => quoted(said)).join(" and ");
}

/* Words of the reader's, or the beginning of what no screen would hold. */
function quoted(words) {
  return `“${words.length > LONGEST ? `${words.slice(0, LONGEST)} …` : words}”`;
}

function noneFor(found, words, isFiltered) {
  if (words && !isFiltered && !wordsOf(words).length) return [`There is no word in ${quoted(words)}.`];
  const passes = isFiltered ? "passes these filters" : "";
  const has = inQuotes(found.phrases) || "these words";
  const all = [words ? `has ${has}` : "", passes].filter(Boolean).join(" and ");
  return [`No paper ${all}.`, ...readingsFor(found)];
}

function readingsFor({ corrected, unknown, without, passed }) {
  const read = [...corrected].map(([word, others]) => ` Read ${quoted(word)} as ${others.map(quoted).join(" or ")}.`);
  return [
    ...without.map(({ said }) => ` Without ${quoted(said)}.`),
    ...read,
    ...(unknown.length ? [` ${unknown.map(quoted).join(", ")} ${unknown.length > 1 ? "are" : "is"} nowhere.`] : []),
    ...passed.map((sentence) => ` ${sentence}`),
    ...unheard,
  ];
}

/* Topics and pages with these words in their name. */
function waysFor(text) {
  const words = wordsOf(readQuery(text).text);
  if (!words.length) return [];
  const topics = [...form.elements.topic.querySelectorAll("[value]:not([value=''])")];
  const sections = [...document.querySelectorAll(".bs-sections a")];
  const links = [
    ...topics.map(({ value, text: name }) => make("a", { href: new URL(`tags/${value}/`, base).href }, name)),
    ...sections.map(({ href, textContent }) => make("a", { href }, textContent.trim())),
  ].filter(({ textContent }) => {
    const own = wordsOf(textContent);
    // A letter alone begins a dozen names, and means none of them.
    return words.every((word) => own.some((one) => (word.length > 1 ? one.startsWith(word) : one === word)));
  });
  // "Learning" is in the names of a dozen topics, which would fill the screen of a phone.
  const nearest = links.toSorted((a, b) => wordsOf(a.textContent).length - wordsOf(b.textContent).length).slice(0, WAYS);
  const named = links.filter((link) => nearest.includes(link));
  if (links.length > WAYS) named.push(make("a", { href: new URL("tags/", base).href }, `${links.length - WAYS} more`));
  return named.flatMap((link, index) => [index ? " · " : "See also ", link]);
}

form.addEventListener("input", ({ target }) => {
  if (target !== field) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    unheard = [];
    history.replaceState(null, "", addressOf());
    run();
  }, PAUSE);
});
form.addEventListener("change", ({ target }) => target !== field && submit());
form.addEventListener("submit", (event) => {
  event.preventDefault();
  // The keyboard of a phone hides what was found.
  if (matchMedia("(pointer: coarse)").matches) field.blur();
  submit();
});
clear.addEventListener("click", () => {
  for (const name of NAMES) {
    const control = form.elements[name];
    if (control.type === "checkbox") control.checked = false;
    else if (control !== field) control.value = "";
  }
  form.elements.topic.focus(); // the button goes, and the focus with it
  submit();
});
function submit() {
  unheard = [];
  if (addressOf() !== location.pathname + location.search) history.pushState(null, "", addressOf());
  run();
}

more.addEventListener("click", async () => (await addMore())[0]?.querySelector("a").focus());
new IntersectionObserver(([{ isIntersecting }]) => {
  if (isIntersecting && list.childElementCount < BY_ITSELF && !shown.phrases.length) addMore();
}).observe(more);

/* Arrows walk from the field through the results; Escape leads back. */
page.addEventListener("keydown", (event) => {
  const links = [...list.querySelectorAll(".bs-title a")];
  const here = links.indexOf(document.activeElement.closest("li")?.querySelector(".bs-title a"));
  const inField = event.target === field;
  if ((!inField && here < 0) || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === "ArrowDown") focusOn(links[here + 1]);
  else if (event.key === "ArrowUp" && !inField) focusOn(links[here - 1] ?? field);
  else if (event.key === "Escape" && !inField) focusOn(field);
  else return;
  event.preventDefault();
});
function focusOn(element) {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: "nearest" });
}

window.addEventListener("popstate", () => {
  keepRoom();
  readAddress();
  run();
});
// What the address asks for counts, or else what a reader has begun to type.
if ([...new URL(location).searchParams.values()].some(Boolean)) readAddress();
keepRoom();
run();
if (!field.value) field.focus();
