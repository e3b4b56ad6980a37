/* What a page needs before it is painted. Loaded in the head, so that nothing moves or changes its
   colours afterwards: the parser makes these elements whole as it meets them. */
"use strict";

{
  const html = document.documentElement;
  html.classList.replace("no-js", "js");

  /* Under the path of the site, as one host may serve many; with a version, as its meaning may change. */
  const HOME = new URL("..", document.currentScript.src);
  const PATH = HOME.pathname + "v1.";
  const SCHEMES = ["automatic", "light", "dark"];

  function stored(name) {
    try {
      return localStorage.getItem(PATH + name);
    } catch {
      return null; // storage is blocked: the system's choice counts
    }
  }

  /* Where the address or the reader wants less than a whole list, or another order, skim.js makes it
     so after the first paint. Until then the list is not seen, and nothing moves. */
  if (/[?&](topic|code|new|sort)=/.test(location.search) || stored("seen-papers") === '"hidden"') {
    html.classList.add("bs-wait");
  }

  function setScheme(scheme) {
    if (scheme === "automatic") delete html.dataset.scheme;
    else html.dataset.scheme = scheme;
  }

  let scheme = SCHEMES.includes(stored("scheme")) ? stored("scheme") : "automatic";
  setScheme(scheme);

  function makeButton(text, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", act);
    return button;
  }

  function pick(items) {
    return items[Math.floor(Math.random() * items.length)];
  }

  customElements.define("bs-scheme", class extends HTMLElement {
    connectedCallback() {
      const show = () => (button.ariaLabel = button.title = `Colours: ${scheme}`);
      const button = makeButton("", () => {
        scheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length];
        setScheme(scheme);
        try {
          localStorage.setItem(PATH + "scheme", scheme);
        } catch {
          // it holds for this page
        }
        show();
      });
      show();
      this.replaceChildren(button);
    }
  });

  /* Told by feeds/newest.js, which changes with each day; no other page need. */
  const newest = self.bsNewest;

  customElements.define("bs-newest", class extends HTMLElement {
    connectedCallback() {
      if (!newest) return;
      const link = document.createElement("a");
      link.href = new URL(newest.address, HOME);
      const time = document.createElement("time");
      time.dateTime = newest.date;
      time.textContent = newest.day;
      link.append(time);
      const papers = document.createElement("span");
      papers.textContent = newest.papers;
      this.replaceChildren("Newest digest ", link, " ", papers);
    }
  });

  /* A digest comes every working day: after a weekend the newest is three days old. */
  const FRESH_DAYS = 3;

  customElements.define("bs-age", class extends HTMLElement {
    connectedCallback() {
      if (!newest) return;
      const now = new Date();
      const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
      const days = Math.round((today - Date.parse(newest.date)) / 86400000);
      if (days > FRESH_DAYS) this.textContent = `The newest digest is ${days} days old.`;
    }
  });

  /* The theme's script is most of all scripts. It comes on a hand-written page that holds what it
     serves. The element is the last of a page. */
  const SERVED = ".highlight, .tabbed-set, .annotate, .mermaid, .md-typeset table:not([class])";

  customElements.define("bs-theme", class extends HTMLElement {
    connectedCallback() {
      if (!document.querySelector(SERVED)) return;
      const script = document.createElement("script");
      script.src = this.getAttribute("src");
      // It waits for a document that may have been complete by then.
      script.addEventListener("load", () => window.document$.next(document));
      this.replaceWith(script);
    }
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const search = document.querySelector(".bs-find");
    if (!search) return;
    event.preventDefault();
    // That of the page of the search stands for that of the masthead; a phone has only the way there.
    const fields = [document.querySelector("#search-q"), search.elements.q];
    const field = fields.find((one) => one?.checkVisibility());
    if (field) field.select();
    else location.assign(search.action);
  });

  /* Copies the text that follows; where a browser forbids that, marks it for the reader to copy. */
  customElements.define("bs-copy", class extends HTMLElement {
    connectedCallback() {
      const button = makeButton("Copy", async () => {
        const text = this.nextElementSibling;
        try {
          await navigator.clipboard.writeText(text.textContent);
          button.textContent = "Copied";
        } catch {
          getSelection().selectAllChildren(text);
          button.textContent = "Marked: copy it now";
        }
      });
      this.replaceChildren(button);
    }
  });

  /* A random paper: of a random day among those linked, each as likely as it has papers. */
  customElements.define("bs-random", class extends HTMLElement {
    connectedCallback() {
      this.replaceChildren(makeButton("A random paper", this.open));
    }

    async open() {
      const days = [...document.querySelectorAll("[data-papers]")];
      const address = pick(days.flatMap((day) => Array(Number(day.dataset.papers)).fill(day.href)));
      try {
        const text = await (await fetch(address)).text();
        const page = new DOMParser().parseFromString(text, "text/html");
        const paper = pick([...page.querySelectorAll(".bs-title a")]);
        location.assign(new URL(paper.getAttribute("href"), address));
      } catch {
        this.textContent = "None could be read: try again";
      }
    }
  });

  /* The theme's script takes every alternate link for a translation and asks for a sitemap beside it,
     in vain. A second keyword hides the feeds from it. */
  for (const link of document.querySelectorAll("link[rel=alternate]")) link.rel = "alternate feed";
}
