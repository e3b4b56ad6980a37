/* Copying text with formulas. A browser would put each of their signs on a line of its own; copied is
   their TeX, whole. */

document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (selection.isCollapsed || !event.clipboardData || event.target.closest?.("input, textarea")) return;
  const range = selection.getRangeAt(0).cloneRange();
  const [first, last] = [range.startContainer, range.endContainer].map(formulaOf);
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const part = shownPart(range);
  const formulas = [...part.querySelectorAll("math")];
  if (!formulas.length) return;
  for (const link of part.querySelectorAll("[href]")) link.setAttribute("href", link.href);
  event.clipboardData.setData("text/html", part.innerHTML);
  for (const formula of formulas) {
    const tex = formula.querySelector("annotation");
    formula.replaceWith(tex ? `$${tex.textContent.trim()}$` : formula.textContent);
  }
  event.clipboardData.setData("text/plain", textOf(part));
  event.preventDefault();
});

function formulaOf(node) {
  return (node instanceof Element ? node : node.parentElement)?.closest("math");
}

/* What a reader sees of a range: no buttons, and nothing that is folded. */
function shownPart(range) {
  const part = document.createElement("div");
  part.append(range.cloneContents());
  const { commonAncestorContainer: within } = range;
  const own = within instanceof Element ? [...within.querySelectorAll("*")].filter((one) => range.intersectsNode(one)) : [];
  [...part.querySelectorAll("*")].forEach((copy, index) => {
    const isShown = own[index]?.checkVisibility() || own[index]?.closest("math");
    if (!isShown || copy.localName === "button") copy.remove();
    else if (copy.localName === "details") copy.open = true;
  });
  return part;
}

/* Its text, with lines where blocks end: a browser knows of them only once it is on the page. */
function textOf(part) {
  document.querySelector(".bs").append(part);
  const text = part.innerText.trim();
  part.remove();
  return text;
}
