import type { Boundary } from "#core/import/boundaries.ts";
import type { Area } from "#core/wire/places.ts";
import type { Transaction } from "#server/db/database.ts";

export interface CheckedBoundary {
  readonly code: string;
  /** Why it was not valid as given; null when it was. */
  readonly fault: string | null;
  /** Longitude and latitude of the fault. */
  readonly faultAt: string | null;
  /** The repaired shape as GeoJSON MultiPolygon coordinates; null when nothing with an area is left. */
  readonly polygons: Area["polygons"] | null;
  /** How much of it lies in the boroughs of the command, 0 to 1. */
  readonly shareInCommand: number;
}

/** Each shape made valid (ST_MakeValid, polygons only) and laid over the command. */
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
              st_multi(st_collectionextract(st_makevalid(shape), 3)) as shape
       from given
     )
     select mended.code as "code",
            (detail).reason as "fault",
            case when (detail).location is null then null
              else round(st_x((detail).location)::numeric, 5) || ', ' ||
                   round(st_y((detail).location)::numeric, 5)
            end as "faultAt",
            case when st_area(mended.shape) > 0
              then st_asgeojson(mended.shape, 6)::json -> 'coordinates'
            end as "polygons",
            case when st_area(mended.shape) > 0
              then coalesce(
                st_area(st_intersection(mended.shape, command.shape)) / st_area(mended.shape), 0)
              else 0
            end::float8 as "shareInCommand"
     from mended
     cross join command
     order by position`,
    [
      boundaries.map((boundary) => boundary.code),
      boundaries.map(({ polygons }) =>
        JSON.stringify({ type: "MultiPolygon", coordinates: polygons }),
      ),
    ],
  );
}

/** Gives areas that are there already another line; how many there were. */
export async function replaceShapes(
  tx: Transaction,
  shapes: readonly { readonly code: string; readonly polygons: Area["polygons"] }[],
): Promise<string[]> {
  const rows = await tx.query<{ code: string }>(
    `update area
     set shape = st_setsrid(st_geomfromgeojson(given.shape), 4326)
     from unnest($1::text[], $2::text[]) as given (code, shape)
     where area.code = given.code
       and area.kind in ('borough', 'neighbour')
     returning area.code`,
    [
      shapes.map((shape) => shape.code),
      shapes.map(({ polygons }) => JSON.stringify({ type: "MultiPolygon", coordinates: polygons })),
    ],
  );
  return rows.map((row) => row.code);
}
