/* Skimming: filters, keys, and what is new since the last visit. */

import { seenPapers } from "./help.js";
import { listenToKeys } from "./keys.js";
import { listedPapers, paperOf, showSeen } from "./papers.js";
import "./store.js";
import "./toolbar.js";
import { markSeen } from "./visits.js";

listenToKeys();

/* Results of a search come later than their page, and it has no toolbar. */
document.addEventListener("bs-adopt", () => {
  listedPapers().forEach(showSeen);
  document.documentElement.classList.toggle("bs-dim", seenPapers() === "dimmed");
});

const opened = document.querySelector(".bs-paper[data-key]");
if (opened) markSeen([paperOf(opened)]);
