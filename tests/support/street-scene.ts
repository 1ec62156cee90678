import type { Position } from "#core/geo/cell.ts";
import type { TileFeature } from "#tests/support/vector-tile.ts";

export type SceneSchema = "openmaptiles" | "protomaps" | "zoomstack";

/** Where Fore Street meets Sebastopol Road; lines, names and classes are true to the eye alone. */
export const edmonton: Position = [-0.062, 51.62];

interface Street {
  readonly name: string | null;
  /** Metres east and north of the middle. */
  readonly line: readonly (readonly [east: number, north: number])[];
  readonly kind: string;
  readonly detail: string;
  readonly zoomstack: string | null;
  readonly oneway?: string;
}

/**
 * A few streets that meet at shared corners, as both schemas have them. Fore Street runs through all, 3 km
 * long; Lonely Lane meets nothing; the footway is a short cut; the railway is no street.
 */
export const sceneStreets: readonly Street[] = [
  {
    name: "Fore Street",
    line: [
      [-100, -1500],
      [-40, -300],
      [0, 0],
      [20, 200],
      [30, 500],
      [80, 1500],
    ],
    kind: "major_road",
    detail: "primary",
    zoomstack: "A Road",
  },
  {
    name: "Sebastopol Road",
    line: [
      [0, 0],
      [-250, 30],
      [-500, 20],
    ],
    kind: "minor_road",
    detail: "residential",
    zoomstack: "Local",
  },
  {
    name: "Solomon Avenue",
    line: [
      [20, 200],
      [-240, 230],
      [-490, 220],
    ],
    kind: "minor_road",
    detail: "residential",
    zoomstack: "Local",
  },
  {
    name: "Gilpin Crescent",
    line: [
      [-250, 30],
      [-240, 230],
    ],
    kind: "minor_road",
    detail: "residential",
    zoomstack: "Local",
    oneway: "yes",
  },
  {
    name: "Church Street",
    line: [
      [30, 500],
      [-400, 560],
      [-1200, 620],
    ],
    kind: "major_road",
    detail: "tertiary",
    zoomstack: "Minor",
  },
  {
    name: "Plevna Road",
    line: [
      [30, 500],
      [300, 480],
      [600, 400],
    ],
    kind: "minor_road",
    detail: "residential",
    zoomstack: "Local",
    oneway: "-1",
  },
  {
    name: null,
    line: [
      [-500, 20],
      [-490, 220],
    ],
    kind: "path",
    detail: "footway",
    zoomstack: null,
  },
  {
    name: "Salmons Brook Path",
    line: [
      [600, 400],
      [650, 0],
      [640, -400],
    ],
    kind: "path",
    detail: "cycleway",
    zoomstack: null,
  },
  {
    name: null,
    line: [
      [300, 480],
      [310, 560],
    ],
    kind: "minor_road",
    detail: "service",
    zoomstack: "Restricted",
  },
  {
    name: "Great Cambridge Road",
    line: [
      [-2000, -1500],
      [-1900, 0],
      [-1850, 1500],
    ],
    kind: "highway",
    detail: "motorway",
    zoomstack: "Motorway",
  },
  {
    name: "Lonely Lane",
    line: [
      [900, 900],
      [1000, 950],
    ],
    kind: "minor_road",
    detail: "unclassified",
    zoomstack: "Local",
  },
];

/** The features of a scene whose middle is here: streets, a railway, buildings, water, a park and names of places. */
export function sceneFeatures(schema: SceneSchema, middle: Position = edmonton): TileFeature[] {
  const at = (points: readonly (readonly [number, number])[]): Position[] =>
    points.map(([east, north]) => metresFrom(middle, east, north));
  const streets = sceneStreets.flatMap((street) => streetFeature(schema, street, at(street.line)));
  return [...streets, ...groundFeatures(schema, at)];
}

export function metresFrom([lng, lat]: Position, east: number, north: number): Position {
  const perDegree = 111_320;
  return [lng + east / (perDegree * Math.cos((lat * Math.PI) / 180)), lat + north / perDegree];
}

function streetFeature(
  schema: SceneSchema,
  { name, kind, detail, zoomstack, oneway }: Street,
  at: readonly Position[],
): TileFeature[] {
  const named = name === null ? {} : { name };
  if (schema === "zoomstack") {
    if (zoomstack === null) return [];
    const properties = { ...named, type: zoomstack, level: 0 };
    return [{ layer: "roads", shape: "line", at, properties, from: 6 }];
  }
  if (schema === "openmaptiles") return openMapTiles(name, detail, oneway ?? "0", at);
  const properties = {
    ...named,
    kind,
    kind_detail: detail,
    ...(oneway === undefined ? {} : { oneway }),
  };
  return [{ layer: "roads", shape: "line", at, properties, from: 6 }];
}

/** OpenMapTiles: the line, and beside it its name in a layer of its own, with the last word cut short. */
function openMapTiles(
  name: string | null,
  detail: string,
  oneway: string,
  at: readonly Position[],
): TileFeature[] {
  const isPath = detail === "footway" || detail === "path";
  const isMinor = detail === "residential" || detail === "unclassified";
  const own = isPath ? { class: "path", subclass: detail } : { class: isMinor ? "minor" : detail };
  const line = { shape: "line", at, from: 6 } as const;
  const direction = oneway === "yes" ? 1 : Number(oneway);
  const drawn = { layer: "transportation", ...line, properties: { ...own, oneway: direction } };
  if (name === null) return [drawn];
  const written = name.replace(/Avenue$/, "Ave.").replace(/Road$/, "Rd.");
  const label = { layer: "transportation_name", ...line, from: 12 };
  return [drawn, { ...label, properties: { ...own, name: written } }];
}

function groundFeatures(
  schema: SceneSchema,
  at: (points: readonly (readonly [number, number])[]) => Position[],
): TileFeature[] {
  const square = (east: number, north: number, side: number) =>
    at([
      [east, north],
      [east + side, north],
      [east + side, north + side],
      [east, north + side],
    ]);
  const rail = at([
    [150, -1500],
    [160, 1500],
  ]);
  const town = at([[0, 100]]);
  const homes = [-60, -110, -160, -210].map((east) => square(east, 60, 25));
  const lake = square(1200, -300, 500);
  const park = square(-480, 300, 200);
  if (schema === "zoomstack") {
    return [
      { layer: "surfacewater", shape: "polygon", at: lake, properties: { type: "Local" } },
      {
        layer: "greenspaces",
        shape: "polygon",
        at: park,
        properties: { type: "Public Park Or Garden" },
      },
      ...homes.map(
        (home): TileFeature => ({
          layer: "buildings",
          shape: "polygon",
          at: home,
          properties: { type: "Local" },
          from: 12,
        }),
      ),
      { layer: "rail", shape: "line", at: rail, properties: { type: "Multi Track" }, from: 8 },
      {
        layer: "names",
        shape: "point",
        at: town,
        properties: { name1: "Edmonton Green", type: "Suburban Area" },
      },
    ];
  }
  if (schema === "openmaptiles") {
    return [
      { layer: "water", shape: "polygon", at: lake, properties: { class: "lake" } },
      { layer: "landcover", shape: "polygon", at: park, properties: { class: "grass" } },
      ...homes.map(
        (home): TileFeature => ({
          layer: "building",
          shape: "polygon",
          at: home,
          from: 13,
          properties: { render_height: 5 },
        }),
      ),
      {
        layer: "transportation",
        shape: "line",
        at: rail,
        from: 8,
        properties: { class: "rail", subclass: "rail" },
      },
      {
        layer: "place",
        shape: "point",
        at: town,
        properties: { class: "suburb", name: "Edmonton Green" },
      },
    ];
  }
  return [
    { layer: "water", shape: "polygon", at: lake, properties: { kind: "lake" } },
    { layer: "landuse", shape: "polygon", at: park, properties: { kind: "park" } },
    ...homes.map(
      (home): TileFeature => ({
        layer: "buildings",
        shape: "polygon",
        at: home,
        properties: { kind: "building", height: 9 },
        from: 12,
      }),
    ),
    {
      layer: "roads",
      shape: "line",
      at: rail,
      properties: { kind: "rail", kind_detail: "rail" },
      from: 8,
    },
    {
      layer: "places",
      shape: "point",
      at: town,
      properties: {
        kind: "neighbourhood",
        kind_detail: "suburb",
        name: "Edmonton Green",
        min_zoom: 12,
      },
    },
  ];
}
