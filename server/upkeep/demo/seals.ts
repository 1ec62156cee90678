import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
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
  given: { readonly zone: Zone; readonly today: string; readonly study: Neighbourhood },
): Promise<void> {
  const { zone, today, study } = given;
  const { cells, offsets, targets } = study;
  // Whatever is made of these is made as at an earlier day.
  const known = await readKnown(tx, zone, zone.startOfDate(today));
  const knownOn = (date: string) => ({ ...known, asAt: zone.startOfDate(date) });
  const next = nextMonday(today);
  const entries: NewEntry[] = [];
  for (let ago = weeks; ago > 0; ago -= 1) {
    const week = addDays(next, -7 * ago);
    const at = sealOpens(week, zone);
    const seal = makeSeal(knownOn(addDays(week, -3)), {
      study: { cells, offsets, targets },
      week,
      at,
    });
    entries.push(seal);
    const over = addDays(week, 14);
    if (over > today) continue;
    const content = makeOutcome(knownOn(over), seal.content);
    if (content) entries.push({ kind: "outcome", at: zone.startOfDate(over), content });
  }
  await storeSeals(
    tx,
    entries.toSorted((a, b) => a.at - b.at),
  );
}
