import { cellToDecimal, outlineOf } from "#core/geo/cell.ts";
import type { Leg } from "#core/patrols/streets/leg.ts";
import type { Transaction } from "#server/db/database.ts";

/** The ways of a `patrol_window` in their order; null for a window without any. */
export const legsOfWindow = `(
  select json_agg(
    json_build_object(
      'line', st_asgeojson(patrol_leg.line, 7)::json -> 'coordinates',
      'cells', (
        select json_agg(to_hex(entered.cell) order by entered.at)
        from unnest(patrol_leg.cells) with ordinality as entered (cell, at)
      ),
      'metres', patrol_leg.metres::float8,
      'seconds', patrol_leg.seconds::float8,
      'words', patrol_leg.words,
      'attribution', patrol_leg.attribution
    )
    order by patrol_leg.ordinal
  )
  from patrol_leg
  where patrol_leg.window_id = patrol_window.id
)`;

/** With the ground of its cells, outlined here: the database then sees that the line leaves it nowhere. */
export async function insertLegs(
  tx: Transaction,
  windows: readonly { readonly id: string; readonly legs?: readonly Leg[] }[],
): Promise<void> {
  const legs = windows.flatMap(({ id, legs: own = [] }) =>
    own.map((leg, ordinal) => ({ windowId: id, ordinal, ...leg })),
  );
  if (legs.length === 0) return;
  await tx.query(
    `insert into patrol_leg (window_id, ordinal, line, ground, cells, metres, seconds, words, attribution)
     select given.window_id, given.ordinal,
       st_setsrid(st_geomfromgeojson(given.line), 4326),
       st_setsrid(st_geomfromgeojson(given.ground), 4326),
       array(select jsonb_array_elements_text(given.cells::jsonb))::bigint[],
       given.metres, given.seconds, given.words, given.attribution
     from unnest(
       $1::bigint[], $2::int[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[],
       $8::text[], $9::text[]
     ) as given (window_id, ordinal, line, ground, cells, metres, seconds, words, attribution)`,
    [
      legs.map((leg) => leg.windowId),
      legs.map((leg) => leg.ordinal),
      legs.map(({ line }) => line && JSON.stringify({ type: "LineString", coordinates: line })),
      legs.map(
        ({ line, cells }) =>
          line && JSON.stringify({ type: "MultiPolygon", coordinates: outlineOf(cells) }),
      ),
      legs.map((leg) => JSON.stringify(leg.cells.map(cellToDecimal))),
      legs.map((leg) => leg.metres),
      legs.map((leg) => leg.seconds),
      legs.map((leg) => leg.words),
      legs.map((leg) => leg.attribution ?? null),
    ],
  );
}
