import type { EdgeLine } from "#core/places/nearest-edge.ts";
import type { Area, Gazetteer, PlacesReply } from "#core/places/wire/places.ts";
import type { Transaction } from "#server/db/database.ts";

type Edge = PlacesReply["edges"][number];

/** Boroughs first, then neighbours and the areas of public figures, each by name. */
export function loadAreas(tx: Transaction): Promise<Area[]> {
  return areasOfKinds(tx, ["borough", "neighbour", "ward", "neighbourhood"]);
}

/** Areas that are chosen and counted in, and drawn nowhere: many, with long lines. */
export function loadFineAreas(tx: Transaction): Promise<Area[]> {
  return areasOfKinds(tx, ["lsoa", "beat"]);
}

function areasOfKinds(tx: Transaction, kinds: readonly Area["kind"][]): Promise<Area[]> {
  return tx.query<Area>(
    `select
       code as "code",
       name as "name",
       kind as "kind",
       in_command as "inCommand",
       st_asgeojson(shape, 5)::json -> 'coordinates' as "polygons"
     from area
     where kind = any ($1::text[])
     order by array_position($1::text[], kind), name`,
    [kinds],
  );
}

export function loadEdges(tx: Transaction): Promise<Edge[]> {
  return tx.query<Edge>(
    `select
       neighbour as "neighbour",
       st_asgeojson(line, 5)::json -> 'coordinates' as "lines"
     from edge_line
     order by neighbour`,
  );
}

export function loadRoads(tx: Transaction): Promise<Gazetteer["roads"]> {
  return tx.query(
    `select
       name as "name",
       st_asgeojson(line, 5)::json -> 'coordinates' as "line"
     from road
     order by road_id`,
  );
}

export interface NamedPlaceRow {
  readonly kind: "corner" | "street" | "station" | "neighbourhood";
  readonly name: string;
  readonly road: string | null;
  readonly lng: number;
  readonly lat: number;
}

/** As one value: thousands of rows take the embedded engine three times as long to hand over. */
export async function loadNamedPlaces(tx: Transaction): Promise<NamedPlaceRow[]> {
  const [all] = await tx.query<{ places: readonly PackedPlace[] }>(
    `select
       coalesce(
         json_agg(
           json_build_array(kind, name, road, st_x(at)::float8, st_y(at)::float8)
           order by named_place_id
         ),
         '[]'
       ) as "places"
     from named_place`,
  );
  return (all?.places ?? []).map(([kind, name, road, lng, lat]) => ({
    kind,
    name,
    road,
    lng,
    lat,
  }));
}

type PackedPlace = readonly [
  kind: NamedPlaceRow["kind"],
  name: string,
  road: string | null,
  lng: number,
  lat: number,
];

/** Removes areas of some kinds: those of other kinds, such as imported wards, stay. */
export async function deleteAreas(tx: Transaction, kinds: readonly Area["kind"][]): Promise<void> {
  await tx.query("delete from area where kind = any($1::text[])", [kinds]);
}

export async function insertAreas(tx: Transaction, areas: readonly Area[]): Promise<void> {
  await tx.query(
    `insert into area (code, name, kind, in_command, shape)
     select given.code, given.name, given.kind, given.in_command,
            st_setsrid(st_geomfromgeojson(given.shape), 4326)
     from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[])
       as given (code, name, kind, in_command, shape)`,
    [
      areas.map((area) => area.code),
      areas.map((area) => area.name),
      areas.map((area) => area.kind),
      areas.map((area) => area.inCommand),
      areas.map(({ polygons }) => JSON.stringify({ type: "MultiPolygon", coordinates: polygons })),
    ],
  );
}

export async function replaceEdges(tx: Transaction, edges: readonly EdgeLine[]): Promise<void> {
  await tx.query("delete from edge_line");
  await tx.query(
    `insert into edge_line (neighbour, line)
     select given.neighbour, st_setsrid(st_geomfromgeojson(given.line), 4326)
     from unnest($1::text[], $2::text[]) as given (neighbour, line)`,
    [
      edges.map((edge) => edge.neighbour),
      edges.map(({ lines }) => JSON.stringify({ type: "MultiLineString", coordinates: lines })),
    ],
  );
}

export async function replaceRoads(tx: Transaction, roads: Gazetteer["roads"]): Promise<void> {
  await tx.query("delete from road");
  await tx.query(
    `insert into road (name, line)
     select given.name, st_setsrid(st_geomfromgeojson(given.line), 4326)
     from unnest($1::text[], $2::text[]) with ordinality as given (name, line, position)
     order by given.position`,
    [
      roads.map((road) => road.name),
      roads.map(({ line }) => JSON.stringify({ type: "LineString", coordinates: line })),
    ],
  );
}

export async function replaceNamedPlaces(
  tx: Transaction,
  places: readonly NamedPlaceRow[],
): Promise<void> {
  await tx.query("delete from named_place");
  await tx.query(
    `insert into named_place (kind, name, road, at)
     select given.kind, given.name, given.road, st_setsrid(st_makepoint(given.lng, given.lat), 4326)
     from unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::float8[])
       with ordinality as given (kind, name, road, lng, lat, position)
     order by given.position`,
    [
      places.map((place) => place.kind),
      places.map((place) => place.name),
      places.map((place) => place.road),
      places.map((place) => place.lng),
      places.map((place) => place.lat),
    ],
  );
}

/** The setting that says which places are in; changed with every change of them. */
export const placesKey = "places";

/** Of the places that came with the tool, and of each set of boundaries that was imported. */
export async function placesVersion(tx: Transaction): Promise<string> {
  const rows = await tx.query<{ version: string }>(
    `select
       coalesce((select changed_at::text from setting where key = $1), '') || coalesce(
         (select string_agg(kind || imported_at::text, ' ' order by kind) from boundary_set), ''
       ) as "version"`,
    [placesKey],
  );
  return rows[0]?.version ?? "";
}
