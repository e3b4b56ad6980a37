/* What is asked for by what was typed or pasted. */

import { joinsOf, stem, wordsOf } from "./words.js";

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

/** What a query asks for.

    @return {{text: string, ids: string[]}} words, and the arXiv ids among them */
export function readQuery(typed) {
  const ids = [];
  const text = typed.slice(0, LONGEST).replace(ARXIV, (_, id, archive, number) => {
    ids.push(id ?? `${archive.toLowerCase()}/${number}`);
    return " ";
  });
  return { text, ids };
}
