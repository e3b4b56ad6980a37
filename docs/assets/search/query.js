/* What is asked for by what was typed or pasted. */

import { STOP_WORDS, joinsOf, stem, wordsOf } from "./words.js";

const LONGEST = 2000; // characters that are read; a field takes 300, an address may hold more

/* An arXiv id, as generator/arxiv.py has it, with all that may stand around it: an address, `arXiv:`, the
   class, the version. */
const MONTH = "(?:0[1-9]|1[0-2])";
const ARXIV = new RegExp(
  String.raw`(?<![\w.])(?:(?:https?://)?(?:[\w.:-]+/)*(?:oai:)?(?:arxiv(?:\.org)?[.:]\s*)?)?` +
    `(?:((?:0[7-9]|1[0-4])${MONTH}\\.\\d{4}|(?:1[5-9]|[2-9]\\d)${MONTH}\\.\\d{5})` +
    String.raw`|([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/((?:9[1-9]|0[0-7])${MONTH}\d{3}))` +
    String.raw`(?:v\d+)?(?:\.pdf)?(?!\w)(?:[?#]\S*)?(?:\s*\[[\w.-]+\])?`,
  "gi",
);

/* Other searches have these; here they would be words that are nowhere. */
const FIELD = /(?<![\p{L}\p{N}])(?:title|author|abstract)s?:(?=\S)/giu;

/* TeX's signs for what stands above or below a letter: texts have n² and xᵢ, each one word. */
const RAISED = /(?<![\p{L}\p{N}\\])(\p{L})[_^]\{?([\p{L}\p{N}]{1,3})\}?(?![\p{L}\p{N}])/gu;

/* A minus at the start of a word, as none is within one, or of words in quotes. */
const MINUS = /(?<!\S)-(?:["“”„]([^"“”]*)["“”]?|([\p{L}\p{N}]\S*))/gu;
const QUOTED = /["“„]([^"“”]*)["“”]/gu;

/* The initial of a name. */
const INITIAL = /(?<![\p{L}\p{N}])\p{L}\.(?=[\s\p{L}-]|$)/gu;

/* A class of arXiv, of which the index does not know. */
const CLASS = /(?<![\p{L}\p{N}.-])(?:cs|econ|eess|math|q-bio|q-fin|stat)\.[A-Z]{2}(?![\p{L}\p{N}])/gu;

const COMMON = "Words as common as these are sought in titles and names alone.";

/** What a query asks for.

    @return {{text: string, ids: string[], phrases: {said: string, terms: string[]}[],
      without: {said: string, terms: string[]}[], slight: Set<string>, passed: string[]}}
      words, and the arXiv ids among them; those in quotes, each with its terms in their order; what no
      paper may have, each with the terms of which a paper has all; terms that count for little beside
      the others; what was asked for and is passed over, in sentences */
export function readQuery(typed) {
  const [ids, without] = [[], []];
  const found = typed.slice(0, LONGEST).replace(ARXIV, (_, id, archive, number) => {
    ids.push(id ?? `${archive.toLowerCase()}/${number}`);
    return " ";
  });
  const text = found.replace(FIELD, "").replace(RAISED, "$1$2").replace(MINUS, (_, quoted, word) => {
    const said = (quoted ?? word).trim();
    const [whole] = [...joinsOf(word ?? "").values()].flat(); // of parts that hyphens join
    const terms = whole ? [whole] : wordsOf(said).map(stem);
    if (terms.length) without.push({ said, terms });
    return " ";
  });
  const phrases = [...text.matchAll(QUOTED)]
    .map(([, words]) => ({ said: words.trim(), terms: wordsOf(words).map(stem) }))
    .filter(({ terms }) => terms.length);
  const terms = wordsOf(text).map(stem);
  const classes = text.match(CLASS) ?? [];
  const unknowable = new Set(wordsOf([...classes, ...(text.match(INITIAL) ?? [])].join(" ")).map(stem));
  const isSlight = (term) => STOP_WORDS.has(term) || unknowable.has(term);
  const slight = new Set(terms.every(isSlight) && !ids.length ? [] : terms.filter(isSlight));
  const passed = [
    ...(found.search(FIELD) >= 0 ? ["Title, names and abstract are all searched."] : []),
    ...(classes.length ? ["Classes of arXiv are not searched; topics are among the filters."] : []),
    ...([{ terms }, ...phrases].some(isCommon) ? [COMMON] : []),
  ];
  return { text, ids, phrases, without, slight, passed };
}

/** Whether terms are such as the index does not know of in an abstract. */
export function isCommon({ terms }) {
  return terms.length > 0 && terms.every((term) => STOP_WORDS.has(term));
}
