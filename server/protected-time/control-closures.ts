import { eventResolution, unpackCells } from "#core/geo/cell.ts";
import type { Closure } from "#core/protected-time/protected.ts";
import { addDays, dayMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { controlDays } from "#server/patrols/queries/control-days.ts";

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
