#!/usr/bin/env python3
"""Makes maps/world.map and maps/us-states.map from Natural Earth; maps/README.md says how to run it.

    make-maps.py FOLDER-OF-R-CRAN-RNATURALEARTHDATA OUT

Borders that two regions share are stored once, as one arc, so neighbours fit after simplification.
"""
import bz2
import collections
import lzma
import math
import sys
import zlib

import numpy
import rdata
import shapely
import shapely.affinity
from shapely.geometry import MultiPolygon, Polygon, box
from shapely.ops import unary_union

GRID = 100  # units a degree: a unit is 1.1 km at the equator
CUT = -169.0  # the meridian of the Bering Strait, where the world map begins and ends

# Parts of a country that have a code of their own in ISO 3166, by the code that Natural Earth gives
# the map unit; all other units belong to the country that Natural Earth counts them to.
OWN = {"GP", "GF", "MQ", "YT", "RE", "SJ", "BQ", "TK", "CC", "CX"}
# Areas without a code of their own: the country whose code addresses there have in ISO 3166-2.
WITHOUT_CODE = {"CYN": "CY", "SOL": "SO", "KOS": "XK", "ATC": "AU"}
# Too small for the source: a place is all there is of them.
PLACES = {"GI": (-5.35, 36.14), "TV": (179.20, -8.52)}
DROPPED = {"AQ"}


class Source:
    """The lazy-load database of the R package."""

    def __init__(self, folder):
        base = folder + "/data/Rdata"
        with open(base + ".rdx", "rb") as file:
            index = rdata.conversion.convert(rdata.parser.parse_data(file.read()))
        self.places = index["variables"]
        with open(base + ".rdb", "rb") as file:
            self.bytes = file.read()

    def object(self, name):
        start, length = (int(x) for x in self.places[name])
        block = self.bytes[start : start + length]
        kind, body = block[4:5], block[5:]
        if kind == b"Z":
            filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 26}]
            data = lzma.decompress(body, format=lzma.FORMAT_RAW, filters=filters)
        elif kind == b"2":
            data = bz2.decompress(body)
        else:
            data = zlib.decompress(block[4:])
        return rdata.parser.parse_data(data).object

    def layer(self, name):
        """The columns asked for and the polygons of a SpatialPolygonsDataFrame."""
        slots = attributes(self.object(name))
        table = slots["data"]
        columns = dict(zip(texts(attributes(table)["names"]), map(column, table.value)))
        shapes = [shape(polygons) for polygons in slots["polygons"].value]
        return columns, shapes


def attributes(value):
    found, pair = {}, value.attributes
    while pair is not None and pair.info.type.name == "LIST":
        tag = pair.tag
        while tag.info.type.name == "REF":
            tag = tag.referenced_object
        name = tag.value.value
        found[name.decode() if isinstance(name, bytes) else name] = pair.value[0]
        pair = pair.value[1]
    return found


def texts(value):
    return [None if x.value is None else x.value.decode("latin-1") for x in value.value]


def column(value):
    kind = value.info.type.name
    if kind == "STR":
        return texts(value)
    levels = attributes(value).get("levels") if value.attributes is not None else None
    if kind == "INT" and levels is not None:
        names = texts(levels)
        return [names[i - 1] if i is not None and i > 0 else None for i in value.value]
    return list(value.value)


def shape(polygons):
    """Rings on the grid: the outlines without the holes."""
    outlines, holes = [], []
    for ring in attributes(polygons)["Polygons"].value:
        parts = attributes(ring)
        size = attributes(parts["coords"])["dim"].value
        points = numpy.array(parts["coords"].value).reshape(size[1], size[0]).T
        polygon = shapely.make_valid(Polygon(numpy.round(points * GRID)))
        (holes if parts["hole"].value[0] else outlines).append(polygon)
    whole = unary_union(outlines)
    return whole.difference(unary_union(holes)) if holes else whole


def polygons(geometry):
    parts = getattr(geometry, "geoms", [geometry])
    return [q for p in parts for q in (polygons(p) if hasattr(p, "geoms") else [p]) if isinstance(q, Polygon)]


def world(source):
    countries, _ = source.layer("countries50")
    units, shapes = source.layer("map_units50")
    code = dict(zip(countries["adm0_a3"], countries["iso_a2"]))
    code.update(WITHOUT_CODE)
    parts = collections.defaultdict(list)
    for admin, own, geometry in zip(units["adm0_a3"], units["iso_a2"], shapes):
        region = own if own in OWN else code.get(admin) or "--"
        if region not in DROPPED:
            parts[region].append(geometry)
    shifted = {}
    for region, geometries in parts.items():
        pieces = []
        for polygon in polygons(unary_union(geometries)):
            west, _, east, _ = polygon.bounds
            # A polygon belongs to the side on which most of it lies, so that no island is cut.
            if (west + east) / 2 < CUT * GRID:
                polygon = shapely.affinity.translate(polygon, xoff=360 * GRID)
            pieces.append(polygon)
        shifted[region] = unary_union(pieces)
    return shifted


def states(source):
    columns, shapes = source.layer("states50")
    return {
        columns["postal"][i]: shapes[i]
        for i in range(len(shapes))
        if (columns["iso_3166_2"][i] or "").startswith("US-")
    }


def equal_earth(longitude, latitude, centre=11.0):
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    t = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    d = 9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1
    x = 2 * math.sqrt(3) / 3 * math.radians(longitude - centre) * math.cos(t) / d
    y = a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t
    return 6371 * x, 6371 * y  # km


def simplified(regions, tolerance, smallest):
    """The same regions with fewer points: triangles below `tolerance` km squared go (Visvalingam and
    Whyatt 1993, over the whole coverage at once), and islands below `smallest` square km."""
    names = sorted(regions)
    back = {}

    def project(points):
        out = []
        for x, y in points:
            plane = equal_earth(x / GRID, y / GRID)
            back[plane] = (int(x), int(y))
            out.append(plane)
        return out

    flat = []
    for name in names:
        pieces = sorted(
            (
                Polygon(project(p.exterior.coords), [project(r.coords) for r in p.interiors])
                for p in polygons(regions[name])
            ),
            key=lambda p: -p.area,
        )
        flat.append(
            MultiPolygon([p for i, p in enumerate(pieces) if i == 0 or p.area >= smallest]))
    simple = shapely.coverage_simplify(flat, tolerance)
    result = {}
    for name, geometry in zip(names, simple):
        rings = []
        for polygon in sorted(polygons(geometry), key=lambda p: -p.area):
            polygon = shapely.geometry.polygon.orient(polygon)
            for ring in [polygon.exterior, *polygon.interiors]:
                if ring is not polygon.exterior and Polygon(ring).area < smallest:
                    continue  # a lake within one region; an enclave is a region and far larger
                rings.append([back[point] for point in ring.coords])
        largest = max(polygons(geometry), key=lambda p: p.area)
        centre = shapely.maximum_inscribed_circle(largest, tolerance=largest.area**0.5 / 100)
        x, y = centre.coords[0]
        result[name] = (rings, inverse(x, y))
    return result


def inverse(x, y, centre=11.0):
    """The place on the grid that Equal Earth draws at a point: latitude by halving."""
    low, high = -90.0, 90.0
    for _ in range(60):
        middle = (low + high) / 2
        if equal_earth(0, middle)[1] < y:
            low = middle
        else:
            high = middle
    unit = equal_earth(centre + 1, low)[0]
    return round((centre + x / unit) * GRID), round(low * GRID)


def arcs(regions):
    """Rings cut where more than two borders meet, each piece kept once."""
    neighbours = collections.defaultdict(set)
    owners = collections.defaultdict(set)
    for name, (rings, _) in regions.items():
        for ring in rings:
            for a, b in zip(ring, ring[1:]):
                neighbours[a].add(b)
                neighbours[b].add(a)
                owners[frozenset((a, b))].add(name)

    def isNode(ring, i):
        before, here, after = ring[i - 1], ring[i], ring[(i + 1) % len(ring)]
        return len(neighbours[here]) != 2 or owners[frozenset((before, here))] != owners[
            frozenset((here, after))]

    index, pieces, result = {}, [], {}

    def add(piece):
        backwards = piece[::-1]
        if tuple(piece) in index:
            return index[tuple(piece)]
        if tuple(backwards) in index:
            return -index[tuple(backwards)] - 1
        index[tuple(piece)] = len(pieces)
        pieces.append(piece)
        return len(pieces) - 1

    for name in sorted(regions):
        rings, centre = regions[name]
        numbered = []
        for ring in rings:
            ring = ring[:-1]
            nodes = [i for i in range(len(ring)) if isNode(ring, i)]
            # A ring without a node, an island or an enclave, begins at its smallest point.
            start = nodes[0] if nodes else ring.index(min(ring))
            ring = ring[start:] + ring[:start]
            cuts = [(i - start) % len(ring) for i in nodes] or [0]
            cuts = sorted(cuts) + [len(ring)]
            closed = ring + ring[:1]
            numbered.append([add(closed[a : b + 1]) for a, b in zip(cuts, cuts[1:])])
        result[name] = (numbered, centre)
    return pieces, result


def encoded(points):
    """Differences as printable text, five bits a character (Google's polyline encoding)."""
    text, last = "", (0, 0)
    for point in points:
        for value in (point[0] - last[0], point[1] - last[1]):
            value = ~(value << 1) if value < 0 else value << 1
            while value >= 32:
                text += chr((32 | value & 31) + 63)
                value >>= 5
            text += chr(value + 63)
        last = point
    return text


def write(path, title, regions, places={}):
    pieces, numbered = arcs(regions)
    with open(path, "w", encoding="ascii") as file:
        print(f"{title}; Natural Earth 1:50m, public domain; made by scripts/make-maps.py", file=file)
        print(f"arcs {len(pieces)}", file=file)
        for piece in pieces:
            print(encoded(piece), file=file)
        for name in sorted([*numbered, *places]):
            if name in places:
                x, y = (round(v * GRID) for v in places[name])
                print(name, x, y, file=file)
            else:
                rings, (x, y) = numbered[name]
                print(name, x, y, ";".join(",".join(map(str, ring)) for ring in rings), file=file)


if __name__ == "__main__":
    source = Source(sys.argv[1])
    write(f"{sys.argv[2]}/world.map", "Countries",
          simplified(world(source), float(sys.argv[3]) if len(sys.argv) > 3 else 9, 120), PLACES)
    write(f"{sys.argv[2]}/us-states.map", "States of the USA",
          simplified(states(source), 6, 60))
