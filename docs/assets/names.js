/* Names as files of citations want them, by the rules of generator/outputs/citing/names.py. */

const GROUP =
  /(?<![\p{L}\p{N}_])(?:Collaboration|Consortium|Team|Group|Project|Network|Committee|Laboratory|Labs?|University|Institute|Initiative)(?![\p{L}\p{N}_])/iu;
const SUFFIX = /,? ((?:Jr|Sr)\.?|I{2,3}|IV)$/;

/** The parts of a name in the order it is spoken; null for one that has none. */
export function partsOf(name) {
  const found = SUFFIX.exec(name);
  const words = name.slice(0, found?.index).split(" ");
  if (words.length < 2 || words.some((word) => !word || word.includes(",") || GROUP.test(word))) return null;
  let first = words.length - 1;
  while (first > 1 && /^\p{Lowercase}/u.test(words[first - 1])) first -= 1;
  const [given, particle] = [words.slice(0, first), words.slice(first, -1)].map((some) => some.join(" "));
  return { given, particle, family: words.at(-1), suffix: found?.[1] ?? "" };
}

/** The family name of such parts, with its particle. */
export function wholeFamily({ particle, family }) {
  return [particle, family].filter(Boolean).join(" ");
}

/** `Family, Given, Suffix` of a name in the order it is spoken; one that has no parts stays whole. */
export function familyFirst(name) {
  const parts = partsOf(name);
  return parts ? [wholeFamily(parts), parts.given, parts.suffix].filter(Boolean).join(", ") : name;
}
