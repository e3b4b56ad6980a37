/* Names as files of citations want them, by the rules of generator/outputs/citing/names.py. */

const GROUP =
  /(?<![\p{L}\p{N}_])(?:Collaboration|Consortium|Team|Group|Project|Network|Committee|Laboratory|Labs?|University|Institute|Initiative)(?![\p{L}\p{N}_])/iu;
const SUFFIX = /,? ((?:Jr|Sr)\.?|I{2,3}|IV)$/;

/** The parts of a name in the order it is spoken, the particle with the family name; null for one that
    has none. */
export function partsOf(name) {
  const found = SUFFIX.exec(name);
  const words = name.slice(0, found?.index).split(" ");
  if (words.length < 2 || words.some((word) => !word || word.includes(",") || GROUP.test(word))) return null;
  let first = words.length - 1;
  while (first > 1 && /^\p{Lowercase}/u.test(words[first - 1])) first -= 1;
  return { family: words.slice(first).join(" "), given: words.slice(0, first).join(" "), suffix: found?.[1] ?? "" };
}

/** `Family, Given, Suffix` of a name in the order it is spoken; one that has no parts stays whole. */
export function familyFirst(name) {
  const parts = partsOf(name);
  return parts ? [parts.family, parts.given, parts.suffix].filter(Boolean).join(", ") : name;
}
