"""How Sphinx makes the book. tools/book/build stages the sources and calls it."""

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Generic, Text

project = "Culvert"
author = "The Culvert authors"
copyright = "2026, The Culvert authors"

extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = []
myst_heading_anchors = 4
nitpicky = True

html_theme = "furo"
html_title = "Culvert"
html_static_path = ["static"]
html_css_files = ["culvert.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
html_show_search_summary = False  # it would fetch pages, which a browser does not do for file://
numfig = True
pygments_style = "tango"
pygments_dark_style = "monokai"


class Tutorial(RegexLexer):
    """A console block: a prompt that may name a host, what is typed, and what comes back."""

    name = "tutorial"
    tokens = {
        "root": [
            (r"^(?:client|isp|server|site|host)?\d?\$ ?", Generic.Prompt, "typed"),
            (r".*\n", Text),
        ],
        "typed": [
            (r"(.*\\\n)", Generic.Strong),
            (r"(.*)(\n)", bygroups(Generic.Strong, Text), "#pop"),
        ],
    }


def setup(app):
    app.add_lexer("console", Tutorial)
