/* The papers the reader keeps: their records in her browser, newest kept first.

   A record holds all that the page Saved shows and exports, so that it needs no page of the paper:
     key         last part of the address here
     title       plain text            authors    names, where sources know them
     url         page of the paper     arxiv_id   without version, where known
     year        of the submission, where known; published: its day
     doi         where known           primary    arXiv class, where known
     first_seen  ISO day               topics     slugs
     kept        ISO time              labels     the reader's own
     note        the reader's own      noted      ISO time of its last change
   A list shows but some of it; the rest is fetched from the paper's own page as soon as it is kept. */

import { base, on, read, write } from "./store.js";

const NAME = "saved";
let known = null;

/** Records by key. */
export function kept() {
  known ??= new Map(read(NAME, []).filter(isRecord).map((paper) => [paper.key, paper]));
  return known;
}

/** Whether the reader keeps the paper with this key. */
export function isKept(key) {
  return kept().has(key);
}

/** Call a function whenever what is kept changes, in this tab or another. */
export function onKept(listener) {
  on(NAME, listener);
}

/** Keep papers, each in place of one with its key, or before all others. */
export function keep(...papers) {
  return change((all) => {
    const added = papers.filter((paper) => !all.has(paper.key));
    for (const paper of papers) if (all.has(paper.key)) all.set(paper.key, paper);
    return new Map([...added.map((paper) => [paper.key, paper]), ...all]);
  });
}

/** Keep a paper no longer; its record is returned as `paper`, for an undo. */
export function drop(key) {
  const paper = kept().get(key);
  const result = change((all) => {
    all.delete(key);
    return all;
  });
  return { ...result, paper };
}

/** Change some fields of a kept paper; nothing where it is no longer kept. */
export function amend(key, fields) {
  return change((all) => {
    if (all.has(key)) all.set(key, { ...all.get(key), ...fields });
    return all;
  });
}

/** Keep the paper of an element with `data-key`, or keep it no longer. `kept` says which it is now. */
export function toggleKept(element) {
  const key = element.dataset.key;
  if (isKept(key)) return { ...drop(key), kept: isKept(key) };
  const paper = paperOf(element);
  const result = keep(paper);
  if (result.ok && !paper.url) complete(key);
  return { ...result, kept: isKept(key) };
}

/** Put in what the paper's own page knows of it. Where that cannot be had, another time will do. */
export async function complete(key) {
  try {
    const answer = await fetch(new URL(`papers/${key}/`, base));
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const element = page.querySelector(".bs-paper");
    if (element?.dataset.key !== key) return;
    const { title, authors, year, published, doi, arxiv_id, primary, url, first_seen, topics } = paperOf(element);
    amend(key, { title, authors, year, published, doi, arxiv_id, primary, url, first_seen, topics });
  } catch {
    // no connection
  }
}

/** The record that a list or a page gives of its paper. */
export function paperOf(element) {
  const { key, topics, seen } = element.dataset;
  return {
    key,
    title: titleOf(element),
    first_seen: seen,
    topics: topics.split(" ").filter(Boolean),
    kept: new Date().toISOString(),
    ...JSON.parse(element.querySelector("bs-keep")?.dataset.record ?? "{}"),
  };
}

/** The title an element shows, without the TeX that stands behind a formula. */
export function titleOf(element) {
  const shown = (element.querySelector("h1, h3") ?? element.querySelector("a")).cloneNode(true);
  for (const tex of shown.querySelectorAll("annotation")) tex.remove();
  return shown.textContent.trim();
}

/** Whether a value can be the record of a paper at all; a field it lacks is shown as unknown. */
export function isRecord(value) {
  return Boolean(value) && isKey(value.key) && typeof value.title === "string";
}

/** Whether a text can be a key, as generator/keys.py has it. */
export function isKey(text) {
  return typeof text === "string" && /^[a-z0-9-]{1,80}$/.test(text);
}

/* Always made of what is stored now: another tab may have changed it since. What is stored among the
   records and is none stays where it is, for a version that understands it. */
function change(edit) {
  const stored = read(NAME, []);
  const strange = stored.filter((value) => !isRecord(value));
  known = null;
  const papers = edit(new Map(kept()));
  const result = write(NAME, [...papers.values(), ...strange]);
  known = null;
  return result;
}

on(NAME, () => (known = null));
