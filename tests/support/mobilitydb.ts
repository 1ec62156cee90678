import pg from "pg";
import { cellRing, type H3Cell } from "#core/geo/cell.ts";
import type { LoggedFix } from "#tests/support/positions.ts";

/** Minutes by cell as MobilityDB has them, of the server that `MOBILITYDB_URL` names. */
export interface MobilityDb {
  readonly minutes: (
    fixes: readonly LoggedFix[],
    cells: readonly H3Cell[],
    refreshSeconds: number,
  ) => Promise<ReadonlyMap<H3Cell, number>>;
  readonly close: () => Promise<void>;
}

export async function openMobilityDb(url: string): Promise<MobilityDb> {
  const db = new pg.Client(url);
  await db.connect();
  await db.query("create extension if not exists mobilitydb cascade");
  await db.query(
    "create temporary table fix (device text, at timestamptz, lng float8, lat float8)",
  );
  await db.query("create temporary table ground (cell text, shape geometry)");
  return {
    close: () => db.end(),
    minutes: async (fixes, cells, refreshSeconds) => {
      await db.query("truncate fix, ground");
      await db.query(
        `insert into fix
         select * from unnest($1::text[], $2::timestamptz[], $3::float8[], $4::float8[])`,
        [
          fixes.map(({ device }) => device),
          fixes.map(({ at }) => new Date(at)),
          fixes.map(({ lng }) => lng),
          fixes.map(({ lat }) => lat),
        ],
      );
      await db.query(
        `insert into ground
         select cell, st_geomfromtext(shape, 4326)
         from unnest($1::text[], $2::text[]) as given (cell, shape)`,
        [
          cells,
          cells.map(
            (cell) =>
              `POLYGON((${cellRing(cell)
                .map((p) => p.join(" "))
                .join()}))`,
          ),
        ],
      );
      // Straight lines between fixes, and none where a gap is longer than counts.
      const { rows } = await db.query<{ cell: string; minutes: number }>(
        `with trip as materialized (
           select device, tgeompointSeqSetGaps(
             array_agg(tgeompoint(st_setsrid(st_makepoint(lng, lat), 4326), at) order by at),
             make_interval(secs => 3 * $1::float8 + 0.001), null, 'linear'
           ) as trip
           from fix
           group by device
         )
         select cell as "cell", sum(extract(epoch from stay)::float8 / 60) as "minutes"
         from (
           select cell, duration(atGeometry(trip, shape)) as stay
           from trip
           join ground on st_intersects(trajectory(trip), shape)
         ) as stays
         where stay is not null
         group by cell`,
        [refreshSeconds],
      );
      return new Map(rows.map(({ cell, minutes }) => [cell as H3Cell, minutes]));
    },
  };
}
