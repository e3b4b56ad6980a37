/* On the page that is shown without a connection: links the pages of which there are copies (worker.js). */
"use strict";

{
  const base = new URL("..", document.currentScript.src);
  const section = document.querySelector("#visited");

  async function linkOf(request, cache) {
    const text = await (await cache.match(request)).text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = request.url;
    link.textContent = page.querySelector("meta[property='og:title']")?.content ?? page.title;
    item.append(link);
    return item;
  }

  async function show() {
    const cache = await caches.open(`${base.pathname}v1.copies-pages`);
    const newestFirst = (await cache.keys()).reverse();
    const links = await Promise.all(newestFirst.map((request) => linkOf(request, cache)));
    section.querySelector("ul").replaceChildren(...links);
    section.hidden = links.length === 0;
  }

  if (self.caches) show();
}
