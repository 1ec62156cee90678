import type { Boundary } from "#core/import/boundaries.ts";
import type { BoundaryKind } from "#core/wire/boundaries.ts";
import type { Area } from "#core/wire/places.ts";
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
  /** How much of it lies in the boroughs of the command, 0 to 1. */
  readonly shareInCommand: number;
}

/**
 * Each shape made valid (ST_MakeValid by structure: parts that overlap are joined, where the older
 * way would cut a hole; polygons only) and laid over the command.
 */
export function checkBoundaries(
  tx: Transaction,
  boundaries: readonly Boundary[],
): Promise<CheckedBoundary[]> {
  return tx.query<CheckedBoundary>(
    `with command as (
       select st_union(shape) as shape
       from area
       where in_command
     ),
     given as (
       select code, position, st_setsrid(st_geomfromgeojson(shape), 4326) as shape
       from unnest($1::text[], $2::text[]) with ordinality as incoming (code, shape, position)
     ),
     mended as (
       select code, position, st_isvaliddetail(shape) as detail,
              st_area(shape::geography) as before,
              case when st_isvalid(shape) then shape
                else st_multi(st_collectionextract(st_makevalid(shape, 'method=structure'), 3))
              end as shape
       from given
     )
     select mended.code as "code",
            (detail).reason as "fault",
            case when (detail).location is null then null
              else round(st_x((detail).location)::numeric, 5) || ', ' ||
                   round(st_y((detail).location)::numeric, 5)
            end as "faultAt",
            abs(before)::float8 as "before",
            st_area(mended.shape::geography)::float8 as "after",
            (
              select coalesce(sum(st_numinteriorrings(part.geom)), 0)
              from st_dump(mended.shape) as part
            )::int as "holes",
            (
              select case when count(*) > 1 then
                count(*) filter (where st_area(part.geom::geography) < 100) else 0 end
              from st_dump(mended.shape) as part
            )::int as "slivers",
            case when st_area(mended.shape) > 0
              then st_asgeojson(mended.shape, 6)::json -> 'coordinates'
            end as "polygons",
            case
              when st_area(mended.shape) = 0 then 0
              when not st_intersects(mended.shape, command.shape) then 0
              else coalesce(
                st_area(st_intersection(mended.shape, command.shape)) / st_area(mended.shape), 0)
            end::float8 as "shareInCommand"
     from mended
     cross join command
     order by position`,
    [boundaries.map((boundary) => boundary.code), boundaries.map(shapeText)],
  );
}

export interface GivenShape {
  readonly code: string;
  readonly polygons: Boundary["polygons"];
}

function shapeText({ polygons }: Pick<GivenShape, "polygons">): string {
  return JSON.stringify({ type: "MultiPolygon", coordinates: polygons });
}

/** Boroughs and neighbours that are there already: how much of each given shape is the old one too. */
export function sharedWithKnown(
  tx: Transaction,
  shapes: readonly GivenShape[],
): Promise<{ code: string; name: string; share: number }[]> {
  return tx.query(
    `select area.code as "code",
            area.name as "name",
            (
              st_area(st_intersection(area.shape, given.shape))
                / greatest(st_area(area.shape), st_area(given.shape))
            )::float8 as "share"
     from area
     join (
       select code, st_setsrid(st_geomfromgeojson(shape), 4326) as shape
       from unnest($1::text[], $2::text[]) as incoming (code, shape)
     ) as given on given.code = area.code
     where area.kind in ('borough', 'neighbour')
     order by area.code`,
    [shapes.map((shape) => shape.code), shapes.map(shapeText)],
  );
}

/** Gives areas that are there already another line; the codes of those that were. */
export async function replaceShapes(
  tx: Transaction,
  shapes: readonly GivenShape[],
): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    `update area
     set shape = st_setsrid(st_geomfromgeojson(given.shape), 4326)
     from unnest($1::text[], $2::text[]) as given (code, shape)
     where area.code = given.code
       and area.kind in ('borough', 'neighbour')
     returning area.code`,
    [shapes.map((shape) => shape.code), shapes.map(shapeText)],
  );
  return rows.map((row) => row.code);
}

/** Wards that are there with the line that they will have: their events keep them. */
export async function unchangedWards(
  tx: Transaction,
  shapes: readonly GivenShape[],
): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    `select area.code as "code"
     from area
     join (
       select code, st_setsrid(st_geomfromgeojson(shape), 4326) as shape
       from unnest($1::text[], $2::text[]) as incoming (code, shape)
     ) as given on given.code = area.code
     where area.kind = 'ward'
       and st_area(st_symdifference(area.shape, given.shape)) <= st_area(area.shape) * 0.001`,
    [shapes.map((shape) => shape.code), shapes.map(shapeText)],
  );
  return rows.map((row) => row.code);
}

/** Takes wards off events, but for these; how many events that were. */
export async function clearWards(tx: Transaction, kept: readonly string[]): Promise<number> {
  const rows = await tx.query<{ count: number }>(
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
  return rows[0]?.count ?? 0;
}

/** Pairs of areas of a kind that share more ground than two drawings of one line would. */
export function findOverlaps(
  tx: Transaction,
  kind: BoundaryKind,
): Promise<{ first: string; second: string; squareMetres: number }[]> {
  return tx.query(
    `with pairs as (
       select one.name as first, other.name as second,
              st_area(st_intersection(one.shape, other.shape)::geography) as size,
              least(st_area(one.shape::geography), st_area(other.shape::geography)) as smaller
       from area as one
       join area as other on other.kind = one.kind
         and other.code > one.code
         and st_intersects(other.shape, one.shape)
       where one.kind = $1
     )
     select first as "first", second as "second", round(size)::float8 as "squareMetres"
     from pairs
     where size > greatest(100, smaller * 0.001)
     order by size desc, first, second`,
    [kind],
  );
}

/** Square metres of the command in none of the areas of a kind. */
export async function uncoveredGround(tx: Transaction, kind: BoundaryKind): Promise<number> {
  const rows = await tx.query<{ size: number }>(
    `select round(st_area(
       st_difference(
         (select st_union(shape) from area where in_command),
         (select st_union(shape) from area where kind = $1)
       )::geography
     ))::float8 as "size"`,
    [kind],
  );
  return rows[0]?.size ?? 0;
}

export interface NewBoundarySet {
  readonly kind: BoundaryKind;
  readonly person: string;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly areas: number;
  readonly outside: number;
  readonly repaired: number;
}

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

export interface BoundarySetRow extends Omit<NewBoundarySet, "fileSha256"> {
  /** Epoch milliseconds. */
  readonly importedAt: number;
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
