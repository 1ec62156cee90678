import { z } from "zod";
import { leastEventYears, mostEventYears, usualEventYears } from "#core/records/retention.ts";
import type { Transaction } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";

export const retentionKey = "retention";

const retentionSetting = z.strictObject({
  eventYears: z.int().min(leastEventYears).max(mostEventYears),
});

export async function eventYears(tx: Transaction): Promise<number> {
  const held = retentionSetting.safeParse(await readSetting(tx, retentionKey));
  return held.success ? held.data.eventYears : usualEventYears;
}
