"""The library's reference: one page for each room, out of Doxygen's XML (what is declared where) and the headers."""

import dataclasses
import pathlib
import re
import xml.etree.ElementTree as ElementTree

COMMENT = re.compile(r"^ *///? ?(.*)$")
TAG = re.compile(r"^ *// \[(tag|end): ")


@dataclasses.dataclass
class Declaration:
    """Something that a header declares, by line numbers that count from 1."""

    kind: str
    name: str
    first: int
    last: int


def namespace_members(xml):
    """What namespaces hold besides classes, by the header that declares it."""
    members = {}
    for file in xml.glob("namespace*.xml"):
        for member in ElementTree.parse(file).getroot().iter("memberdef"):
            members.setdefault(member.find("location").get("file"), []).append(member)
    return members


def declarations(xml, header, members):
    """Everything at namespace scope of one header, in the order of its lines."""
    found = []
    for inner in header.iter("innerclass"):
        compound = ElementTree.parse(xml / f"{inner.get('refid')}.xml").getroot().find("compounddef")
        place = compound.find("location")
        name = compound.findtext("compoundname").split("::")[-1]
        found.append(Declaration(compound.get("kind"), name, int(place.get("line")), int(place.get("bodyend", 0))))
    for member in members:
        place = member.find("location")
        last = place.get("bodyend") if place.get("bodyfile") == place.get("file") else None
        kind, first = member.get("kind"), int(place.get("line"))
        found.append(Declaration(kind, member.findtext("name"), first, max(first, int(last or 0))))
    found.sort(key=lambda each: each.first)
    return [each for each in found if not is_nested(each, found)]


def is_nested(one, others):
    return any(each is not one and each.first < one.first <= each.last for each in others)


def comment_above(lines, first):
    """The comment that ends right above line `first`, without its slashes."""
    end = start = first - 1
    while start > 0 and COMMENT.match(lines[start - 1]):
        start -= 1
    return [COMMENT.match(line)[1] for line in lines[start:end] if not TAG.match(line)]


def prose(comment):
    """Sentences as paragraphs; what is indented, such as a header's diagram, as it stands."""
    blocks, drawn = [], False
    for line in comment:
        if drawn != line.startswith("    ") and line:
            drawn = not drawn
            blocks.append("```" + ("text" if drawn else "\n"))
        blocks.append(line if drawn else escaped(line))
    if drawn:
        blocks.append("```")
    return "\n".join(blocks)


def escaped(line):
    return re.sub(r"([<>*_\[\]])", r"\\\1", line)


def signature(lines, each):
    """The declaration's lines, up to the end of its head; its body is the source's affair."""
    taken = []
    start = each.first - 1
    while start > 0 and lines[start - 1].startswith("template"):
        start -= 1
    for line in lines[start:]:
        taken.append(line)
        if line.rstrip().endswith((";", "}", "{", ":")):
            break
    return "\n".join(taken).removesuffix(" {")


def public_part(lines, each):
    """A class as its user sees it."""
    taken = lines[each.first - 1 : each.last]
    for number, line in enumerate(taken):
        if line.strip() in ("private:", "protected:"):
            return "\n".join(taken[:number]).rstrip() + "\n};"
    return "\n".join(taken)


def fence(code):
    return f"```cpp\n{code}\n```\n"


def section(lines, each):
    yield f"### {each.kind} {each.name}\n"
    comment = comment_above(lines, each.first)
    if comment:
        yield prose(comment) + "\n"
    yield fence(public_part(lines, each))


def listing(lines, members):
    """Functions, constants and names, each with its comment."""
    yield "### Functions and names\n"
    parts = []
    for each in members:
        comment = [f"/// {line}".rstrip() for line in comment_above(lines, each.first)]
        parts.append("\n".join([*comment, signature(lines, each)]))
    yield fence("\n\n".join(dict.fromkeys(parts)))


def header_pages(xml, header, root, members):
    path = header.find("location").get("file")
    lines = (root / "common" / path).read_text(encoding="utf-8").splitlines()
    intro = [line for line in lines[: next(n for n, line in enumerate(lines) if not line.startswith("//"))]]
    yield f"## {path}\n"
    yield prose([COMMENT.match(line)[1] for line in intro]) + "\n"
    found = declarations(xml, header, members.get(path, []))
    types = [each for each in found if each.kind in ("class", "struct", "enum") and each.last]
    for each in types:
        yield from section(lines, each)
    members = [each for each in found if each not in types and each.kind in ("function", "variable", "typedef")]
    if members:
        yield from listing(lines, members)


def write(xml, root, folder):
    """One Markdown page for each room."""
    rooms, members = {}, namespace_members(xml)
    for file in sorted(xml.glob("*_8hpp.xml")):
        header = ElementTree.parse(file).getroot().find("compounddef")
        path = header.find("location").get("file")
        rooms.setdefault(path.split("/")[0], []).append((path, header))
    folder.mkdir(parents=True, exist_ok=True)
    for room, headers in rooms.items():
        text = [f"# The room {room}\n"]
        for _, header in sorted(headers, key=lambda each: each[0]):
            text += header_pages(xml, header, root, members)
        (folder / f"{room}.md").write_text("\n".join(text), encoding="utf-8")
    return len(rooms)
