/* Which papers of a list are shown, and in which order, as the address of the page says it:
   `?topic=graph-learning&topic=time-series&code=1&new=1&sort=title`. */

const OURS = ["topic", "code", "new", "sort"];

/** What an address asks for.

    @param {URL} address of a page
    @param {boolean} byDefault whether only new papers are shown where it says nothing of them
    @return {{topics: string[], code: boolean, onlyNew: boolean, byTitle: boolean}} */
export function viewOf(address, byDefault) {
  const asked = address.searchParams;
  return {
    topics: [...new Set(asked.getAll("topic"))],
    code: asked.get("code") === "1",
    onlyNew: asked.has("new") ? asked.get("new") === "1" : byDefault,
    byTitle: asked.get("sort") === "title",
  };
}

/** The address that asks for a view; whatever else was in it stays. */
export function addressOf(view, address, byDefault) {
  const result = new URL(address);
  for (const name of OURS) result.searchParams.delete(name);
  for (const topic of view.topics) result.searchParams.append("topic", topic);
  if (view.code) result.searchParams.set("code", "1");
  if (view.onlyNew !== byDefault) result.searchParams.set("new", view.onlyNew ? "1" : "0");
  if (view.byTitle) result.searchParams.set("sort", "title");
  return result;
}

/** Whether a view leaves anything out. */
export function narrows(view) {
  return view.topics.length > 0 || view.code || view.onlyNew;
}

/** Whether a view shows a paper: it has any of the topics, and whatever else is asked for. */
export function shows(view, paper, isSeen) {
  return (
    (view.topics.length === 0 || view.topics.some((topic) => paper.topics.includes(topic))) &&
    (!view.code || paper.code) &&
    (!view.onlyNew || !isSeen(paper))
  );
}

const collator = new Intl.Collator("en", { numeric: true, ignorePunctuation: true });

/** Papers in the order of a view; in that of the digest they are numbered by `place`. */
export function sorted(view, papers) {
  const byPlace = (a, b) => a.place - b.place;
  const byTitle = (a, b) => collator.compare(a.title, b.title) || byPlace(a, b);
  return papers.toSorted(view.byTitle ? byTitle : byPlace);
}
