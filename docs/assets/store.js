/* What the reader's browser remembers for her. Nothing of it is ever sent anywhere.

   A name stands in the storage under the path of the site, as one host may serve many, and under a
   version, as its meaning may change: `/broadsheet/v1.saved`. What stands there and cannot be read is
   put aside under `.damaged` before anything takes its place. */

/** Address of the home page. */
export const base = new URL("..", import.meta.url);

const PREFIX = `${base.pathname}v1.`;
const listeners = new Map();

/** What is stored under a name; the fallback where nothing is, or nothing of the fallback's shape. */
export function read(name, fallback) {
  try {
    const value = parse(localStorage.getItem(PREFIX + name));
    return shapeOf(value) === shapeOf(fallback) ? value : fallback;
  } catch {
    return fallback; // storage is blocked
  }
}

/** Store a value of JSON. `ok` says whether it is stored now, `message` what the reader should know. */
export function write(name, value) {
  let message = "";
  try {
    const before = localStorage.getItem(PREFIX + name);
    if (before !== null && shapeOf(parse(before)) !== shapeOf(value)) {
      const aside = damaged(name);
      localStorage.setItem(`${PREFIX}${name}.damaged`, aside ? `${aside}\n${before}` : before);
      message = "What was stored before could not be read and is put aside; see the page Saved.";
    }
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch (error) {
    return { ok: false, message: reason(error) };
  }
  tell(name);
  return { ok: true, message };
}

/** Call a function whenever what is stored under a name changes, in this tab or another. */
export function on(name, listener) {
  listeners.set(name, [...(listeners.get(name) ?? []), listener]);
}

/** Text that was put aside, or null. */
export function damaged(name) {
  try {
    return localStorage.getItem(`${PREFIX}${name}.damaged`);
  } catch {
    return null;
  }
}

/** Give up what was put aside. */
export function forgetDamaged(name) {
  localStorage.removeItem(`${PREFIX}${name}.damaged`);
  tell(name);
}

function tell(name) {
  for (const listener of listeners.get(name) ?? []) listener();
}

function tellAll() {
  for (const name of listeners.keys()) tell(name);
}

function parse(text) {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function shapeOf(value) {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

function reason(error) {
  // Browsers call a full storage by one of these names.
  if (/quota/i.test(error.name)) {
    return "Nothing was saved: this site's space in the browser is full. Export what is saved, then remove some of it.";
  }
  return "Nothing was saved: the browser lets this site store nothing. Allow it site data (“cookies”), or leave the private window.";
}

window.addEventListener("storage", ({ key }) => {
  if (key === null) tellAll(); // all was cleared
  else if (key.startsWith(PREFIX)) tell(key.slice(PREFIX.length));
});
// A page that was asleep behind another one heard nothing.
window.addEventListener("pageshow", ({ persisted }) => persisted && tellAll());
