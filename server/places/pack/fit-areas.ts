import { z } from "zod";
import type { Boundary } from "#core/places/boundaries.ts";
import { area } from "#core/places/wire/places.ts";
import type { Transaction } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";

/**
 * Makes a coverage of parts and neighbours in an embedded PostGIS: no two areas share ground, and two that touch share
 * their vertices, so that a line between them is found by its segments. All coordinates stand on a grid of 1e-5 degree
 * (about 1 m), as in every pack.
 *
 * Statements that lay lines over each other have no parameters: inside PGlite they have come back without rows where they
 * had some (server/places/areas.ts). What they need stands in a table of this transaction.
 */
export interface FitRequest {
  /** Valid, in the order in which ground that two share is given away: parts by name, then neighbours by name. */
  readonly parts: readonly Boundary[];
  readonly neighbours: readonly Boundary[];
  readonly nearMetres: number;
  /** Above this many points in all, lines are simplified to about five metres. */
  readonly mostPoints: number;
}

const fittedShape = z.object({
  /** Index into parts, then neighbours. */
  place: z.int(),
  polygons: area.shape.polygons,
});

const overlap = z.object({
  first: z.int(),
  second: z.int(),
  squareMetres: z.number(),
  at: z.string(),
});

const grid = "0.00001";
/** Five metres in degrees of latitude. */
const simplest = "0.000045";

export async function fitAreas(tx: Transaction, request: FitRequest) {
  await fillTable(tx, request);
  const before = await countPoints(tx);
  // The following step costs several times as much per point.
  const isFull = before > 5 * request.mostPoints;
  if (isFull) await tx.script(simplify);
  await tx.script(ontoGrid);
  const overlaps = await findOverlaps(tx, sql`first.is_part and second.is_part`);
  await tx.script(cutParts);
  await tx.script(near(request.nearMetres));
  overlaps.push(...(await findOverlaps(tx, sql`not second.is_part`)));
  await tx.script(cutNeighbours);
  await tryToClean(tx);
  const isSimplified = (await countPoints(tx)) > request.mostPoints;
  if (isSimplified) await tx.script(`${simplify} ${ontoGrid}`);
  const shapes = await tx.rows(
    fittedShape,
    sql`select place,
        st_asgeojson(st_multi(st_forcepolygonccw(shape)), 5)::json -> 'coordinates' as polygons
      from pack_area where not st_isempty(shape) order by place`,
  );
  const after = await countPoints(tx);
  return { shapes, overlaps, points: { before, after }, isSimplified: isFull || isSimplified };
}

async function fillTable(tx: Transaction, { parts, neighbours }: FitRequest): Promise<void> {
  await tx.script(
    `create temporary table pack_area (
       place int primary key,
       is_part boolean not null,
       shape geometry not null
     ) on commit drop`,
  );
  const all = [...parts, ...neighbours];
  const given = all.map(({ polygons }) =>
    JSON.stringify({ type: "MultiPolygon", coordinates: polygons }),
  );
  await tx.run(sql`insert into pack_area (place, is_part, shape)
    select place - 1, place <= ${parts.length},
      st_multi(st_setsrid(st_geomfromgeojson(given), 4326))
    from unnest(${given}::text[]) with ordinality as incoming (given, place)`);
}

function findOverlaps(tx: Transaction, which: Sql) {
  return tx.rows(
    overlap,
    sql`select first, second, round(size) as square_metres,
        round(st_x(inside)::numeric, 5) || ', ' || round(st_y(inside)::numeric, 5) as at
      from (
        select first.place as first, second.place as second,
          st_area(shared.shape::geography) as size,
          st_pointonsurface(shared.shape) as inside,
          least(st_area(first.shape::geography), st_area(second.shape::geography)) as smaller
        from pack_area as first
        join pack_area as second on second.place > first.place
          and second.shape && first.shape
        cross join lateral (
          select st_collectionextract(st_intersection(first.shape, second.shape, ${grid}::float8), 3)
            as shape
        ) as shared
        where ${which} and not st_isempty(shared.shape)
      ) as pairs
      -- Two drawings of one line differ by less.
      where size > greatest(100, smaller * 0.001)
      order by size desc, first, second`,
  );
}

/** Each minus those before it. */
function withoutEarlier(which: string): string {
  return `update pack_area as later
    set shape = st_multi(st_collectionextract(st_difference(
      later.shape,
      (
        select st_union(earlier.shape, ${grid})
        from pack_area as earlier
        where earlier.place < later.place
          and earlier.shape && later.shape
      ),
      ${grid}
    ), 3))
    where ${which}
      and exists (
        select 1
        from pack_area as earlier
        where earlier.place < later.place
          and earlier.shape && later.shape
      );`;
}

const cutParts = withoutEarlier("is_part");
const cutNeighbours = `${withoutEarlier("not is_part")}
  delete from pack_area where not is_part and st_isempty(shape);`;

/** Scales longitude by latitude, so that the buffer is round. */
function near(metres: number): string {
  return `
    create temporary table pack_zone on commit drop as
      select st_setsrid(st_scale(st_buffer(
        st_simplify(st_scale(whole, squeeze, 1), 0.0005, true),
        ${metres} / 111200.0, 'quad_segs=4'
      ), 1 / squeeze, 1), 4326) as shape
      from (
        select st_union(shape, ${grid}) as whole,
               cos(radians((st_ymin(st_extent(shape)) + st_ymax(st_extent(shape))) / 2)) as squeeze
        from pack_area
        where is_part
      ) as command;
    update pack_area
      set shape = st_multi(st_collectionextract(
        st_intersection(pack_area.shape, pack_zone.shape, ${grid}), 3))
      from pack_zone
      where not is_part;
    delete from pack_area where not is_part and st_isempty(shape);`;
}

/** Adds missing vertices to shared borders, which are otherwise matched by distance. */
async function tryToClean(tx: Transaction): Promise<void> {
  await tx
    .tryQuery(
      `update pack_area
       set shape = st_multi(st_collectionextract(cleaned.shape, 3))
       from (
         select place,
                st_coverageclean(shape, 0, -1, 'MERGE_MIN_INDEX') over (order by place
                  rows between unbounded preceding and unbounded following) as shape
         from pack_area
       ) as cleaned
       where cleaned.place = pack_area.place
         and not st_isempty(cleaned.shape)`,
    )
    .catch(() => undefined);
}

/** Shared lines stay shared. Visvalingam-Whyatt uses triangle areas, hence the square. */
const simplify = `
  update pack_area
  set shape = st_setsrid(st_scale(simpler.shape, 1 / squeeze, 1), 4326)
  from (
    select place, squeeze,
           st_coveragesimplify(st_scale(shape, squeeze, 1), ${simplest}) over (order by place
             rows between unbounded preceding and unbounded following) as shape
    from pack_area
    cross join (
      select cos(radians((st_ymin(st_extent(shape)) + st_ymax(st_extent(shape))) / 2)) as squeeze
      from pack_area
    ) as middle
  ) as simpler
  where simpler.place = pack_area.place;`;

const ontoGrid = `
  update pack_area
  set shape = st_multi(st_collectionextract(st_reduceprecision(shape, ${grid}), 3));`;

async function countPoints(tx: Transaction): Promise<number> {
  return (await tx.value(z.int(), sql`select sum(st_npoints(shape)) from pack_area`)) ?? 0;
}
