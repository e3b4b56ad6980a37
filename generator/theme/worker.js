{#-
  The service worker, at the top because what it may serve lies below its own address. It is published
  where the setting `offline` is off as well: there it undoes what it did while that was on.
-#}
{% set ours = config.extra.broadsheet or {} -%}
self.offline = {{ (ours.offline or false) | tojson }};
self.shell = {{ [
  "503.html",
  "feeds/newest.js",
  "assets/shell.js",
  "assets/visited.js",
  "assets/fonts/newsreader-headline.woff2",
  "assets/fonts/newsreader-text.woff2",
  config.theme.favicon
] | tojson }}.concat({{ config.extra_css | tojson }});
importScripts("assets/worker.js");
