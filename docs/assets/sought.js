/* On the page for addresses that do not exist: offers to search for what the address seems to name. */
"use strict";

{
  const form = document.querySelector("#sought");
  const parts = location.pathname.split("/").filter((part) => part && part !== "index.html");
  let named = parts.at(-1) ?? "";
  try {
    named = decodeURIComponent(named);
  } catch {
    // cut short within a letter: what is left of it is asked for
  }
  form.elements.q.value = named.replace(/\.\w+$/, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  form.hidden = false;
}
