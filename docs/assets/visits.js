/* What is new to the reader.

   A visit is a day of hers, from four in the morning. While it lasts, every paper is new that was first
   listed after the newest digest of her visit before: it stays so however often she comes back that
   day, until she opens the paper or marks it as seen. So one day of the site and the few papers of
   this visit are all that is stored, however many papers there are. On a first visit nothing is marked
   as new, or everything would be. */

import { on, read, write } from "./store.js";

const NAME = "visit";
const DAY = /^\d{4}-\d\d-\d\d$/;
const NIGHT_HOURS = 4; // reading past midnight is still the same day

/** Day of the newest digest, ISO; empty where feeds/newest.js could not be had. */
const told = self.bsNewest?.date ?? "";

/** The reader's day, ISO. */
function today() {
  const now = new Date();
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate(), now.getHours() - NIGHT_HOURS))
    .toISOString()
    .slice(0, 10);
}

/** The visit a page belongs to, by what was stored on the page before.

    `on`: the reader's day. `since`: newest digest of the visit before; null on the first. `newest`:
    newest digest of this visit. `seen`: keys of papers seen in it. */
function continued(stored, on) {
  if (!DAY.test(stored.newest)) return { on, since: null, newest: told, seen: [] };
  const newest = told || stored.newest;
  // A digest of the future, withdrawn since, would else make nothing new for years.
  if (stored.on !== on) return { on, since: earlier(stored.newest, newest), newest, seen: [] };
  // A page out of the browser's cache may know less than one before it.
  return {
    on,
    since: DAY.test(stored.since) ? stored.since : null,
    newest: stored.newest > newest ? stored.newest : newest,
    seen: Array.isArray(stored.seen) ? stored.seen : [],
  };
}

function earlier(a, b) {
  return a < b ? a : b;
}

let visit;
let seen;

function reread() {
  visit = continued(read(NAME, {}), today());
  seen = new Set(visit.seen);
}

reread();
write(NAME, visit);
on(NAME, reread);

/** Whether the reader has been here on an earlier day, so that she can be told what is new. */
export function hasReturned() {
  return visit.since !== null;
}

/** Whether a paper is nothing new to her: listed by the time of her last visit, opened, or marked.

    @param {{key: string, day: string}} paper its key, and the ISO day it was first listed on */
export function isSeen({ key, day }) {
  return (hasReturned() && day <= visit.since) || seen.has(key);
}

/** Remember papers as seen; the result says what storing came to. */
export function markSeen(papers) {
  for (const paper of papers) if (!isSeen(paper)) seen.add(paper.key);
  return write(NAME, { ...visit, seen: [...seen] });
}

/** Forget again that papers were seen in this visit. */
export function unmarkSeen(papers) {
  for (const { key } of papers) seen.delete(key);
  return write(NAME, { ...visit, seen: [...seen] });
}

/** Call a function whenever what is seen changes, in this tab or another. */
export function onSeen(listener) {
  on(NAME, listener);
}
