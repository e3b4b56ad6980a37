/* Copies of what was visited, for when there is no connection. `worker.js` at the top of the site says
   whether there are any (`offline`) and what the page without one needs (`shell`).

   With a connection the network is always asked, so that no page is older than it must be; but for
   files whose name changes with what is in them. */
"use strict";

const BASE = new URL(self.registration.scope);

/* One host may serve many sites, each below its own path, and one of them at the top. */
const OURS = new RegExp(`^${BASE.pathname.replace(/[^\w/]/g, "\\$&")}v\\d+\\.copies-\\w+$`);
const named = (kind) => `${BASE.pathname}v1.copies-${kind}`;
const SHELL = named("shell");

/* How many copies are kept, the newest: some 10 MB. The other scripts and pictures are 60 files. */
const PAGES = { name: named("pages"), most: 100 };
const FILES = { name: named("files"), most: 120 };

const KEPT = ["style", "script", "font", "image", "manifest"];
const VERSIONED = /\.[0-9a-f]{8}\.(min\.)?\w+$/;
const ANY = { ignoreVary: true };

/** The address of a copy: what follows a page's own address filters the page. */
function addressOf(url) {
  const address = new URL(url);
  return address.origin + address.pathname;
}

async function find(url) {
  for (const name of [PAGES.name, FILES.name, SHELL]) {
    const copy = await (await caches.open(name)).match(addressOf(url), ANY);
    if (copy) return copy;
  }
  return undefined;
}

async function keep({ name, most }, url, response) {
  const html = response.headers.get("content-type")?.startsWith("text/html");
  if (!response.ok || response.redirected || (name === PAGES.name && !html)) return;
  const cache = await caches.open(name);
  try {
    await cache.put(addressOf(url), response); // in the place of an older copy, and as the newest the last
  } catch {
    return; // the connection broke off, or there is no room: an older copy stays
  }
  const copies = await cache.keys();
  for (const old of copies.slice(0, Math.max(0, copies.length - most))) await cache.delete(old);
}

async function fromNetwork(event, kind, how) {
  const { request } = event;
  const response = await fetch(request, how);
  event.waitUntil(keep(kind, request.url, response.clone()));
  return response;
}

async function page(event) {
  try {
    return await fromNetwork(event, PAGES, { cache: "no-cache" }); // the host says whether it changed
  } catch {
    const copy = await find(event.request.url);
    if (copy) return copy;
    const none = await find(new URL("503.html", BASE));
    return new Response(none?.body, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
  }
}

async function file(event) {
  const { url } = event.request;
  const copy = VERSIONED.test(url) && (await find(url));
  if (copy) return copy;
  try {
    return await fromNetwork(event, FILES);
  } catch {
    return (await find(url)) ?? Response.error();
  }
}

function answer(event) {
  const { destination, method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(BASE.href)) return;
  if (mode === "navigate") event.respondWith(page(event));
  else if (KEPT.includes(destination)) event.respondWith(file(event));
}

async function fetchAndKeep(kind, url) {
  if (url.startsWith(BASE.href)) await keep(kind, url, await fetch(url));
}

async function keepOpened({ page, files }) {
  await Promise.all([fetchAndKeep(PAGES, page), ...files.map((url) => fetchAndKeep(FILES, url))]);
}

async function fillShell() {
  const cache = await caches.open(SHELL);
  await cache.addAll(self.shell.map((path) => new Request(new URL(path, BASE), { cache: "no-cache" })));
  await self.skipWaiting();
}

async function removeCopies(wanted) {
  for (const name of await caches.keys()) {
    if (OURS.test(name) && !wanted.includes(name)) await caches.delete(name);
  }
}

async function takeOver() {
  await removeCopies([PAGES.name, FILES.name, SHELL]);
  await self.clients.claim();
}

async function leave() {
  await removeCopies([]);
  await self.registration.unregister();
}

if (self.offline) {
  self.addEventListener("install", (event) => event.waitUntil(fillShell()));
  self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
  self.addEventListener("message", (event) => event.waitUntil(keepOpened(event.data)));
  self.addEventListener("fetch", answer);
} else {
  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(leave()));
}
