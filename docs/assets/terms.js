/* The reader's own terms: words, authors and topics that are marked wherever a paper has them. */

import { read, write } from "./store.js";

const NAME = "terms";
const KINDS = ["word", "author", "topic"];

/** All terms, oldest first: `{kind, text}`; the text of a topic is its slug. */
export function terms() {
  return read(NAME, []).filter(isTerm);
}

/** Add the terms that are not there yet. */
export function addTerms(...wanted) {
  const all = terms();
  for (const term of wanted) if (!all.some((own) => isSame(own, term))) all.push(term);
  return write(NAME, all);
}

/** Take a term away. */
export function removeTerm(term) {
  return write(NAME, terms().filter((own) => !isSame(own, term)));
}

/** Whether a value is a term. */
export function isTerm(value) {
  return KINDS.includes(value?.kind) && typeof value.text === "string" && value.text.trim() !== "" && value.text.length <= 100;
}

/** A pattern that finds terms as whole words, in any case; null for none. */
export function patternOf(wanted) {
  // The longest first: of `graph` and `graph theory` the second is found where both are.
  const texts = wanted.map(({ text }) => text.trim()).sort((a, b) => b.length - a.length);
  if (!texts.length) return null;
  const words = texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+"));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "giu");
}

function isSame(one, other) {
  return one.kind === other.kind && one.text.toLowerCase() === other.text.toLowerCase();
}
