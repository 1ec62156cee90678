import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import type { Actor } from "#core/role.ts";
import { addDays, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  makeOutcome,
  makeSeal,
  nextMonday,
  readKnown,
  sealOpens,
} from "#server/patrols/seals/keep.ts";
import { type NewEntry, storeSeals } from "#server/patrols/seals/store.ts";

/** Of which 16 are scored on the day that it stands at. */
const weeks = 18;

/**
 * As if the server had run for some months: each week is forecast from what was over on the Friday before, by the code that
 * seals live. The database marks every entry as replayed.
 */
export async function replaySeals(
  tx: Transaction,
  loader: Actor,
  given: { readonly zone: Zone; readonly today: string; readonly study: Neighbourhood },
): Promise<void> {
  const { zone, today, study } = given;
  const { cells, offsets, targets } = study;
  const next = nextMonday(today);
  const entries: NewEntry[] = [];
  for (let ago = weeks; ago > 0; ago -= 1) {
    const week = addDays(next, -7 * ago);
    const at = sealOpens(week, zone);
    const known = await readKnown(tx, zone, zone.startOfDate(addDays(week, -3)));
    const seal = makeSeal(known, { study: { cells, offsets, targets }, week, at });
    entries.push(seal);
    const over = addDays(week, 14);
    if (over > today) continue;
    const scoredAt = zone.startOfDate(over);
    const content = makeOutcome(await readKnown(tx, zone, scoredAt), seal.content);
    if (content) entries.push({ kind: "outcome", at: scoredAt, content });
  }
  await storeSeals(
    tx,
    loader,
    entries.toSorted((a, b) => a.at - b.at),
  );
}
