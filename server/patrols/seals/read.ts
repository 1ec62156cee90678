import { sealFile } from "#core/patrols/seals/file.ts";
import { sealsReply } from "#core/patrols/seals/record.ts";
import type { SealsReply } from "#core/patrols/wire/forecast-seals.ts";
import type { Act } from "#server/acts/services.ts";
import { loadSeals } from "#server/patrols/seals/store.ts";

export function readSeals(act: Act): Promise<SealsReply> {
  return act.db.transaction(act.actor, async (tx) => {
    const entries = await loadSeals(tx);
    act.addDetail({ entries: entries.length });
    return sealsReply(entries, act.asAt.date());
  });
}

/** For `boxster forecast verify`. */
export function exportSeals(
  act: Act,
): Promise<{ readonly entries: number; readonly file: string }> {
  return act.db.transaction(act.actor, async (tx) => {
    const entries = await loadSeals(tx);
    act.addDetail({ entries: entries.length });
    return { entries: entries.length, file: sealFile(entries) };
  });
}
