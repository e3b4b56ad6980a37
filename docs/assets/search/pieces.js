/* The index of the search, fetched piece by piece; generator/search/pieces.py has its format. */

import { base } from "../store.js";

const MOST_PIECES = 2; // fetched for one beginning of a word: what is typed on needs fewer

let asked;

/** All periods of the archive, oldest first. */
export function periods() {
  asked ??= readPeriods().catch((error) => {
    asked = undefined; // another time there may be a connection
    throw error;
  });
  return asked;
}

async function readPeriods() {
  // Always the newest list: it names the stamps of all that may be kept for long.
  const told = await read("index.json", { cache: "no-cache" });
  return told.periods.map((period) => new Period(period, told));
}

async function read(file, options) {
  const answer = await fetch(new URL(`search/${file}`, base), options);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`);
  return answer.json();
}

/** Some months of the archive. Its papers are numbered from the oldest on. */
class Period {
  #told;
  #pagesFrom;
  #marks;
  #dayNumbers;
  #pieces = new Map();
  #rows = new Map();

  constructor(told, { pages_from, marks }) {
    this.#told = told;
    this.#pagesFrom = pages_from;
    this.#marks = marks;
  }

  /** How many papers it has. */
  get size() {
    return this.#told.titles.length;
  }

  /** How many words the title of a paper has; a few more than 35 count as so many. */
  titleLength(paper) {
    return parseInt(this.#told.titles[paper], 36);
  }

  /** The papers first listed from one ISO day to another: the first one's number, and that after the
      last. An empty day is no bound. */
  between(from, to) {
    let [first, end, count] = [0, 0, 0];
    for (const [day, papers] of this.#told.days) {
      count += papers;
      if (from && day < from) first = count;
      if (!to || day <= to) end = count;
    }
    return [first, Math.max(first, end)];
  }

  /** The ISO day a paper was first listed on. */
  dayOf(paper) {
    let count = 0;
    return this.#told.days.find(([, papers]) => (count += papers) > paper)[0];
  }

  /** Of each paper, the number of the day it was first listed on, the oldest having none before it. */
  get dayNumbers() {
    this.#dayNumbers ??= this.#told.days.flatMap(([, papers], number) => Array(papers).fill(number));
    return this.#dayNumbers;
  }

  /** A paper's key, and the address where its text is, below the home page. */
  async locate(paper) {
    const inPiece = this.#told.keys;
    const keys = await this.#piece("papers", Math.floor(paper / inPiece));
    const key = keys[paper % inPiece];
    const day = this.dayOf(paper);
    const alone = Number(day.slice(0, 4)) >= this.#pagesFrom;
    return { key, day, page: alone ? `papers/${key}/` : `days/${day}/` };
  }

  /** The terms that all papers have that pass these filters. */
  marksOf({ topic, code }) {
    return [...(topic ? [this.#marks.topic + topic] : []), ...(code ? [this.#marks.code] : [])];
  }

  /** The papers that have a term, by field: title, names, text. */
  async find(term) {
    const { terms } = this.#told;
    const piece = terms.findLastIndex((first) => first <= term);
    if (piece < 0) return null;
    return (await this.#termsOf(piece)).get(term) ?? null;
  }

  /** The terms that begin so, as far as few pieces hold them, each with its papers. */
  async startingWith(beginning) {
    const { terms } = this.#told;
    const first = Math.max(0, terms.findLastIndex((term) => term <= beginning));
    const found = [];
    for (let piece = first; piece < Math.min(first + MOST_PIECES, terms.length); piece++) {
      if (piece > first && !terms[piece].startsWith(beginning)) break;
      for (const [term, lists] of await this.#termsOf(piece)) {
        if (term !== beginning && term.startsWith(beginning)) found.push([term, lists]);
      }
    }
    return found;
  }

  /** The words worth a correction that have about as many letters as a word: one more or less. */
  async wordsLike({ length }) {
    const { words } = this.#told;
    const pieces = words.flatMap((shortest, piece) => {
      const longest = (words[piece + 1] ?? Infinity) - 1;
      return shortest <= length + 1 && longest >= length - 1 ? [this.#piece("words", piece)] : [];
    });
    return (await Promise.all(pieces)).flatMap((held) => held.split("\n"));
  }

  /** The terms of a piece, in order. */
  async #termsOf(number) {
    if (!this.#rows.has(number)) {
      const rows = await this.#piece("terms", number);
      this.#rows.set(number, new Map(rows.map(([term, ...lists]) => [term, lists.map(summed)])));
    }
    return this.#rows.get(number);
  }

  #piece(kind, number) {
    const file = `${kind}-${String(number).padStart(3, "0")}.json`;
    if (!this.#pieces.has(file)) {
      const { name, stamp } = this.#told;
      const piece = read(`${name}/${file}?${stamp}`);
      piece.catch(() => this.#pieces.delete(file));
      this.#pieces.set(file, piece);
    }
    return this.#pieces.get(file);
  }
}

/* Numbers of papers from how far each is from the one before. */
function summed(steps) {
  let paper = 0;
  return steps.map((step) => (paper += step));
}
