"""Nodes of Elyra's documents: made from a plan, and made again without losing what people edited.

What a node was made with stands in it under a key of ours. Where it still says the same, it becomes
what is planned now; where somebody changed it, it stays. Lists (dependencies, outputs, variables,
links) gain what is new and lose what is planned no more, and keep what people added.
"""

from __future__ import annotations

import copy
import uuid
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ..domain.pipeline import NodeKind
from ..domain.pipeline_draft import NodeCustody
from ..domain.pipeline_layout import LEFT, TOP, Position, lay_out
from .elyra_migration import NEWEST, label_of
from .elyra_pipeline import primary_of
from .step_text import OWN_KEY
from .toml_text import table_of, tables_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..domain.json_value import Json
    from ..domain.pipeline_draft import PlannedNode

_SCHEMA = (
    "http://api.dataplatform.ibm.com/schemas/common-pipeline/pipeline-flow/"
    "pipeline-flow-v3-schema.json"
)
_COMMENT_WIDTH, _COMMENT_HEIGHT, _COMMENT_ABOVE = 210, 58, 78
_DRAWN = ("x_pos", "y_pos", "comment")
_LISTS = ("dependencies", "outputs")
_ICONS = {
    NodeKind.NOTEBOOK: "/static/elyra/notebook.svg",
    NodeKind.PYTHON: "/static/elyra/python.svg",
    NodeKind.R: "/static/elyra/r-logo.svg",
}
_KINDS = {".py": NodeKind.PYTHON, ".r": NodeKind.R}


class MergedContent(Struct, frozen=True):
    """The content of a document, and what a person should know of nodes that were there."""

    content: dict[str, Json]
    notes: tuple[str, ...] = ()


def new_id(*words: str) -> str:
    """An id that is the same for the same words."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("aidevsecops", *words))))


def empty_content(name: str) -> dict[str, Json]:
    """A document without nodes."""
    primary = new_id(name, "primary")
    return {
        "doc_type": "pipeline",
        "version": "3.0",
        "json_schema": _SCHEMA,
        "id": new_id(name, "document"),
        "primary_pipeline": primary,
        "pipelines": [
            {
                "id": primary,
                "nodes": [],
                "app_data": {
                    "ui_data": {"comments": []},
                    "version": NEWEST,
                    "properties": {"name": name, "runtime": "Generic"},
                },
                "runtime_ref": "",
            }
        ],
        "schemas": [],
    }


def custody_of(node: dict[str, Json]) -> NodeCustody | None:
    """What a node says that it comes from; None for one that was not made here."""
    own = table_of(node, "app_data", OWN_KEY)
    if not own:
        return None
    return NodeCustody(
        text_of(own, "notebook") or None,
        text_of(own, "step") or None,
        text_of(own, "overlay") or None,
        text_of(own, "lock").removeprefix("sha256:") or None,
    )


def position_of(node: dict[str, Json]) -> Position | None:
    """Where a node is drawn; None for one without a place."""
    return _position(_ui(node))


def with_nodes(content: dict[str, Json], planned: Sequence[PlannedNode]) -> MergedContent:
    """The document with these nodes; all others, and all that people edited, stay.

    A node that somebody made for the file of a planned one is taken for that.
    """
    content = copy.deepcopy(content)
    primary = primary_of(content)
    there = {text_of(node, "id"): node for node in tables_of(primary, "nodes")}
    planned = _adopting(planned, there)
    wanted = {node.id for node in planned}
    sources = {node.custody.notebook for node in planned} - {None}
    gone = [
        node
        for id_, node in there.items()
        if id_ not in wanted and (c := custody_of(node)) is not None and c.notebook in sources
    ]
    kept = [node for node in gone if _is_edited(node)]
    dropped = {text_of(node, "id") for node in gone if node not in kept}
    notes = tuple(
        f"{label_of(node)} belongs to no step any more; it was edited, and stays." for node in kept
    )
    old_places = {id_: position_of(node) for id_, node in there.items()}
    nodes = {id_: node for id_, node in there.items() if id_ not in dropped}
    for each in planned:
        nodes[each.id] = _merged(there.get(each.id), each)
    for node in nodes.values():
        _drop_links(node, dropped)
    _place([*nodes.values()])
    primary["nodes"] = [*nodes.values()]
    comments = _Comments(table_of(primary, "app_data", "ui_data"), nodes, old_places)
    comments.update(planned, dropped)
    return MergedContent(content, notes)


def _adopting(
    planned: Sequence[PlannedNode], there: Mapping[str, dict[str, Json]]
) -> tuple[PlannedNode, ...]:
    """The same nodes, with the ids of those that somebody made for their files."""
    foreign = {
        text_of(table_of(node, "app_data", "component_parameters"), "filename"): id_
        for id_, node in there.items()
        if custody_of(node) is None
    }
    ids = {each.id: foreign.get(each.file, each.id) for each in planned if each.id not in there}
    return tuple(
        replace(
            each,
            id=ids.get(each.id, each.id),
            upstream=tuple(ids.get(other, other) for other in each.upstream),
        )
        for each in planned
    )


def _merged(old: dict[str, Json] | None, planned: PlannedNode) -> dict[str, Json]:
    """The node that is there with what is planned now, or a new one."""
    node = _bare(planned) if old is None else old
    app_data = table_of(node, "app_data")
    made = table_of(app_data, OWN_KEY, "made")
    parameters, ui_data = table_of(app_data, "component_parameters"), table_of(app_data, "ui_data")
    for key, value in (("filename", planned.file), ("runtime_image", planned.image)):
        if parameters.get(key) == made.get(key):
            parameters[key] = value
    if app_data.get("label") == made.get("label"):
        app_data["label"] = ui_data["label"] = planned.name
    for key, values in zip(_LISTS, (planned.dependencies, planned.outputs), strict=True):
        parameters[key] = [*_joined(_texts(parameters, key), _texts(made, key), values)]
    names = tuple(variable.name for variable in planned.variables)
    parameters["env_vars"] = _variables(tables_of(parameters, "env_vars"), made, names)
    _link(node, _texts(made, "upstream"), planned)
    custody = planned.custody
    says = {
        "notebook": custody.notebook,
        "step": custody.step,
        "overlay": custody.overlay,
        "lock": f"sha256:{custody.lock}" if custody.lock else None,
    }
    app_data[OWN_KEY] = {
        **{key: value for key, value in says.items() if value is not None},
        "made": {
            "label": planned.name,
            "filename": planned.file,
            "runtime_image": planned.image,
            "dependencies": [*planned.dependencies],
            "outputs": [*planned.outputs],
            "env_vars": [*names],
            "upstream": [*planned.upstream],
            **{key: made[key] for key in _DRAWN if key in made},
        },
    }
    return node


def _bare(planned: PlannedNode) -> dict[str, Json]:
    ending = planned.file[planned.file.rfind(".") :].lower()
    kind = _KINDS.get(ending, NodeKind.NOTEBOOK)
    port: dict[str, Json] = {"cardinality": {"min": 0, "max": -1}}
    return {
        "id": planned.id,
        "type": "execution_node",
        "op": kind.value,
        "app_data": {
            "component_parameters": {"include_subdirectories": False},
            "ui_data": {"image": _ICONS[kind]},
        },
        "inputs": [{"id": "inPort", "app_data": {"ui_data": {**port, "label": "Input Port"}}}],
        "outputs": [{"id": "outPort", "app_data": {"ui_data": {**port, "label": "Output Port"}}}],
    }


def _joined(current: Sequence[str], made: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The list that is there with what is planned now, less what was planned and is no more."""
    kept = [value for value in current if value not in made or value in new]
    # What was planned before and is not there was taken out by somebody.
    added = [value for value in new if value not in made and value not in kept]
    return (*kept, *added)


def _variables(
    current: Sequence[dict[str, Json]], made: dict[str, Json], names: Sequence[str]
) -> list[Json]:
    """The variables that are there, and those that code asks for now; one with a value stays."""
    before = _texts(made, "env_vars")
    kept: list[Json] = [
        each
        for each in current
        if text_of(each, "value") or (v := text_of(each, "env_var")) not in before or v in names
    ]
    there = {text_of(each, "env_var") for each in current}
    new = [name for name in names if name not in before and name not in there]
    added: list[Json] = [{"env_var": name, "value": ""} for name in new]
    return kept + added


def _link(node: dict[str, Json], made: Sequence[str], planned: PlannedNode) -> None:
    port = next(iter(tables_of(node, "inputs")), None)
    if port is None:
        port = {"id": "inPort"}
        node["inputs"] = [port]
    links = {text_of(link, "node_id_ref"): link for link in tables_of(port, "links")}
    found: list[Json] = [
        links.get(id_)
        or {"id": new_id(planned.id, "after", id_), "node_id_ref": id_, "port_id_ref": "outPort"}
        for id_ in _joined([*links], made, planned.upstream)
    ]
    if found:
        port["links"] = found
    else:
        port.pop("links", None)


def _drop_links(node: dict[str, Json], gone: set[str]) -> None:
    for port in tables_of(node, "inputs"):
        if "links" in port:
            links = tables_of(port, "links")
            port["links"] = [each for each in links if text_of(each, "node_id_ref") not in gone]


def _place(nodes: Sequence[dict[str, Json]]) -> None:
    """Give a position to the nodes that have none; to all, where nobody moved any."""
    upstream = {
        text_of(node, "id"): [
            text_of(link, "node_id_ref")
            for port in tables_of(node, "inputs")
            for link in tables_of(port, "links")
        ]
        for node in nodes
    }
    taken = {
        text_of(node, "id"): place for node in nodes if (place := position_of(node)) is not None
    }
    if not any(_is_moved(node) for node in nodes):
        taken = {}
    places = lay_out(upstream, taken)
    for node in nodes:
        id_ = text_of(node, "id")
        if id_ not in taken:
            found: dict[str, Json] = {"x_pos": places[id_].x, "y_pos": places[id_].y}
            _ui(node).update(found)
            table_of(node, "app_data", OWN_KEY, "made").update(found)


def _is_moved(node: dict[str, Json]) -> bool:
    """True for a node whose place is not the one that it was given here."""
    place = position_of(node)
    return place is not None and place != _position(table_of(node, "app_data", OWN_KEY, "made"))


def _position(table: dict[str, Json]) -> Position | None:
    x, y = table.get("x_pos"), table.get("y_pos")
    if isinstance(x, int | float) and isinstance(y, int | float):
        return Position(x, y)
    return None


def _ui(node: dict[str, Json]) -> dict[str, Json]:
    return table_of(node, "app_data", "ui_data")


def _is_edited(node: dict[str, Json]) -> bool:
    """True where anything but its place is not as it was made."""
    app_data = table_of(node, "app_data")
    made = table_of(app_data, OWN_KEY, "made")
    parameters = table_of(app_data, "component_parameters")
    links = [link for port in tables_of(node, "inputs") for link in tables_of(port, "links")]
    says: dict[str, Json] = {
        **parameters,
        "label": app_data.get("label"),
        "env_vars": [text_of(each, "env_var") for each in tables_of(parameters, "env_vars")],
        "upstream": [text_of(link, "node_id_ref") for link in links],
    }
    has_values = any(text_of(each, "value") for each in tables_of(parameters, "env_vars"))
    return has_values or any(
        says.get(key) != value for key, value in made.items() if key not in _DRAWN
    )


class _Comments:
    """The comments of a document: one above each node that was made here, and people's own."""

    def __init__(
        self,
        ui_data: dict[str, Json],
        nodes: Mapping[str, dict[str, Json]],
        old_places: Mapping[str, Position | None],
    ) -> None:
        self._ui_data = ui_data
        self._nodes = nodes
        self._old_places = old_places

    def update(self, planned: Iterable[PlannedNode], gone: Iterable[str]) -> None:
        """Have each node that is new, and whose comment nobody edited, say what it is."""
        dropped = {new_id(id_, "comment") for id_ in gone}
        comments = {
            id_: comment
            for comment in tables_of(self._ui_data, "comments")
            if (id_ := text_of(comment, "id")) not in dropped
        }
        for each in planned:
            id_ = new_id(each.id, "comment")
            made = table_of(self._nodes[each.id], "app_data", OWN_KEY, "made")
            if id_ in comments:
                self._renew(comments[id_], made, each)
            elif each.id not in self._old_places:
                comments[id_] = self._new(id_, each)
            made["comment"] = each.comment
        self._ui_data["comments"] = [*comments.values()]

    def _renew(self, comment: dict[str, Json], made: dict[str, Json], planned: PlannedNode) -> None:
        if comment.get("content") == made.get("comment"):
            comment["content"] = planned.comment
        # It goes where its node goes, unless somebody put it elsewhere.
        old = self._old_places.get(planned.id)
        if old is not None and _position(comment) == _above(old):
            comment |= self._place(planned.id)

    def _new(self, id_: str, planned: PlannedNode) -> dict[str, Json]:
        return {
            "id": id_,
            **self._place(planned.id),
            "width": _COMMENT_WIDTH,
            "height": _COMMENT_HEIGHT,
            "class_name": "d3-comment-rect",
            "content": planned.comment,
            "associated_id_refs": [{"node_ref": planned.id}],
        }

    def _place(self, id_: str) -> dict[str, Json]:
        place = _above(position_of(self._nodes[id_]) or Position(LEFT, TOP))
        return {"x_pos": place.x, "y_pos": place.y}


def _above(place: Position) -> Position:
    return Position(place.x, place.y - _COMMENT_ABOVE)


def _texts(table: dict[str, Json], key: str) -> tuple[str, ...]:
    value = table.get(key)
    return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()
