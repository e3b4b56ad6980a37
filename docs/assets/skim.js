/* Skimming: filters, keys, and what is new since the last visit. */

import { listenToKeys } from "./keys.js";
import { paperOf } from "./papers.js";
import "./store.js";
import "./toolbar.js";
import { markSeen } from "./visits.js";

listenToKeys();

const opened = document.querySelector(".bs-paper[data-key]");
if (opened) markSeen([paperOf(opened)]);
