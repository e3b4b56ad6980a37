"""Builds the generated pages: the bytes that MkDocs would make, in a fraction of its time.

MkDocs spends 2.6 ms on converting the Markdown of a page and 0.9 ms on the theme's template. Our
pages need neither: their body is one block of raw HTML, which Markdown passes on as it is, and the
template gives every page of a shape the same text around a few values. So MkDocs builds the first
page of each shape itself, the template is run once more with placeholders for the values, and the
result is cut there. It serves the other pages of the shape only if it gives that first page byte
for byte; otherwise MkDocs builds them all.

Whatever a theme or a setting does to pages is thereby done to ours; nothing of it is repeated here.

    shell      what the theme puts around a page, cut where the pages of a shape differ
    body       whether Markdown passes on a page as it is
    filling    fills in a page whose shape is known
    files      the generated files, as MkDocs holds them
    plugin     all of it in MkDocs' build
    refusals   what no site can be built with, asked for before a build
    remarks    what it is built with all the same, and hardly meant
    templates  what is wrong with a template, in a sentence
    squeeze    takes out what templates hold for their own sake
"""
