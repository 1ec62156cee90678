import type { TileSchema } from "#core/geo/tiles/tile-schema.ts";
import type { StreetClass, StreetLine } from "#core/places/streets/line.ts";

export type RoadProperties = Readonly<Record<string, string | number | boolean>>;

export type Road = Omit<StreetLine, "line">;

/** What a line of a road layer is; null for what nobody may walk or drive along: railways, ferries, private ground. */
export function roadOf(schema: TileSchema, properties: RoadProperties): Road | null {
  const found = schema === "zoomstack" ? zoomstackClass(properties) : protomapsClass(properties);
  if (found === null) return null;
  const level = levelOf(properties);
  return {
    name: nameOf(properties),
    class: found,
    oneWay: oneWayOf(properties),
    ...(level === 0 ? {} : { level }),
  };
}

/** Protomaps 4 says `kind` and `kind_detail`, 2 and 3 the same after `pmap:`. */
function protomapsClass(properties: RoadProperties): StreetClass | null {
  const kind = wordOf(properties, ["kind", "pmap:kind"]);
  const detail = wordOf(properties, ["kind_detail", "pmap:kind_detail"]).replace(/_link$/, "");
  if (/^(no|private)$/.test(wordOf(properties, ["access"]))) return null;
  // An archive whose roads say nothing about themselves.
  if (kind === "") return "street";
  if (!Object.hasOwn(kinds, kind)) return null;
  return details[detail] ?? kinds[kind] ?? null;
}

/** After OpenStreetMap's `highway`, and its `service` and `footway` where those say more. */
const details: Readonly<Record<string, StreetClass>> = {
  motorway: "motorway",
  trunk: "main",
  primary: "main",
  secondary: "secondary",
  tertiary: "secondary",
  residential: "street",
  unclassified: "street",
  living_street: "street",
  road: "street",
  service: "service",
  driveway: "service",
  parking_aisle: "service",
  alley: "service",
  track: "service",
  cycleway: "cycleway",
  pedestrian: "path",
  footway: "path",
  sidewalk: "path",
  crossing: "path",
  path: "path",
  steps: "path",
  bridleway: "path",
};

/** Where the detail says nothing that we know; null where the kind alone does not make it a street. */
const kinds: Readonly<Record<string, StreetClass | null>> = {
  highway: "motorway",
  major_road: "main",
  medium_road: "secondary",
  minor_road: "street",
  path: "path",
  other: null,
};

/** "A Road", "A Road, Collapsed Dual Carriageway" and "Local Road" in the words of the tiles, which leave "Road" away at will. */
function zoomstackClass(properties: RoadProperties): StreetClass | null {
  const type = wordOf(properties, ["type", "classification"]).split(",")[0] ?? "";
  const word = type.replace(/ (access )?road$/, "").replace(/ access$/, "");
  if (word === "") return "street";
  return zoomstackTypes[word] ?? null;
}

const zoomstackTypes: Readonly<Record<string, StreetClass>> = {
  motorway: "motorway",
  primary: "main",
  a: "main",
  b: "secondary",
  minor: "secondary",
  local: "street",
  restricted: "service",
  "restricted local": "service",
  "shared use carriageway": "path",
  "pedestrianised street": "path",
};

function wordOf(properties: RoadProperties, keys: readonly string[]): string {
  for (const key of keys) {
    const value = properties[key];
    if (typeof value === "string") return value.trim().toLowerCase();
  }
  return "";
}

function nameOf({ name }: RoadProperties): string | null {
  return typeof name === "string" && name.trim() !== "" ? name.trim() : null;
}

/** Protomaps 4 tells bridges and tunnels, 2 and 3 a level, as Zoomstack does. */
function levelOf(properties: RoadProperties): number {
  if (properties["is_bridge"] === true) return 1;
  if (properties["is_tunnel"] === true) return -1;
  const level = properties["level"] ?? properties["pmap:level"];
  return typeof level === "number" ? level : 0;
}

/** In OpenStreetMap's words; `reversible` and what else there is may be driven both ways. */
function oneWayOf({ oneway }: RoadProperties): StreetLine["oneWay"] {
  if (oneway === true || oneway === 1 || oneway === "yes" || oneway === "1" || oneway === "true") {
    return 1;
  }
  return oneway === -1 || oneway === "-1" || oneway === "reverse" ? -1 : 0;
}
