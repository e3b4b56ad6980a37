/* Names as files of citations want them, by the rules of generator/outputs/citing/names.py. */

const GROUP =
  /(?:Collaboration|Consortium|Team|Group|Project|Network|Committee|Laboratory|Labs?|University|Institute|Initiative)(?![\p{L}\p{N}_])/iu;
const SUFFIX = /,? ((?:Jr|Sr)\.?|I{2,3}|IV)/;

/** `Family, Given, Suffix` of a name in the order it is spoken; one that has no parts stays whole. */
export function familyFirst(name) {
  const found = SUFFIX.exec(name);
  const end = found ? found.index : name.length;
  if (found && end + found[0].length !== name.length) return name;
  const words = name.slice(0, end).split(" ");
  if (words.length < 2 || words.some((word) => !word || word.includes(",") || GROUP.test(word))) return name;
  let first = words.length - 1;
  while (first > 1 && /^\p{Lowercase}/u.test(words[first - 1])) first -= 1;
  const parts = [words.slice(first).join(" "), words.slice(0, first).join(" "), found?.[1]];
  return parts.filter(Boolean).join(", ");
}
