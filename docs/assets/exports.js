/* Kept papers as text for other programs. Each function takes records (kept.js) and gives a whole
   file; `names` are those of topics by slug. */

import { familyFirst, isLower, partsOf, wholeFamily } from "./names.js";
import { base } from "./store.js";

export const FORMATS = {
  json: { name: "saved.json", type: "application/json", write: toJson },
  bibtex: { name: "saved.bib", type: "application/x-bibtex", write: toBibtex },
  ris: { name: "saved.ris", type: "application/x-research-info-systems", write: toRis },
  csl: { name: "saved.csl.json", type: "application/vnd.citationstyles.csl+json", write: toCsl },
  csv: { name: "saved.csv", type: "text/csv", write: toCsv },
  markdown: { name: "saved.md", type: "text/markdown", write: toMarkdown },
};

/** Page of a paper: that which its record names, else where it must be here. */
function pageOf(paper) {
  return paper.url ?? new URL(`papers/${paper.key}/`, base).href;
}

function linkOf(paper) {
  return paper.arxiv_id ? `https://arxiv.org/abs/${paper.arxiv_id}` : pageOf(paper);
}

function namesOf(paper, names) {
  return (paper.topics ?? []).map((slug) => names.get(slug) ?? slug);
}

/* The reader's own words first. */
function wordsOf(paper, names) {
  return [...(paper.labels ?? []), ...namesOf(paper, names)];
}

/* The format that `imports.js` reads; the README describes it. */
function toJson(papers, names, terms) {
  const file = { format: "broadsheet-saved", version: 1, site: base.href, papers, terms };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/* As generator/outputs/citation.py has it: a kept paper is cited as on its own page, but for formulas
   in its title, which are plain here: TeX that came with a file might do more than print. */
function toBibtex(papers) {
  return papers.map((paper) => `${bibtexOf(paper)}\n`).join("\n");
}

function bibtexOf(paper) {
  const fields = [["title", `{${tex(paper.title)}}`]];
  if (paper.authors?.length) fields.push(["author", paper.authors.map(nameOf).join(" and ")]);
  if (paper.year) fields.push(["year", paper.year]);
  if (paper.arxiv_id) fields.push(["eprint", paper.arxiv_id], ["archiveprefix", "arXiv"]);
  if (paper.arxiv_id && paper.primary) fields.push(["primaryclass", paper.primary]);
  fields.push(["url", linkOf(paper)]);
  if (!paper.arxiv_id && paper.first_seen) fields.push(["note", `Listed on ${paper.first_seen}`]);
  // That of arXiv itself says no more than the id.
  if (paper.doi && !/^10\.48550\/arxiv\./i.test(paper.doi)) fields.push(["doi", tex(paper.doi).replaceAll("\\_", "_")]);
  const lines = fields.map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@misc{${paper.key},\n${lines.join("")}}`;
}

/* A name that has no parts would be parted at its blanks, one with "and" in it even into two, and
   "others" stands for those left out: these stand in braces. */
function nameOf(name) {
  const parts = partsOf(name);
  if (/(?:^|\s)and(?:\s|$)|^others$/i.test(name) || (!parts && /\s/.test(name) && !name.includes(","))) return `{${tex(name)}}`;
  if (!parts || isSpoken(parts)) return tex(name);
  return tex([wholeFamily(parts), parts.suffix, parts.given].filter(Boolean).join(", "));
}

/* Whether BibTeX finds these parts of a name that is written as it is spoken. */
function isSpoken({ given, particle, family, suffix }) {
  const several = /^\p{Uppercase}/u.test(particle) || (family.includes(" ") && !particle);
  return !(suffix || several || given.split(" ").some(isLower));
}

function tex(text) {
  const words = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  if (!isPaired(text)) Object.assign(words, { "{": "\\{\\vphantom{\\}}", "}": "\\vphantom{\\{}\\}" });
  return text.replace(/[{}%&$#_\\~^]/g, (sign) => words[sign] ?? `\\${sign}`);
}

/* Whether each brace has its own: BibTeX counts those behind a backslash, too. */
function isPaired(text) {
  let depth = 0;
  for (const brace of text.match(/[{}]/g) ?? []) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/* As generator/outputs/citing/ris.py has it, and then what the reader added. */
function toRis(papers, names) {
  return papers.map((paper) => `${risOf(paper, names)}\r\n`).join("\r\n");
}

function risOf(paper, names) {
  const fields = [["TY", "UNPB"], ["ID", paper.key], ["TI", paper.title]];
  for (const author of paper.authors ?? []) fields.push(["AU", familyFirst(author)]);
  if (paper.year) fields.push(["PY", String(paper.year).padStart(4, "0")]);
  if (paper.published) fields.push(["DA", paper.published.replaceAll("-", "/")]);
  if (paper.doi) fields.push(["DO", paper.doi]);
  fields.push(["UR", linkOf(paper)]);
  if (paper.arxiv_id) fields.push(["N1", `arXiv:${paper.arxiv_id}`]);
  else if (paper.first_seen) fields.push(["N1", `Listed on ${paper.first_seen}`]);
  for (const word of wordsOf(paper, names)) fields.push(["KW", word]);
  if (paper.note) fields.push(["N1", paper.note]);
  fields.push(["ER", ""]);
  // A field is one line, or what follows would be read as another field.
  return fields.map(([tag, value]) => `${tag}  - ${oneLine(String(value))}`).join("\r\n");
}

function oneLine(text) {
  return text.replace(/[^\S\xa0]+/g, " ").trim();
}

/* As generator/outputs/citing/csl.py has it, and then what the reader added: no label holds a comma. */
function toCsl(papers) {
  return `${JSON.stringify(papers.map(cslOf), null, 2)}\n`;
}

function cslOf(paper) {
  const issued = issuedOf(paper);
  return {
    id: paper.key,
    type: "article",
    title: paper.title,
    ...(paper.authors?.length ? { author: paper.authors.map(cslName) } : {}),
    ...(issued.length ? { issued: { "date-parts": [issued] } } : {}),
    ...(paper.doi ? { DOI: paper.doi } : {}),
    ...(paper.arxiv_id ? { publisher: "arXiv", number: `arXiv:${paper.arxiv_id}` } : {}),
    URL: linkOf(paper),
    ...(!paper.arxiv_id && paper.first_seen ? { note: `Listed on ${paper.first_seen}` } : {}),
    ...(paper.labels?.length ? { keyword: paper.labels.join(", ") } : {}),
    ...(paper.note ? { annote: paper.note } : {}),
  };
}

/* Year, month and day, as far as known: an arXiv id has its month. */
function issuedOf({ published, year, arxiv_id }) {
  if (published) return published.split("-").map(Number);
  const month = /(?:^|\/)\d\d(\d\d)/.exec(arxiv_id ?? "")?.[1];
  return [year, year && month].filter(Boolean).map(Number);
}

function cslName(name) {
  const parts = partsOf(name);
  if (!parts) return { literal: name };
  const { given, particle, family, suffix } = parts;
  return { family, given, ...(particle && { "non-dropping-particle": particle }), ...(suffix && { suffix }) };
}

const COLUMNS = "key title authors year arxiv_id url first_seen kept topics labels note".split(" ");

/* RFC 4180, with the mark by which spreadsheets know UTF-8. */
function toCsv(papers, names) {
  const rows = papers.map((paper) => {
    const topics = namesOf(paper, names);
    const values = { ...paper, topics, url: linkOf(paper) };
    return COLUMNS.map((column) => cell([values[column] ?? ""].flat().join("; ")));
  });
  return `\ufeff${[COLUMNS, ...rows].map((row) => `${row.join(",")}\r\n`).join("")}`;
}

/* A spreadsheet would take a cell that begins like a formula for one, and run it; an apostrophe makes
   it text (OWASP, "CSV Injection"). */
function cell(text) {
  const safe = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function toMarkdown(papers, names) {
  return ["# Saved papers\n", ...papers.map((paper) => markdownOf(paper, names))].join("\n");
}

function markdownOf(paper, names) {
  const authors = (paper.authors ?? []).join(", ");
  const told = [authors, String(paper.year ?? ""), ...wordsOf(paper, names)].filter(Boolean);
  const note = (paper.note ?? "").split("\n").filter((line) => line.trim());
  const lines = [
    `- [${markdown(paper.title)}](<${linkOf(paper)}>)`,
    ...(told.length ? [`  ${told.map(markdown).join(" · ")}`] : []),
    ...note.flatMap((line, index) => [index ? "  >" : "", `  > ${markdown(line)}`]),
  ];
  return `${lines.join("\n")}\n`;
}

/* Keeps as text what Markdown would take for markup, within a line and at its start. */
function markdown(text) {
  return text
    .trim()
    .replace(/[\\`*_[\]<>~&|$]/g, "\\$&")
    .replace(/^([#+=-]|\d+(?=[.)]))/, (sign) => (/\d/.test(sign) ? `${sign}\\` : `\\${sign}`));
}
