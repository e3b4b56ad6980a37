/* On the page for addresses that do not exist: searches for what the address seems to name. */

import { adopt } from "./keep.js";
import { readQuery } from "./search/query.js";
import { search } from "./search/ranking.js";
import { UNREAD, itemsOf } from "./search/results.js";

const SHOWN = 5;
const ENDING = /\.(html?|md|xml|json|bib|ris|pdf)$/i; // of a file; an arXiv number has a dot, too

const section = document.querySelector("#sought");
const field = section.querySelector("input");
field.value = wordsOfAddress(location.pathname);
if (field.value) show(field.value);

function wordsOfAddress(path) {
  const parts = path.split("/").filter((part) => part && part !== "index.html").map(decoded);
  const [id] = readQuery(parts.join("/")).ids; // an old one has a slash
  if (id) return id;
  const named = parts.at(-1) ?? "";
  return named.normalize("NFC").replace(ENDING, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // cut short within a letter: what is left of it is asked for
  }
}

async function show(words) {
  const said = section.querySelector("[role=status]");
  try {
    // With the blank, the last word is not one that is but begun.
    const found = await search(`${words} `, { topic: "", from: "", to: "", code: false });
    const items = (await itemsOf(found.hits.slice(0, SHOWN), found)).filter(Boolean);
    section.querySelector("ol").append(...items);
    adopt(items);
    if (items.length) section.querySelector("h2").textContent = "Was it one of these?";
    if (!found.hits.length) said.textContent = "No paper has these words.";
  } catch {
    said.textContent = UNREAD;
  }
}
