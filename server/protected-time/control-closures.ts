import { eventResolution, type H3Cell, unpackCells } from "#core/geo/cell.ts";
import type { Closure } from "#core/protected-time/protected.ts";
import { addDays, dayMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";

/** What control days close during [from, to): whole places for whole days. Ask through the keeper's door. */
export async function controlClosures(
  keeper: Transaction,
  { zone, from, to }: { readonly zone: Zone; readonly from: number; readonly to: number },
): Promise<Closure[]> {
  const first = zone.dateOf(from);
  const days = Math.ceil((to - from) / dayMs) + 2;
  const drawn = await controlDays(keeper, { from: first, days });
  return drawn.map(({ zone: place, day }) => ({
    cells: unpackCells([place], eventResolution),
    from: zone.startOfDate(day),
    to: zone.startOfDate(addDays(day, 1)),
  }));
}

export interface ControlDay {
  /** Resolution 9. */
  readonly zone: H3Cell;
  readonly day: string;
}

/** Which places have no patrol on which of these days: through the keeper's door alone. */
function controlDays(
  tx: Transaction,
  { from, days }: { readonly from: string; readonly days: number },
): Promise<ControlDay[]> {
  return tx.query<ControlDay>(
    `select to_hex(zone) as "zone", to_char(day, 'YYYY-MM-DD') as "day"
     from control_day
     where day >= $1::date and day < $1::date + $2::int
     order by day, zone`,
    [from, days],
  );
}
