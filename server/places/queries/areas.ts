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

/** What names cells, as it came with the places. */
export async function loadGazetteer(tx: Transaction): Promise<Gazetteer> {
  const roads = await tx.query<Gazetteer["roads"][number]>(
    `select
       name as "name",
       st_asgeojson(line, 5)::json -> 'coordinates' as "line"
     from road
     order by road_id`,
  );
  // A list as one value: thousands of rows take the embedded engine three times as long to hand over.
  const named = await tx.query<{ kind: string; places: Gazetteer["corners"] }>(
    `select
       kind as "kind",
       json_agg(
         json_strip_nulls(
           json_build_object(
             'road', road,
             'name', name,
             'at', json_build_array(st_x(at)::float8, st_y(at)::float8)
           )
         )
         order by named_place_id
       ) as "places"
     from named_place
     group by kind`,
  );
  const of = (kind: string) => named.find((list) => list.kind === kind)?.places ?? [];
  return {
    roads,
    corners: of("corner"),
    streets: of("street"),
    stations: of("station"),
    neighbourhoods: of("neighbourhood"),
  };
}

/** Removes areas of some kinds: those of other kinds, such as imported wards, stay. */
export async function deleteAreas(tx: Transaction, kinds: readonly Area["kind"][]): Promise<void> {
  await tx.query("delete from area where kind = any($1::text[])", [kinds]);
}

export async function insertAreas(tx: Transaction, areas: readonly Area[]): Promise<void> {
  await tx.query(
    `insert into area (code, name, kind, in_command, shape)
     select code, name, kind, "inCommand", st_setsrid(st_geomfromgeojson(shape), 4326)
     from json_to_recordset($1::json)
       as given (code text, name text, kind text, "inCommand" boolean, shape json)`,
    [
      JSON.stringify(
        areas.map(({ polygons, ...area }) => ({ ...area, shape: shape("MultiPolygon", polygons) })),
      ),
    ],
  );
}

function shape(type: string, coordinates: unknown) {
  return { type, coordinates };
}

export async function replaceEdges(tx: Transaction, edges: readonly EdgeLine[]): Promise<void> {
  await tx.query("delete from edge_line");
  const given = edges.map(({ neighbour, lines }) => ({
    neighbour,
    line: shape("MultiLineString", lines),
  }));
  await tx.query(
    `insert into edge_line (neighbour, line)
     select neighbour, st_setsrid(st_geomfromgeojson(line), 4326)
     from json_to_recordset($1::json) as given (neighbour text, line json)`,
    [JSON.stringify(given)],
  );
}

export async function replaceGazetteer(
  tx: Transaction,
  { roads, corners, streets, stations, neighbourhoods }: Gazetteer,
): Promise<void> {
  await tx.query("delete from road");
  await tx.query(
    `insert into road (name, line)
     select name, st_setsrid(st_geomfromgeojson(line), 4326)
     from rows from (json_to_recordset($1::json) as (name text, line json))
       with ordinality as given (name, line, position)
     order by position`,
    [JSON.stringify(roads.map(({ name, line }) => ({ name, line: shape("LineString", line) })))],
  );
  await tx.query("delete from named_place");
  const of = (kind: string, places: readonly object[]) => places.map((one) => ({ kind, ...one }));
  const named = [
    ...of("corner", corners),
    ...of("street", streets),
    ...of("station", stations),
    ...of("neighbourhood", neighbourhoods),
  ];
  await tx.query(
    `insert into named_place (kind, name, road, at)
     select kind, name, road,
            st_setsrid(st_makepoint((at ->> 0)::float8, (at ->> 1)::float8), 4326)
     from rows from (
         json_to_recordset($1::json) as (kind text, name text, road text, at json)
       ) with ordinality as given (kind, name, road, at, position)
     order by position`,
    [JSON.stringify(named)],
  );
}

/** The setting that says which places are in; changed with every change of them. */
export const placesKey = "places";

/** Changes with the places that came with the tool, with each set of boundaries and with each gazetteer. */
export async function placesVersion(tx: Transaction): Promise<string> {
  const [row] = await tx.query<{ version: string }>(
    `select concat_ws(
       ' ',
       (select changed_at from setting where key = $1),
       (select string_agg(kind || imported_at::text, ' ' order by kind) from boundary_set),
       (select string_agg(id::text, ' ' order by id) from gazetteer)
     ) as "version"`,
    [placesKey],
  );
  return row?.version ?? "";
}
