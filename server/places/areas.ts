import { z } from "zod";
import type { Boundary } from "#core/places/boundaries.ts";
import type { EdgeLine } from "#core/places/nearest-edge.ts";
import { areaOverlap, type BoundaryKind } from "#core/places/wire/imports.ts";
import { type Area, area, edgeLine, type Gazetteer, gazetteer } from "#core/places/wire/places.ts";
import type { Transaction } from "#server/db/database.ts";
import { named, type Sql, sql } from "#server/db/sql.ts";

/** Boroughs first, then neighbours and the areas of public figures, each by name. */
export const loadAreas = (tx: Transaction): Promise<Area[]> =>
  areasOfKinds(tx, ["borough", "neighbour", "ward", "neighbourhood"]);

/** Large sets for selecting and counting, never drawn. */
export const loadFineAreas = (tx: Transaction): Promise<Area[]> =>
  areasOfKinds(tx, ["lsoa", "beat"]);

const areasOfKinds = (tx: Transaction, kinds: readonly Area["kind"][]) =>
  tx.rows(
    area,
    sql`select code, name, kind, in_command, ${coordinatesOf("shape")} as polygons
      from area where kind = any(${kinds}::text[])
      order by array_position(${kinds}::text[], kind), name`,
  );

const coordinatesOf = (column: string): Sql =>
  sql`st_asgeojson(${named(column)}, 5)::json -> 'coordinates'`;

export const loadEdges = (tx: Transaction) =>
  tx.rows(
    edgeLine,
    sql`select neighbour, ${coordinatesOf("line")} as lines from edge_line order by neighbour`,
  );

const namedPlaces = z.object({ kind: z.string(), places: z.custom<Gazetteer["corners"]>() });

export async function loadGazetteer(tx: Transaction): Promise<Gazetteer> {
  const roads = await tx.rows(
    gazetteer.shape.roads.element,
    sql`select name, ${coordinatesOf("line")} as line from road order by road_id`,
  );
  // Each list as one value: thousands of rows take the embedded engine three times as long to
  // return.
  const lists = await tx.rows(
    namedPlaces,
    sql`select kind, json_agg(
        json_strip_nulls(
          json_build_object('road', road, 'name', name, 'at', json_build_array(st_x(at), st_y(at)))
        )
        order by named_place_id
      ) as places
      from named_place group by kind`,
  );
  const of = (kind: string) => lists.find((list) => list.kind === kind)?.places ?? [];
  return {
    roads,
    corners: of("corner"),
    streets: of("street"),
    stations: of("station"),
    neighbourhoods: of("neighbourhood"),
  };
}

export const deleteAreas = (tx: Transaction, kinds: readonly Area["kind"][]): Promise<void> =>
  tx.run(sql`delete from area where kind = any(${kinds})`);

/** Number of areas removed; null where there was no set. */
export const deleteBoundarySet = (tx: Transaction, kind: BoundaryKind): Promise<number | null> =>
  tx.value(z.int(), sql`delete from boundary_set where kind = ${kind} returning area_count`);

export const insertAreas = (tx: Transaction, areas: readonly Area[]): Promise<void> =>
  tx.run(sql`insert into area (code, name, kind, in_command, shape)
    select code, name, kind, "inCommand", st_setsrid(st_geomfromgeojson(shape), 4326)
    from json_to_recordset(${JSON.stringify(
      areas.map(({ polygons, ...one }) => ({ ...one, shape: shape("MultiPolygon", polygons) })),
    )}) as given (code text, name text, kind text, "inCommand" boolean, shape json)`);

const shape = (type: string, coordinates: unknown) => ({ type, coordinates });

export async function replaceEdges(tx: Transaction, edges: readonly EdgeLine[]): Promise<void> {
  await tx.run(sql`delete from edge_line`);
  const given = edges.map(({ neighbour, lines }) => ({
    neighbour,
    line: shape("MultiLineString", lines),
  }));
  await tx.run(sql`insert into edge_line (neighbour, line)
    select neighbour, st_setsrid(st_geomfromgeojson(line), 4326)
    from json_to_recordset(${JSON.stringify(given)}) as given (neighbour text, line json)`);
}

export async function replaceGazetteer(
  tx: Transaction,
  { roads, corners, streets, stations, neighbourhoods }: Gazetteer,
): Promise<void> {
  await tx.run(sql`delete from road`);
  const lines = roads.map(({ name, line }) => ({ name, line: shape("LineString", line) }));
  await tx.run(sql`insert into road (name, line)
    select name, st_setsrid(st_geomfromgeojson(line), 4326)
    from rows from (json_to_recordset(${JSON.stringify(lines)}) as (name text, line json))
      with ordinality as given (name, line, position)
    order by position`);
  await tx.run(sql`delete from named_place`);
  const of = (kind: string, places: readonly object[]) => places.map((one) => ({ kind, ...one }));
  const places = [
    ...of("corner", corners),
    ...of("street", streets),
    ...of("station", stations),
    ...of("neighbourhood", neighbourhoods),
  ];
  await tx.run(sql`insert into named_place (kind, name, road, at)
    select kind, name, road,
      st_setsrid(st_makepoint((at ->> 0)::float8, (at ->> 1)::float8), 4326)
    from rows from (
        json_to_recordset(${JSON.stringify(places)}) as (kind text, name text, road text, at json)
      ) with ordinality as given (kind, name, road, at, position)
    order by position`);
}

/** Setting that identifies the present places; changes with them. */
export const placesKey = "places";

/** Changes with the pack and boundary sets. */
export async function placesVersion(tx: Transaction): Promise<string> {
  const version = await tx.value(
    z.string(),
    sql`select concat_ws(
        ' ',
        (select changed_at from setting where key = ${placesKey}),
        (select string_agg(kind || imported_at::text, ' ' order by kind) from boundary_set)
      )`,
  );
  return version ?? "";
}

const checkedBoundary = z.object({
  code: z.string(),
  /** Why it was not valid as given; null when it was. */
  fault: z.string().nullable(),
  /** Longitude and latitude of the fault. */
  faultAt: z.string().nullable(),
  /** Square metres as drawn and as kept. */
  before: z.number(),
  after: z.number(),
  /** Repaired; null when no area is left. */
  polygons: area.shape.polygons.nullable(),
});
export type CheckedBoundary = z.infer<typeof checkedBoundary>;

type GivenShape = Pick<Boundary, "code" | "polygons">;

const givenShapes = (shapes: readonly GivenShape[]): Sql => sql`
  select code, position, st_setsrid(st_geomfromgeojson(shape), 4326) as shape
  from unnest(
    ${shapes.map(({ code }) => code)}::text[],
    ${shapes.map(({ polygons }) => JSON.stringify(shape("MultiPolygon", polygons)))}::text[]
  ) with ordinality as incoming (code, shape, position)`;

/**
 * Makes each shape valid (ST_MakeValid by structure: overlapping parts are merged, where the older
 * method would cut a hole; polygons only).
 */
export const checkBoundaries = (tx: Transaction, boundaries: readonly GivenShape[]) =>
  tx.rows(
    checkedBoundary,
    sql`with given as materialized (${givenShapes(boundaries)}),
      mended as materialized (
        select code, position, st_isvaliddetail(shape) as detail,
          case when not st_isvalid(shape) then st_area(shape::geography) end as drawn,
          case when st_isvalid(shape) then shape
            else st_multi(st_collectionextract(st_makevalid(shape, 'method=structure'), 3))
          end as shape
        from given
      ),
      sized as materialized (
        select code, position, detail, drawn, shape, st_area(shape::geography) as kept from mended
      )
      select sized.code, (detail).reason as fault, ${placeOfFault} as fault_at,
        abs(coalesce(drawn, kept)) as before, kept as after,
        case when st_area(sized.shape) > 0
          then st_asgeojson(sized.shape, 6)::json -> 'coordinates'
        end as polygons
      from sized order by position`,
  );

/** Longitude and latitude; null when valid. */
export const placeOfFault = sql`
  round(st_x((detail).location)::numeric, 5) || ', ' || round(st_y((detail).location)::numeric, 5)`;

export const replaceShapes = (tx: Transaction, shapes: readonly GivenShape[]) =>
  codesOf(
    tx,
    sql`update area set shape = given.shape from (${givenShapes(shapes)}) as given
      where area.code = given.code and area.kind in ('borough', 'neighbour')
      returning area.code`,
  );

/** Wards whose boundary stays, so that their events keep them. */
export const unchangedWards = (tx: Transaction, shapes: readonly GivenShape[]) =>
  codesOf(
    tx,
    sql`select area.code from area
      join (${givenShapes(shapes)}) as given on given.code = area.code
      where area.kind = 'ward' and st_asbinary(area.shape) = st_asbinary(given.shape)`,
  );

async function codesOf(tx: Transaction, query: Sql): Promise<string[]> {
  return (await tx.rows(area.pick({ code: true }), query)).map(({ code }) => code);
}

/*
 * These two lay lines over each other that run together. Inside PGlite such a statement with
 * parameters has come back without rows and without an error; the simple protocol, which is taken
 * where there are none, has not. So the kind, one of four words, stands in the text.
 */

/** Pairs that overlap by more than drawing tolerance. */
export const findOverlaps = (tx: Transaction, kind: BoundaryKind) =>
  tx.rows(
    areaOverlap,
    sql`select first, second, round(size) as square_metres
      from (
        select one.name as first, other.name as second,
          st_area(st_intersection(one.shape, other.shape)::geography) as size,
          least(st_area(one.shape::geography), st_area(other.shape::geography)) as smaller
        from area as one
        join area as other on other.kind = one.kind
          and other.code > one.code
          and st_intersects(other.shape, one.shape)
        where one.kind = '${named(kind)}'
      ) as pairs
      where size > greatest(100, smaller * 0.001)
      order by size desc, first, second`,
  );

/** Square metres of the command in none of the areas of a kind. */
export async function uncoveredGround(tx: Transaction, kind: BoundaryKind): Promise<number> {
  const ground = await tx.value(
    z.number(),
    sql`select round(st_area(
        st_difference(
          (select st_union(shape) from area where in_command),
          (select st_union(shape) from area where kind = '${named(kind)}')
        )::geography
      ))`,
  );
  return ground ?? 0;
}
