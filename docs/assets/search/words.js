/* What a word is: the same here and in generator/search/words.py, which has the rules; a test compares
   the two. */

const LONGEST = 40;
/* Latin letters that NFKD leaves whole, as people type them who have none. */
const LETTERS = { ł: "l", ø: "o", đ: "d", ð: "d", ı: "i", ħ: "h", æ: "ae", œ: "oe", ß: "ss", þ: "th" };
const GREEK = (
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma " +
  "sigma tau upsilon phi chi psi omega"
).split(" ");

const SIGNS = { "++": "plusplus", "#": "sharp", "*": "star" };

/** A letter with a sign that tells it from others, as in C++, C# and A*. */
export const SIGNED = /(?<![\p{L}\p{N}_*])([a-z])(\+\+(?!\+)|[#*](?![\p{L}\p{N}_#*]))/giu;

/** Words of which the index knows in titles and among names alone: those of generator/search/postings.py. */
export const STOP_WORDS = new Set(
  (
    "a about all also an and are as at be been between both by can do for from has have how in " +
    "into is it its more most not of on or other our over such than that the their them then there " +
    "these they this those to under up via was we were when where which while who will with " +
    "within"
  ).split(" "),
);

/** A character of Chinese or Japanese, or a syllable of Korean, each of which is a word. */
export const ALONE = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\u{20000}-\u{3ffff}]/gu;

const WORDS = /[\p{L}\p{N}]+/gu;
const JOINED = /[\p{L}\p{N}]+(?:(?:[-\u2010]|_[({]?)[\p{L}\p{N}]+)+/gu;

/** The words of a text in order. */
export function wordsOf(text) {
  return fold(text).match(WORDS) ?? [];
}

/** By the stem of each word that hyphens or low lines join to others: the stems of what they make together. */
export function joinsOf(text) {
  const joins = new Map();
  for (const run of fold(text).match(JOINED) ?? []) {
    const words = run.match(WORDS);
    const whole = stem(words.join(""));
    for (const word of words.map(stem)) joins.set(word, [...(joins.get(word) ?? []), whole]);
  }
  return joins;
}

function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]+/g, "")
    .toLowerCase()
    .replace(/[\u1100-\u11ff]+/g, (letters) => letters.normalize("NFC")) // syllables of Korean
    .replace(/[łøđðıħæœßþ]/g, (letter) => LETTERS[letter])
    .replace(SIGNED, (_, letter, sign) => `${letter}${SIGNS[sign]} `)
    .replace(ALONE, " $& ")
    .replace(/(?<![\u03b1-\u03c9])[\u03b1-\u03c9](?![\u03b1-\u03c9])/g, (letter) => ` ${GREEK[letter.charCodeAt(0) - 0x3b1]} `);
}

/** A word of the index as people write it: C++ and its like have names there. */
export function written(word) {
  const [sign] = Object.keys(SIGNS).filter((one) => word.slice(1) === SIGNS[one]);
  return sign ? word[0] + sign : word;
}

/** A word as the index knows it: of a plural, the singular, and one of two ways to spell it. */
export function stem(word) {
  return singularOf(word).replace(/isation$/, "ization");
}

function singularOf(whole) {
  const letters = [...whole].slice(0, LONGEST);
  const word = letters.join("");
  if (letters.length < 4 || letters.at(-1) !== "s" || "sui".includes(letters.at(-2))) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  return word.slice(0, word.endsWith("sses") ? -2 : -1);
}

/** Whether one mistake makes one word of the other: a letter too many, too few, or another, or two
    neighbours in the wrong order. */
export function isNear(one, other) {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  const [a, b] = [one.slice(same), other.slice(same)];
  if (a.length === b.length) {
    return a.slice(1) === b.slice(1) || (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
  }
  return a.length < b.length ? a === b.slice(1) : a.slice(1) === b;
}
