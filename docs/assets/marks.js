/* Marks the reader's terms on a page. Words are painted where they stand (CSS Custom Highlight API), so
   no element of the page changes; a paper that has a term also says so in words. */

import { on } from "./store.js";
import { patternOf, terms } from "./terms.js";

const TEXTS = ".bs-title, h1, .bs-opening, .bs-rest > p, .bs-abstract, :scope > a";
const AUTHORS = ".bs-authors";

function mark() {
  const wanted = terms();
  const topics = wanted.filter(({ kind }) => kind === "topic").map(({ text }) => text);
  const words = patternOf(wanted.filter(({ kind }) => kind === "word"));
  const authors = patternOf(wanted.filter(({ kind }) => kind === "author"));
  const ranges = [];
  for (const paper of document.querySelectorAll("[data-key]")) {
    const own = paper.dataset.topics.split(" ");
    const found = [
      ...topics.filter((slug) => own.includes(slug)).map((slug) => nameOf(paper, slug)),
      ...find(words, paper.querySelectorAll(TEXTS), ranges),
      ...find(authors, paper.querySelectorAll(AUTHORS), ranges),
      ...((authors && paper.dataset.authors?.match(authors)) ?? []),
    ];
    say(paper, found.filter((text, index) => found.findIndex((other) => isSame(text, other)) === index));
  }
  window.CSS?.highlights?.set("bs-terms", new Highlight(...ranges));
}

/* What a pattern finds in the text of some elements, formulas apart; adds where it stands. */
function find(pattern, elements, ranges) {
  const found = [];
  if (!pattern) return found;
  for (const element of elements) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.localName === "math" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.nodeType !== Node.TEXT_NODE) continue;
      for (const match of node.data.matchAll(pattern)) {
        const range = document.createRange();
        range.setStart(node, match.index);
        range.setEnd(node, match.index + match[0].length);
        ranges.push(range);
        found.push(match[0]);
      }
    }
  }
  return found;
}

function isSame(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}

function nameOf(paper, slug) {
  return paper.querySelector(`.bs-chip[href$="/tags/${slug}/"]`)?.textContent ?? slug;
}

/* Takes no room of its own, so that nothing moves. */
function say(paper, found) {
  let line = paper.querySelector(".bs-yours");
  paper.toggleAttribute("data-yours", found.length > 0);
  if (!found.length) return line?.remove();
  if (!line) {
    line = document.createElement("span");
    line.className = "bs-yours";
    (paper.querySelector("bs-keep") ?? paper).append(line);
  }
  line.textContent = `Yours: ${found.join(", ")}`;
}

let waiting = 0;
mark();
document.addEventListener("bs-adopt", mark);
on("terms", () => {
  clearTimeout(waiting);
  waiting = setTimeout(mark, 100);
});
