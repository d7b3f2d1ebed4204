"""Drawings on pages, and by themselves: SVG, GraphML, DOT and JSON of every drawing there is.

A page with one drawing takes two lines. Its view:

    return render_drawn("units.html", lambda frame: _draw(units, frame), units=units)

where `_draw` returns a `Drawing` (without roots where there is nothing to draw), and in its
template, where the macro writes nothing for a drawing without roots:

    {% from "drawings.html" import drawn with context %}
    {% call drawn(drawing, _("Drawing of the units")) %}{{ _("What the lines mean.") }}{% endcall %}

A page that negotiates by itself adds DRAWING_OFFERS to its offers, behind its own, and answers
those with `answer_drawing(offer, drawings)`; its `format=json` stays its own JSON. Of several
drawings on a page `drawing=` names one by its identifier; the macro writes that into its links.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import Response, render_template, request

from styrgraf.errors import UnknownNameError
from styrgraf.exchange.diagrams import Branch
from styrgraf.exchange.drawings import Drawing
from styrgraf.exchange.graph_formats import write_dot, write_graphml, write_node_link
from styrgraf.exchange.graphs import Graph
from styrgraf.exchange.nets import Net
from styrgraf.exchange.strokes import Box
from styrgraf.language import N_
from styrgraf.web.languages import current_language, gettext
from styrgraf.web.negotiation import DOT, DRAWING_OFFERS, GRAPH_JSON, GRAPHML, HTML, Offer
from styrgraf.web.pages import Frame, gather_frame
from styrgraf.web.paging import page_address
from styrgraf.web.representations import choose_offer, link_representations
from styrgraf.web.services import current_addresses

DRAWN_PAGE = (HTML, *DRAWING_OFFERS)
"""What a page with a drawing and without other data can be had as."""

DRAWING_PARAMETER = "drawing"

_WRITERS: Mapping[Offer, Callable[[Graph], str]] = {
    GRAPHML: write_graphml,
    DOT: write_dot,
    GRAPH_JSON: write_node_link,
}


def make_drawing(roots: Sequence[Branch], title: str, description: str, identifier: str) -> Drawing:
    """Return a drawing in the user's language."""
    return Drawing(title, description, identifier, current_language(), tuple(roots))


def make_net_drawing(net: Net, title: str, description: str, identifier: str) -> Drawing:
    """Return the drawing of a net, in which a box may have several sources."""
    return Drawing(title, description, identifier, current_language(), net=net)


def render_drawn(
    template: str,
    draw: Callable[[Frame], Drawing],
    offers: Sequence[Offer] = DRAWN_PAGE,
    **records: object,
) -> Response:
    """Answer with the page, which finds its `drawing`, or with the drawing alone.

    Which of them is said by `format=` or Accept; `records` are as in `render_page`. What else the
    page can be had as (`offers`) is answered before.
    """
    offer = choose_offer(offers)
    frame = gather_frame(records)
    drawing = draw(frame)
    if offer is not HTML:
        return link_representations(answer_drawing(offer, [drawing]), offer, offers)
    page = render_template(
        template, frame=frame, page_address=page_address, drawing=drawing, **records
    )
    return link_representations(Response(page, content_type=HTML.content_type), offer, offers)


def answer_drawing(offer: Offer, drawings: Sequence[Drawing], *, in_page: bool = False) -> Response:
    """Answer with the drawing that `drawing=` names, the first without it, in one of the forms.

    SVG has absolute addresses and letters of its own, but where a script puts it `in_page`.
    Raises UnknownNameError.
    """
    drawing = _choose(drawings)
    if offer in _WRITERS:
        text = _WRITERS[offer](drawing.graph)
    elif in_page:
        text = _fill(drawing).svg
    else:
        text = _fill(drawing).write_alone(current_addresses().absolute)
    return Response(text, content_type=offer.content_type)


def _choose(drawings: Sequence[Drawing]) -> Drawing:
    name = request.args.get(DRAWING_PARAMETER, "")
    for drawing in drawings:
        if name in {"", drawing.identifier}:
            return drawing
    if not name:
        return make_drawing((), gettext("Nothing to draw"), "", "nothing")
    raise UnknownNameError(
        N_("There is no drawing “{name}” on this page; its drawings: {known}."),
        name=name[:80],
        known=", ".join(each.identifier for each in drawings) or "–",
    )


def _fill(drawing: Drawing) -> Drawing:
    """Return a drawing that says it where there is nothing to draw."""
    if not drawing.is_empty:
        return drawing
    nothing = Branch(Box(gettext("Nothing is stated about this in the graph.")))
    return make_drawing((nothing,), drawing.title, drawing.description, drawing.identifier)
