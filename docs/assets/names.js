/* Names as files of citations want them, by the rules of generator/outputs/citing/names.py. */

const GROUP =
  /(?<![\p{L}\p{N}_])(?:Collaboration|Consortium|Team|Group|Project|Network|Committee|Laboratory|Labs?|University|Institute|Initiative)(?![\p{L}\p{N}_])/iu;
const SUFFIX = /,? ((?:Jr|Sr)\.?|I{2,3}|IV)$/;
const KIN = /^(?:Filho|Júnior|Junior|Neto|Netto|Sobrinho)$/;
const PARTICLE = /^(?:De|Del|Della|Di|Du|La|Le|Van|Ver|Von)$/;

/** The parts of a name in the order it is spoken; null for one that has none. */
export function partsOf(name) {
  const found = SUFFIX.exec(name);
  const words = name.slice(0, found?.index).split(" ");
  if (words.length < 2 || words.some((word) => !word || word.includes(",") || GROUP.test(word))) return null;
  let last = words.length - 1;
  if (KIN.test(words[last]) && last > 1 && !words[last - 1].endsWith(".")) last -= 1;
  let first = last;
  while (first > 1 && isLower(words[first - 1])) first -= 1;
  if (first > 1 && first < last && PARTICLE.test(words[first - 1])) first -= 1;
  const parts = [words.slice(0, first), words.slice(first, last), words.slice(last)];
  const [given, particle, family] = parts.map((some) => some.join(" "));
  return { given, particle, family, suffix: found?.[1] ?? "" };
}

/** Whether a word begins with a small letter. */
export function isLower(word) {
  return /^\p{Lowercase}/u.test(word);
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
