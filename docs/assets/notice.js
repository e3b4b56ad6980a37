/* One line that tells the reader what has just happened, and may offer to undo it. */

/* On the page from the start: a region that comes with its words is not read out everywhere. */
const notice = document.body.appendChild(document.createElement("div"));
notice.className = "bs-notice";
notice.setAttribute("role", "status");

/** Show a message until it is closed or another comes; `action` is a button `{label, act}`. */
export function say(message, action) {
  if (!message) return;
  const words = document.createElement("span");
  words.textContent = message;
  const close = button("Close", () => notice.replaceChildren());
  const wanted = action ? [button(action.label, () => (notice.replaceChildren(), action.act()))] : [];
  notice.replaceChildren(words, ...wanted, close);
}

/** A plain button. */
export function button(label, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}

/** A number of papers. */
export function inWords(number) {
  return `${number.toLocaleString("en")} ${number === 1 ? "paper" : "papers"}`;
}
