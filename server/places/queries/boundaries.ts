import type { Boundary } from "#core/places/boundaries.ts";
import type { BoundaryKind, BoundarySet } from "#core/places/wire/boundaries.ts";
import type { Area } from "#core/places/wire/places.ts";
import type { Transaction } from "#server/db/database.ts";

export interface CheckedBoundary {
  readonly code: string;
  /** Why it was not valid as given; null when it was. */
  readonly fault: string | null;
  /** Longitude and latitude of the fault. */
  readonly faultAt: string | null;
  /** Square metres as drawn and as kept. */
  readonly before: number;
  readonly after: number;
  readonly holes: number;
  /** Parts of under 100 square metres beside larger ones. */
  readonly slivers: number;
  /** The repaired shape as GeoJSON MultiPolygon coordinates; null when nothing with an area is left. */
  readonly polygons: Area["polygons"] | null;
}

/**
 * Each shape made valid (ST_MakeValid by structure: parts that overlap are joined, where the older
 * way would cut a hole; polygons only).
 */
export function checkBoundaries(
  tx: Transaction,
  boundaries: readonly GivenShape[],
): Promise<CheckedBoundary[]> {
  return tx.query<CheckedBoundary>(
    `with given as materialized (${given}),
     mended as materialized (
       select code, position, st_isvaliddetail(shape) as detail,
              case when not st_isvalid(shape) then st_area(shape::geography) end as drawn,
              case when st_isvalid(shape) then shape
                else st_multi(st_collectionextract(st_makevalid(shape, 'method=structure'), 3))
              end as shape
       from given
     ),
     sized as materialized (
       select code, position, detail, drawn, shape, st_area(shape::geography) as kept
       from mended
     )
     select sized.code as "code",
            (detail).reason as "fault",
            case when (detail).location is null then null
              else round(st_x((detail).location)::numeric, 5) || ', ' ||
                   round(st_y((detail).location)::numeric, 5)
            end as "faultAt",
            abs(coalesce(drawn, kept))::float8 as "before",
            kept::float8 as "after",
            (
              select coalesce(sum(st_numinteriorrings(part.geom)), 0)
              from st_dump(sized.shape) as part
            )::int as "holes",
            (
              select count(*)
              from st_dump(sized.shape) as part
              where st_numgeometries(sized.shape) > 1
                and st_area(part.geom::geography) < 100
            )::int as "slivers",
            case when st_area(sized.shape) > 0
              then st_asgeojson(sized.shape, 6)::json -> 'coordinates'
            end as "polygons"
     from sized
     order by position`,
    shapesOf(boundaries),
  );
}

export type GivenShape = Pick<Boundary, "code" | "polygons">;

/** What `shapesOf` hands over. */
const given = `
  select code, position, st_setsrid(st_geomfromgeojson(shape), 4326) as shape
  from unnest($1::text[], $2::text[]) with ordinality as incoming (code, shape, position)`;

function shapesOf(shapes: readonly GivenShape[]): [string[], string[]] {
  return [
    shapes.map(({ code }) => code),
    shapes.map(({ polygons }) => JSON.stringify({ type: "MultiPolygon", coordinates: polygons })),
  ];
}

/** Gives areas that are there already another line; the codes of those that were. */
export async function replaceShapes(
  tx: Transaction,
  shapes: readonly GivenShape[],
): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    `update area
     set shape = given.shape
     from (${given}) as given
     where area.code = given.code
       and area.kind in ('borough', 'neighbour')
     returning area.code`,
    shapesOf(shapes),
  );
  return rows.map(({ code }) => code);
}

/** Wards that are there with the line that they will have: their events keep them. */
export async function unchangedWards(
  tx: Transaction,
  shapes: readonly GivenShape[],
): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    `select area.code as "code"
     from area
     join (${given}) as given on given.code = area.code
     where area.kind = 'ward'
       and st_asbinary(area.shape) = st_asbinary(given.shape)`,
    shapesOf(shapes),
  );
  return rows.map(({ code }) => code);
}

/** Takes wards off events, but for these; how many events that were. */
export async function clearWards(tx: Transaction, kept: readonly string[]): Promise<number> {
  const [cleared] = await tx.query<{ count: number }>(
    `with cleared as (
       update event
       set ward = null
       where ward is not null
         and ward <> all ($1::text[])
       returning 1
     )
     select count(*)::int as "count"
     from cleared`,
    [kept],
  );
  return cleared?.count ?? 0;
}

/*
 * These two lay lines over each other that run together. Inside PGlite such a statement with
 * parameters has come back without rows and without an error; the simple protocol, which is taken
 * where there are none, has not. So the kind, one of four words, stands in the text.
 */

/** Pairs of areas of a kind that share more ground than two drawings of one line would. */
export function findOverlaps(
  tx: Transaction,
  kind: BoundaryKind,
): Promise<{ first: string; second: string; squareMetres: number }[]> {
  return tx.query(
    `select first as "first", second as "second", round(size)::float8 as "squareMetres"
     from (
       select one.name as first, other.name as second,
              st_area(st_intersection(one.shape, other.shape)::geography) as size,
              least(st_area(one.shape::geography), st_area(other.shape::geography)) as smaller
       from area as one
       join area as other on other.kind = one.kind
         and other.code > one.code
         and st_intersects(other.shape, one.shape)
       where one.kind = '${kind}'
     ) as pairs
     where size > greatest(100, smaller * 0.001)
     order by size desc, first, second`,
  );
}

/** Square metres of the command in none of the areas of a kind. */
export async function uncoveredGround(tx: Transaction, kind: BoundaryKind): Promise<number> {
  const rows = await tx.query<{ size: number }>(
    `select round(st_area(
       st_difference(
         (select st_union(shape) from area where in_command),
         (select st_union(shape) from area where kind = '${kind}')
       )::geography
     ))::float8 as "size"`,
  );
  return rows[0]?.size ?? 0;
}

/** With the time of the import in epoch milliseconds. */
export type BoundarySetRow = Omit<BoundarySet, "importedAt"> & { readonly importedAt: number };

export type NewBoundarySet = Omit<BoundarySet, "importedAt"> & { readonly fileSha256: string };

/** Call it in the transaction that writes the areas. */
export async function replaceBoundarySet(tx: Transaction, set: NewBoundarySet): Promise<void> {
  await deleteBoundarySet(tx, set.kind);
  await tx.query(
    `insert into boundary_set (
       kind, person, file_name, file_sha256, area_count, outside_count, repaired_count
     )
     values ($1::text, $2::text, $3::text, $4::text, $5::int, $6::int, $7::int)`,
    [set.kind, set.person, set.fileName, set.fileSha256, set.areas, set.outside, set.repaired],
  );
}

/** How many areas it had; null when there is no such set. */
export async function deleteBoundarySet(
  tx: Transaction,
  kind: BoundaryKind,
): Promise<number | null> {
  const rows = await tx.query<{ areas: number }>(
    `delete from boundary_set
     where kind = $1
     returning area_count::int as "areas"`,
    [kind],
  );
  return rows[0]?.areas ?? null;
}

export function listBoundarySets(tx: Transaction): Promise<BoundarySetRow[]> {
  return tx.query<BoundarySetRow>(
    `select kind as "kind",
            person as "person",
            (extract(epoch from imported_at) * 1000)::float8 as "importedAt",
            file_name as "fileName",
            area_count::int as "areas",
            outside_count::int as "outside",
            repaired_count::int as "repaired"
     from boundary_set
     order by kind`,
  );
}
