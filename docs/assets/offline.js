/* On every page where the setting `offline` is on: asks for copies of what is visited (worker.js). */

const place = new URL("../worker.js", import.meta.url);

/* The worker sees no page that was opened before it: that one is told. */
async function start() {
  await navigator.serviceWorker.register(place);
  const { active } = await navigator.serviceWorker.ready;
  // Not whether there is a controller: a new worker takes the page over at about this moment.
  if (performance.getEntriesByType("navigation")[0]?.workerStart) return;
  const files = performance.getEntriesByType("resource").map(({ name }) => name);
  active.postMessage({ page: location.href, files });
}

// Without a secure connection, or where the reader forbids it, there are no copies.
if (navigator.serviceWorker) start().catch(() => {});
