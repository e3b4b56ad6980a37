/* The papers and topics of a page, as its elements tell them. */

import { make } from "./dom.js";
import { titleOf } from "./kept.js";
import { base } from "./store.js";
import { hasReturned, isSeen } from "./visits.js";

/** All papers of the page's list, or of its lists, in the order they came in.

    @return {{element: HTMLElement, place: number, key: string, day: string, topics: string[],
      code: boolean, title: string}[]} `day`: ISO, when it was first listed; `topics`: slugs */
export function listedPapers() {
  return [...document.querySelectorAll("li[data-key]")].map((element, place) => ({
    ...paperOf(element),
    element,
    place,
    title: titleOf(element),
  }));
}

/** What the element of a paper says of it, in a list or on its own page. */
export function paperOf({ dataset }) {
  return {
    key: dataset.key,
    day: dataset.seen,
    topics: dataset.topics.split(" ").filter(Boolean),
    code: "code" in dataset,
  };
}

/** How many papers have each topic, by slug, the commonest first. */
export function countTopics(papers) {
  const numbers = new Map();
  for (const slug of papers.flatMap(({ topics }) => topics)) numbers.set(slug, (numbers.get(slug) ?? 0) + 1);
  return new Map([...numbers].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
}

/** The topics that a page links, by slug: name, address, and the class that gives the colour.

    @param {Document} page
    @param {string} address of that page */
export function linkedTopics(page, address) {
  const links = [...page.querySelectorAll("a.bs-chip")];
  return new Map(
    links.map((link) => {
      const url = new URL(link.getAttribute("href"), address);
      const count = link.querySelector(".bs-count")?.textContent ?? "";
      const name = link.textContent.slice(0, -count.length || undefined).trim();
      return [slugOf(url), { name, address: url.href, className: link.className }];
    }),
  );
}

/** Likewise all topics of the site; none where they cannot be had now. */
export async function allTopics() {
  const address = new URL("tags/", base);
  try {
    const answer = await fetch(address);
    return linkedTopics(new DOMParser().parseFromString(await answer.text(), "text/html"), address);
  } catch {
    return new Map(); // no connection
  }
}

/** Slug of the topic that an address is of. */
export function slugOf(address) {
  return new URL(address).pathname.split("/").at(-2);
}

/** Show by its element whether a paper is new, or seen. */
export function showSeen(paper) {
  const { element } = paper;
  const seen = isSeen(paper);
  const mark = element.querySelector(":scope > .bs-new");
  const wanted = hasReturned() && !seen;
  if (wanted && !mark) element.prepend(make("span", { className: "bs-new" }, "New"));
  if (!wanted) mark?.remove();
  element.classList.toggle("bs-seen", seen);
}
