/* The page of feeds: links that copy their address, and one file of the feeds of ticked topics.
   Without it each link is a link, and the files of whole facets are there. */

const page = document.querySelector(".bs-subscribe");
const form = page.querySelector("form");

/* A browser offers the clipboard on secure pages only; elsewhere the links stay links. */
if (navigator.clipboard) {
  for (const link of page.querySelectorAll("a.bs-feed")) {
    link.role = "button";
    link.ariaLabel = `Copy the address of ${link.ariaLabel}`;
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // to open it
      event.preventDefault();
      copy(link);
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      copy(link);
    });
  }
}

async function copy(link) {
  try {
    await navigator.clipboard.writeText(link.href);
  } catch {
    location.assign(link.href); // not allowed: what the link does by itself
    return;
  }
  page.querySelector(".bs-done")?.classList.remove("bs-done");
  link.classList.add("bs-done");
  form.querySelector("[role=status]").textContent = `Copied ${link.href}`;
}

choose();

async function choose() {
  let list, recent;
  try {
    [list, recent] = await Promise.all([
      get(form.dataset.list).then(async (answer) => parsed(await answer.text())),
      get(form.dataset.recent).then((answer) => answer.json()),
    ]);
  } catch {
    return; // the page stays as it is without a script
  }
  const boxes = [...form.querySelectorAll("[name=topic]")];
  const shared = new URLSearchParams(location.search).getAll("topic");
  for (const box of boxes) box.checked = shared.includes(box.value);
  for (const part of form.querySelectorAll("[data-script]")) part.hidden = false;

  const chosen = () => new FormData(form).getAll("topic");
  const show = () => {
    const topics = chosen();
    const query = topics.length ? `?${new URLSearchParams(new FormData(form))}` : "";
    history.replaceState(null, "", location.pathname + query + location.hash);
    form.querySelector(".bs-choice").hidden = !topics.length;
    form.elements.count.value = words(topics, recent);
  };
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show)); // the boxes are cleared after the event
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save("feeds.opml", only(list, chosen()));
  });
  show();
}

async function get(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer;
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "application/xml");
}

/* What a choice brings: papers, not items, as a paper of two chosen topics is one paper. */
function words(topics, recent) {
  const places = new Set(topics.map((topic) => recent.topics.indexOf(topic)));
  const feeds = recent.papers.map((paper) => paper.filter((place) => places.has(place)).length);
  const aWeek = (least) => Math.round(feeds.filter((n) => n >= least).length / recent.weeks);
  const told = (number) => number.toLocaleString("en");
  const name = topics.length === 1 ? "1 topic" : `${topics.length} topics`;
  const some = aWeek(1) ? `about ${told(aWeek(1))}` : "less than 1";
  const all = aWeek(0) > 1 ? `of ${told(aWeek(0))} papers` : "paper";
  const twice = aWeek(2) ? `, ${told(aWeek(2))} of them in several of these feeds` : "";
  return `${name}: ${some} ${all} a week${twice}`;
}

/* The list of all feeds, less all but those of some topics. */
function only(list, topics) {
  const opml = list.cloneNode(true);
  const wanted = [...opml.querySelectorAll("outline[xmlUrl]")].filter((outline) =>
    topics.some((topic) => outline.getAttribute("xmlUrl").includes(`/feeds/tags/${topic}/`)),
  );
  opml.querySelector("body").replaceChildren(...wanted);
  const title = opml.querySelector("title");
  title.textContent = title.textContent.replace("All feeds", "Chosen feeds");
  const xml = new XMLSerializer().serializeToString(opml.documentElement);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`;
}

function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/x-opml" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // by then the browser has taken it
}
