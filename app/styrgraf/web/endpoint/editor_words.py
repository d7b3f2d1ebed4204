"""What the editor's scripts say, in the user's language. The keys are those of static/js/."""

from __future__ import annotations

from styrgraf.language import N_
from styrgraf.web.languages import gettext

_WORDS = {
    "running": N_("The query runs …"),
    "rows": N_("{count} rows in {time}"),
    "row": N_("1 row in {time}"),
    "answered": N_("Answered in {time}"),
    "firstRows": N_("The first {count} rows, in {time}; there are more"),
    "stopped": N_("Stopped after {time}"),
    "unreachable": N_("The service cannot be reached, or broke off the answer."),
    "seconds": N_("{count} s"),
    "milliseconds": N_("{count} ms"),
    "copied": N_("The link is copied"),
    "copyFailed": N_("The browser does not let the page copy; take the link from the address bar"),
    "exampleLoaded": N_("The query stands in the editor: {summary}"),
    "restored": N_("The query from the address stands in the editor"),
    "expected": N_("Line {line}, column {column}: here could stand {expected}"),
    "unexpected": N_("Line {line}, column {column}: this cannot stand here"),
    "prefixUnknown": N_("Line {line}, column {column}: the prefix {prefix} is not declared"),
    "goToMistake": N_("Go to line {line}, column {column}"),
    "aVariable": N_("a ?variable"),
    "anIri": N_("an IRI"),
    "aLiteral": N_("a value"),
    "onlyGraphs": N_("Only these graphs are asked:"),
    "suggestions": N_("Suggestions"),
    "class": N_("class"),
    "property": N_("property"),
    "concept": N_("concept"),
    "graph": N_("named graph"),
    "function": N_("function"),
    "variable": N_("variable"),
    "table": N_("Table"),
    "truth": N_("Answer"),
    "turtle": N_("Turtle"),
    "chain": N_("As chain"),
    "raw": N_("As sent"),
    "problem": N_("Error"),
    "views": N_("Show the answer as"),
    "yes": N_("Yes"),
    "no": N_("No"),
    "noRows": N_("The query has no solution in the graph."),
    "caption": N_("Rows {first} to {last} of {count}"),
    "previous": N_("Previous rows"),
    "next": N_("Next rows"),
    "pages": N_("Pages of the table"),
    "sort": N_("Sort by {column}"),
    "showAll": N_("Show all"),
    "turtleText": N_("Answer in Turtle"),
    "rawText": N_("Answer as sent"),
    "download": N_("Download:"),
    "downloading": N_("Fetching {name} …"),
    "downloaded": N_("{name} is saved"),
    "drawing": N_("The drawing is made …"),
    "noDrawing": N_("No drawing could be made of this answer."),
    "chainText": N_("The answer as a drawing"),
}


def translate_words() -> dict[str, str]:
    """Return the words by key."""
    return {key: gettext(text) for key, text in _WORDS.items()}
