/* Which papers a search finds, best first. */

import { periods } from "./pieces.js";
import { isCommon, readQuery } from "./query.js";
import { STOP_WORDS, isNear, joinsOf, stem, wordsOf, written } from "./words.js";

const FIELDS = [1, 0.7, 0.4]; // what a word is worth in a title, among names, in a text
const WHOLE_TITLE = 0.3; // what is added where the words are all there is in a title
const PARTED = 0.4; // a part of a word typed with hyphens where it stands without the others
const BEGUN = 0.6; // a word that only begins like what is being typed
const CORRECTED = 0.8; // a word that one mistake makes of what was typed
const SLIGHT = 0.02; // a word beside which others count, of what it is worth where it stands
const MOST_WORDS = 16;
const MOST_OTHERS = 12; // words that may be meant by one
const CERTAIN = 3; // papers from which on a word counts as spelt right, whatever it is
const DOUBTFUL = 2;
const ENOUGH = 0.4; // of what was asked for, by weight: papers that have less are not shown

/** Papers for some words and filters.

    @param {string} typedText what was typed; its last word may be but begun
    @param {{topic: string, from: string, to: string, code: boolean}} filters empty where none is set
    @return {{hits: {period: Period, paper: number, whole: boolean, doubtful: boolean}[],
      terms: Set<string>, corrected: Map<string, string[]>, unknown: string[],
      phrases: {said: string, terms: string[]}[], without: {said: string, terms: string[]}[],
      passed: string[]}} the hits, best first, `whole` those that have all the words; all terms that
      were sought; of words, what they were taken for; words that are nowhere; words in quotes, which
      every hit has, but perhaps apart, as the index does not tell where words stand; words left out,
      of which a `doubtful` hit has several, perhaps apart; sentences on what is passed over */
export async function search(typedText, filters) {
  const archive = await periods(); // all of it, as no day says how a word is spelt
  const { text, ids, phrases, without, slight, passed } = readQuery(typedText);
  const joins = joinsOf(text);
  const wordsTyped = wordsOf(text);
  const typed = wordsTyped.map(stem);
  const asked = [...new Set(typed)].slice(0, MOST_WORDS);
  const asTyped = (word) => written(wordsTyped[typed.indexOf(word)] ?? word);
  const begun = /[\p{L}\p{N}]$/u.test(text) ? typed.at(-1) : null;
  const quoted = new Set(phrases.flatMap(({ terms }) => terms));
  const [masks, ...words] = await Promise.all([
    Promise.all(archive.map((period) => maskOf(period, filters, phrases, without))),
    ...ids.map((id) => lookUp(archive, id)),
    ...asked.map((word) => look(archive, word, joins.get(word) ?? [], word === begun, quoted.has(word))),
  ]);
  // What the index knows of in few places would else seem rare, and weigh most.
  for (const one of words) if (slight.has(one.word)) one.weight = 0;
  const known = words.filter(({ meant }) => meant.length);
  const isNowhere = (text.trim() !== "" || ids.length > 0) && !known.some(({ weight }) => weight);
  const hits = isNowhere ? [] : archive.flatMap((period, index) => rank(period, masks[index], known, index));
  // Of two that are worth the same, the newer; of a day, in the order of its digest.
  hits.sort((a, b) => b.worth - a.worth || b.place - a.place || b.day - a.day || a.paper - b.paper);
  return {
    hits,
    terms: new Set(known.flatMap(({ meant }) => meant.map(({ term }) => term))),
    corrected: new Map(known.filter(({ corrected }) => corrected.length).map(({ word, corrected }) => [asTyped(word), corrected])),
    unknown: words.filter(({ meant, word }) => !meant.length && !STOP_WORDS.has(word)).map(({ word }) => asTyped(word)),
    phrases: phrases.filter(({ terms }) => terms.length > 1),
    without,
    passed,
  };
}

/* What a word may mean, each with its papers in every period: itself, or what hyphens make of it, or
   words that begin like it, or else words that one mistake would make it. In quotes it is itself. */
async function look(archive, word, joined, begun, quoted) {
  const alone = find(archive, word, joined.length ? PARTED : 1);
  const itself = await Promise.all([alone, ...[...new Set(joined)].map((term) => find(archive, term, 1))]);
  const meant = itself.filter(({ lists }) => lists.some(Boolean));
  if (begun && word.length > 2) meant.push(...(await others(archive, word)));
  const isFound = meant.some(({ lists }) => lists.some(isSpelt)) || count(meant) >= CERTAIN;
  // A letter with a sign is no long word, whatever its name.
  const isCertain = isFound || quoted || STOP_WORDS.has(word) || written(word).length < 4;
  const corrected = isCertain ? [] : await corrections(archive, word);
  meant.push(...corrected);
  const papers = Math.max(...meant.map((one) => count([one])));
  return { word, meant, corrected: corrected.map(({ term }) => term), weight: Math.log(1 + sizeOf(archive) / papers) };
}

/* Whether a title or a name has a word: few names are borne by several, and all are spelt right. */
function isSpelt(fields) {
  return fields && fields[0].length + fields[1].length > 0;
}

/* An arXiv id: the papers that have all its parts, as the index knows them as words. */
async function lookUp(archive, id) {
  const parts = wordsOf(id).map(stem);
  const lists = await Promise.all(
    archive.map(async (period) => {
      const papers = await having(period, parts);
      return papers.length ? [[], papers, []] : null;
    }),
  );
  const meant = lists.some(Boolean) ? [{ term: id, worth: 1, lists }] : [];
  return { word: id, meant, corrected: [], weight: Math.log(1 + sizeOf(archive)) };
}

/* The papers of a period that have all of some terms, wherever. */
async function having(period, terms) {
  const lists = await Promise.all(terms.map(async (term) => (await period.find(term))?.flat() ?? []));
  return lists.reduce((some, papers) => {
    const held = new Set(papers);
    return some.filter((paper) => held.has(paper));
  });
}

function sizeOf(archive) {
  return archive.reduce((sum, { size }) => sum + size, 0);
}

async function find(archive, term, worth) {
  return { term, worth, lists: await Promise.all(archive.map((period) => period.find(term))) };
}

function count(meant) {
  const lists = meant.flatMap(({ lists }) => lists.flatMap((fields) => fields ?? []));
  return lists.reduce((sum, { length }) => sum + length, 0);
}

/* The commonest terms that begin like a word. */
async function others(archive, word) {
  const found = new Map();
  const begun = await Promise.all(archive.map((period) => period.startingWith(word)));
  begun.forEach((terms, index) => {
    for (const [term, lists] of terms) {
      if (!found.has(term)) found.set(term, { term, worth: BEGUN, lists: archive.map(() => null) });
      found.get(term).lists[index] = lists;
    }
  });
  return [...found.values()].sort((a, b) => count([b]) - count([a])).slice(0, MOST_OTHERS);
}

async function corrections(archive, word) {
  const known = (await Promise.all(archive.map((period) => period.wordsLike(word)))).flat();
  // A first letter is rarely wrong.
  const near = [...new Set(known)]
    .filter((other) => other !== word && isNear(word, other))
    .sort((a, b) => (b[0] === word[0]) - (a[0] === word[0]) || (a < b ? -1 : 1))
    .slice(0, MOST_OTHERS);
  return Promise.all(near.map((term) => find(archive, term, CORRECTED)));
}

/* Which papers of a period pass the filters: 0 for none, and for one that has the words of what is left
   out DOUBTFUL, as they may stand apart in it. */
async function maskOf(period, filters, phrases, without) {
  const [first, end] = period.between(filters.from, filters.to);
  const passed = new Uint8Array(period.size).fill(1, first, end);
  for (const mark of period.marksOf(filters)) {
    const has = new Set((await period.find(mark))?.flat());
    passed.forEach((_, paper) => has.has(paper) || (passed[paper] = 0));
  }
  for (const phrase of phrases.slice(0, MOST_WORDS)) {
    const has = new Set(await havingAll(period, phrase));
    passed.forEach((_, paper) => has.has(paper) || (passed[paper] = 0));
  }
  for (const phrase of without.slice(0, MOST_WORDS)) {
    const left = phrase.terms.length > 1 ? DOUBTFUL : 0;
    for (const paper of await havingAll(period, phrase)) passed[paper] &&= left;
  }
  return passed;
}

/* The papers that have all words of a phrase, as far as the index knows. */
function havingAll(period, phrase) {
  const terms = phrase.terms.filter((term) => isCommon(phrase) || !STOP_WORDS.has(term));
  return having(period, terms.slice(0, MOST_WORDS));
}

/* The papers of a period that pass and have enough of the words, with what they are worth. */
function rank(period, passed, words, place) {
  const all = words.reduce((sum, { weight }) => sum + weight, 0);
  const worth = new Float64Array(period.size);
  const share = new Float64Array(period.size);
  const titled = new Uint8Array(period.size);
  for (const { meant, weight } of words) {
    const best = new Float64Array(period.size);
    const inTitle = new Uint8Array(period.size);
    for (const one of meant) {
      (one.lists[place] ?? []).forEach((papers, field) => {
        for (const paper of papers) {
          best[paper] = Math.max(best[paper], one.worth * FIELDS[field]);
          if (field === 0) inTitle[paper] = 1;
        }
      });
    }
    best.forEach((value, paper) => {
      if (!value) return;
      worth[paper] += weight ? (weight / all) * value : SLIGHT * value;
      share[paper] += weight / all;
      titled[paper] += inTitle[paper];
    });
  }
  const hits = [];
  passed.forEach((passes, paper) => {
    if (!passes || (words.length && share[paper] < ENOUGH)) return;
    const ofTitle = titled[paper] / Math.max(1, period.titleLength(paper));
    const whole = !words.length || share[paper] > 0.999;
    const doubtful = passes === DOUBTFUL;
    const day = period.dayNumbers[paper];
    hits.push({ period, place, day, paper, whole, doubtful, worth: worth[paper] + WHOLE_TITLE * Math.min(1, ofTitle) });
  });
  return hits;
}
