import {
  type FeatureLayer,
  featuresAtOnce,
  type LayerRequest,
  refuseOtherShapes,
  type Shape,
} from "#core/table/features/feature-layer.ts";
import { degrees } from "#core/table/features/point-system.ts";
import { tableLimits } from "#core/table/row-reader.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";
import { attributeOf, parseXml, type XmlListener } from "#core/table/xlsx/xml.ts";

type Pieces = () => AsyncIterable<{ readonly bytes: Uint8Array; readonly packed: number }>;

interface Placemark {
  readonly properties: ReadonlyMap<string, string>;
  readonly shape: Shape | null;
}

/**
 * The placemarks of KML 2.3 (OGC 12-007r2), always in degrees of WGS84: what stands in each besides its look. Read twice,
 * first for the names of all columns. A KMZ may spread them over several files.
 */
export async function openKml(
  files: readonly Pieces[],
  size: number,
  newDecoder: NewDecoder,
  request: LayerRequest,
): Promise<FeatureLayer> {
  const names = new Set<string>();
  const types = new Set<string>();
  for await (const { placemarks } of readPlacemarks(files, newDecoder)) {
    for (const { properties, shape } of placemarks) {
      for (const name of properties.keys()) names.add(name);
      if (shape) types.add(shape.type);
    }
    if (names.size > tableLimits.columns) throw new RangeError("Too many columns");
  }
  refuseOtherShapes(types, request.shapes);
  return {
    format: "kml",
    names: [...names],
    system: degrees,
    layers: [],
    layer: null,
    size,
    pieces: async function* () {
      for await (const { placemarks, bytes } of readPlacemarks(files, newDecoder)) {
        const features = placemarks.map(({ properties, shape }) => ({
          values: Array.from(names, (name) => properties.get(name) ?? null),
          shape,
        }));
        yield { features, bytes };
      }
    },
  };
}

async function* readPlacemarks(files: readonly Pieces[], newDecoder: NewDecoder) {
  const reader = createPlacemarkReader();
  let before = 0;
  for (const pieces of files) {
    let bytes = 0;
    for await (bytes of parseXml(pieces(), newDecoder, reader.listener)) {
      if (reader.count() < featuresAtOnce) continue;
      yield { placemarks: reader.take(), bytes: before + bytes };
    }
    before += bytes;
  }
  yield { placemarks: reader.take(), bytes: before };
}

/** Elements whose text is a column of its own. */
const own: ReadonlySet<string> = new Set([
  "name",
  "description",
  "address",
  "when",
  "begin",
  "end",
]);
const shapeNames: ReadonlySet<string> = new Set(["Point", "LineString", "Polygon"]);

function createPlacemarkReader() {
  let placemarks: Placemark[] = [];
  let properties: Map<string, string> | null = null;
  let shapes: Shape[] = [];
  let rings: unknown[] = [];
  /** Of the datum that is open. */
  let field: string | null = null;
  let text = "";
  const open: XmlListener["open"] = (name, attributes) => {
    if (name === "Placemark") {
      properties = new Map();
      shapes = [];
    } else if (name === "Polygon") rings = [];
    else if (name === "SimpleData" || name === "Data")
      field = attributeOf(attributes, "name") ?? "";
    text = "";
  };
  const keep = (name: string) => {
    const written = text.trim();
    if (written !== "") properties?.set(name, written);
  };
  const close = (name: string) => {
    if (properties === null) return;
    if (name === "Placemark") {
      placemarks.push({ properties, shape: joined(shapes) });
      properties = null;
    } else if (name === "SimpleData" || name === "value") keep(field ?? name);
    else if (own.has(name)) keep(name);
    else if (name === "coordinates") rings.push(positionsOf(text));
    else if (shapeNames.has(name)) {
      shapes.push(shapeOf(name, rings));
      rings = [];
    }
    text = "";
  };
  const take = () => {
    const taken = placemarks;
    placemarks = [];
    return taken;
  };
  const listener: XmlListener = {
    open,
    close,
    text: (piece) => {
      if (properties !== null) text += piece;
    },
  };
  return { listener, take, count: () => placemarks.length };
}

/** "-0.08,51.61,0 -0.07,51.62": longitude, latitude and a height that nobody needs. */
function positionsOf(text: string): (readonly [number, number])[] {
  const tuples = text.trim().split(/\s+/);
  return tuples.map((tuple) => {
    const [longitude = Number.NaN, latitude = Number.NaN] = tuple.split(",").map(Number.parseFloat);
    return [longitude, latitude];
  });
}

function shapeOf(type: string, rings: readonly unknown[]): Shape {
  const [first] = rings as readonly (readonly unknown[])[];
  if (type === "Point") return { type, coordinates: first?.[0] };
  return { type, coordinates: type === "LineString" ? first : rings };
}

/** Of a MultiGeometry whose shapes are all of one type, one shape. */
function joined(shapes: readonly Shape[]): Shape | null {
  const [first] = shapes;
  if (first === undefined || shapes.length === 1) return first ?? null;
  const isOne = shapes.every(({ type }) => type === first.type);
  if (!isOne) return { type: "GeometryCollection" };
  return { type: `Multi${first.type}`, coordinates: shapes.map((one) => one.coordinates) };
}
