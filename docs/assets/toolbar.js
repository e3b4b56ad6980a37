/* The row of buttons before a list of papers: which are shown, in which order, which are new. */

import { make } from "./dom.js";
import { addressOf, narrows, shows, sorted, viewOf } from "./filters.js";
import { onChoice, openHelp, seenPapers } from "./help.js";
import { button, inWords, say } from "./notice.js";
import { allTopics, countTopics, linkedTopics, listedPapers, showSeen, slugOf } from "./papers.js";
import { isSeen, markSeen, onSeen, unmarkSeen } from "./visits.js";

const EVERYTHING = { topics: [], code: false, onlyNew: false };

class Toolbar extends HTMLElement {
  #papers = listedPapers();
  #numbers = countTopics(this.#papers);
  #topics = linkedTopics(document, location);
  #view = { ...EVERYTHING, byTitle: false };

  #unfold = button("", () => this.#fold(!this.#panel.hidden));
  #code = button("", () => this.#change({ code: !this.#view.code }));
  #onlyNew = button("", () => this.#change({ onlyNew: !this.#view.onlyNew }));
  #said = make("p", { role: "status" });
  #clear = button("Show all", () => this.#change(EVERYTHING));
  #byTitle = button("By title", () => this.#change({ byTitle: !this.#view.byTitle }));
  #mark = button("Mark all as seen", () => this.#markShown());
  #help = button("?", openHelp);
  #panel = make("ul", { className: "bs-chips", id: "bs-panel", hidden: true, ariaLabel: "Topics" });

  connectedCallback() {
    this.role = "group";
    this.ariaLabel = "Which papers";
    this.#unfold.setAttribute("aria-controls", this.#panel.id);
    this.#unfold.disabled = this.#numbers.size === 0;
    this.#help.ariaLabel = this.#help.title = "Keys and choices";
    this.append(
      make("div", { className: "bs-bar" }, this.#unfold, this.#code, this.#onlyNew),
      make("div", { className: "bs-bar bs-shown" }, this.#said, this.#clear),
      make("div", { className: "bs-bar" }, this.#byTitle, this.#mark, this.#help),
      this.#panel,
    );
    for (const link of document.querySelectorAll(".bs-head > .bs-chips a")) {
      link.replaceWith(this.#topicButton(slugOf(link), link.querySelector(".bs-count").textContent));
    }
    this.#fold(true);
    this.#arrange();
    window.addEventListener("popstate", () => this.#arrange());
    onChoice(() => this.#arrange());
    onSeen(() => this.#showSeen());
    document.documentElement.classList.remove("bs-wait");
  }

  #topicButton(slug, number) {
    const { name, className } = this.#topics.get(slug);
    const made = button("", () => {
      const { topics } = this.#view;
      this.#change({ topics: topics.includes(slug) ? topics.filter((one) => one !== slug) : [...topics, slug] });
    });
    made.className = className;
    made.dataset.topic = slug;
    label(made, name, number);
    return made;
  }

  /** Fold the panel of all topics away, or unfold it. */
  async #fold(folded) {
    this.#panel.hidden = folded;
    this.#unfold.ariaExpanded = !folded;
    if (folded || this.#panel.childElementCount) return;
    const slugs = [...this.#numbers.keys()];
    // The list of a month names no topics, and its head names only some.
    if (!slugs.every((slug) => this.#topics.has(slug))) {
      this.#topics = new Map([...(await allTopics()), ...this.#topics]);
    }
    const named = slugs.filter((slug) => this.#topics.has(slug));
    this.#panel.replaceChildren(
      ...named.map((slug) => {
        const className = document.querySelector(`.bs-head [data-topic="${slug}"]`) ? "bs-above" : "";
        return make("li", { className }, this.#topicButton(slug, this.#numbers.get(slug)));
      }),
    );
    this.#showView();
  }

  /** Show what the reader asks for now; the address says it, to be shared and to be gone back from. */
  #change(wanted) {
    history.pushState(null, "", addressOf({ ...this.#view, ...wanted }, location, seenPapers() === "hidden"));
    this.#arrange();
  }

  /** Make the list what the address asks for. */
  #arrange() {
    const view = viewOf(new URL(location), seenPapers() === "hidden");
    if (view.byTitle !== this.#view.byTitle) {
      for (const { element } of sorted(view, this.#papers)) element.parentElement.append(element);
    }
    this.#view = view;
    for (const paper of this.#papers) paper.element.hidden = !shows(view, paper, isSeen);
    // Days of a month of which nothing is shown.
    for (const day of document.querySelectorAll(".bs-month section")) {
      day.hidden = narrows(view) && !day.querySelector("li[data-key]:not([hidden])");
    }
    this.#showView();
    this.#showSeen();
  }

  #markShown() {
    const papers = this.#shown().filter((paper) => !isSeen(paper));
    const { ok, message } = markSeen(papers);
    this.#arrange();
    const undo = () => {
      unmarkSeen(papers);
      this.#arrange();
    };
    if (ok) say(`Marked as seen: ${inWords(papers.length)}.`, { label: "Undo", act: undo });
    else say(message);
  }

  #shown() {
    return this.#papers.filter(({ element }) => !element.hidden);
  }

  /** Bring the buttons and what is said up to date with the view. */
  #showView() {
    const { topics, code, onlyNew, byTitle } = this.#view;
    const named = topics.flatMap((slug, index) => {
      const topic = this.#topics.get(slug);
      const name = topic ? make("a", { href: topic.address }, topic.name) : slug;
      return [index ? " or " : " on ", name];
    });
    const narrow = narrows(this.#view);
    const numbers = `${this.#shown().length} of ${inWords(this.#papers.length)}`;
    this.#said.replaceChildren(...(narrow ? [numbers, ...named] : []));
    label(this.#unfold, "All topics", topics.length || "");
    const coded = this.#papers.filter((paper) => paper.code).length;
    label(this.#code, "Has code", coded);
    // Pressed by an address, it is the way back; and where the focus is, it stays.
    this.#code.disabled = !coded && !code && document.activeElement !== this.#code;
    this.#code.ariaPressed = code;
    // It goes, and the focus with it.
    if (!narrow && document.activeElement === this.#clear) (this.#code.disabled ? this.#byTitle : this.#code).focus();
    this.#clear.hidden = !narrow;
    this.#onlyNew.ariaPressed = onlyNew;
    this.#byTitle.ariaPressed = byTitle;
    for (const made of document.querySelectorAll("[data-topic]")) {
      made.ariaPressed = topics.includes(made.dataset.topic);
    }
  }

  /** Bring the marks up to date. No paper comes or goes by it: somebody may be reading. */
  #showSeen() {
    this.#papers.forEach(showSeen);
    label(this.#onlyNew, "New to me", this.#papers.filter((paper) => !isSeen(paper)).length);
    this.#mark.disabled = this.#shown().every(isSeen);
    document.documentElement.classList.toggle("bs-dim", seenPapers() === "dimmed");
  }
}

function label(element, words, number) {
  element.replaceChildren(words, " ", make("span", { className: "bs-count" }, number.toLocaleString("en")));
}

customElements.define("bs-tools", Toolbar);
