/* Reads a file of saved papers, which may be damaged or made to do harm, and unites it with what is
   kept. Nothing of a file is believed: a value that is not as exports.js writes it refuses the file,
   and a field that it does not write is left out. */

import { isKey } from "./kept.js";
import { isTerm } from "./terms.js";

const LONGEST_FILE = 20_000_000; // characters: four times what browsers store for a site
const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/;

/** A file that is refused; its message is the sentence for the reader. */
export class Refused extends Error {}

/** The records and terms of a file's text; throws `Refused`. */
export function readFile(text) {
  if (text.length > LONGEST_FILE) throw new Refused("The file is too long to hold saved papers.");
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Refused("The file is damaged, or no JSON: import what was exported here as JSON.");
  }
  if (file?.format !== "broadsheet-saved") {
    throw new Refused("The file holds something else: import what was exported here as JSON.");
  }
  if (file.version !== 1) {
    throw new Refused("The file comes from a newer version of this site and cannot be read here.");
  }
  return { papers: listOf(file.papers, "papers", readPaper), terms: listOf(file.terms ?? [], "terms", readTerm) };
}

/** A stored record without the fields that are damaged; nothing else of the page need doubt them. */
export function sound(record) {
  const fields = Object.entries(readFields(record)).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(fields), title: record.title };
}

/** Two records of one paper as one: the newest note, the labels of both, else what either knows. */
export function merge(own, other) {
  const noted = (other.noted ?? "") > (own.noted ?? "") ? other : own;
  return {
    ...other,
    ...own,
    note: noted.note,
    noted: noted.noted,
    labels: [...new Set([...(own.labels ?? []), ...(other.labels ?? [])])],
  };
}

function listOf(values, name, read) {
  if (!Array.isArray(values)) throw new Refused(`The file is damaged: it has no list of ${name}.`);
  return values.map((value, index) => {
    const found = read(value ?? {});
    if (found) return found;
    throw new Refused(`The file is damaged: number ${index + 1} of its ${name} is none, so nothing was imported.`);
  });
}

/** Labels of a text with commas between them. */
export function splitLabels(text) {
  const labels = text.split(",").map((label) => label.trim().slice(0, 100));
  return [...new Set(labels)].filter(Boolean).slice(0, 200);
}

/* Null where a field is not what it should be. */
const READERS = {
  key: (value) => isKey(value) ? value : null,
  title: (value) => line(value, 5000) || null,
  authors: (value) => lines(value, 10_000, 1000),
  year: (value) => (Number.isInteger(value) && value > 0 && value < 10_000 ? value : null),
  published: (value) => matching(value, DAY),
  doi: (value) => matching(value, /^\S{1,2000}$/),
  arxiv_id: (value) => matching(value, /^([a-z-]+(\.[A-Z]{2})?\/\d{7}|\d{4}\.\d{4,5})$/),
  primary: (value) => matching(value, /^[a-z-]{2,20}(\.[A-Za-z-]{2,20})?$/),
  url: (value) => address(value),
  first_seen: (value) => matching(value, DAY),
  topics: (value) => Array.isArray(value) && value.length <= 500 && value.every(isKey) ? value : null,
  kept: (value) => matching(value, TIME),
  note: (value) => (typeof value === "string" && value.length <= 100_000 ? plain(value) : null),
  noted: (value) => matching(value, TIME),
  labels: (value) => lines(value, 200, 100)?.flatMap((label) => splitLabels(label)) ?? null,
};

function readPaper(value) {
  const paper = readFields(value);
  return paper.key && paper.title && !Object.values(paper).includes(null) ? paper : null;
}

function readFields(value) {
  const names = Object.keys(READERS).filter((name) => Object.hasOwn(value, name));
  return Object.fromEntries(names.map((name) => [name, READERS[name](value[name])]));
}

function readTerm({ kind, text }) {
  const term = { kind, text: line(text, 100) };
  return isTerm(term) ? term : null;
}

function matching(value, pattern) {
  return typeof value === "string" && pattern.test(value) ? value : null;
}

function address(value) {
  if (typeof value !== "string" || value.length > 2000 || !/^https?:\/\//.test(value)) return null;
  return URL.canParse(value) ? new URL(value).href : null;
}

function line(value, longest) {
  return typeof value === "string" && value.length <= longest ? plain(value).replace(/[^\S\xa0]+/g, " ").trim() : null;
}

function lines(values, most, longest) {
  if (!Array.isArray(values) || values.length > most) return null;
  const found = values.map((value) => line(value, longest));
  return found.includes(null) ? null : found.filter(Boolean);
}

/* Without controls, also those that turn the direction of text or hide it. */
function plain(text) {
  return text.normalize("NFC").replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069]/g, "");
}
