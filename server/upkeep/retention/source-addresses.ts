import { z } from "zod";
import { leastAddressDays, mostAddressDays, usualAddressDays } from "#core/accounts/retention.ts";
import type { Transaction } from "#server/db/database.ts";
import { readSetting } from "#server/db/settings.ts";

export const sourceAddressKey = "source-addresses";
const setting = z.strictObject({ days: z.int().min(leastAddressDays).max(mostAddressDays) });

/** For how long the addresses that refused sign-ins came from are kept. */
export async function sourceAddressSetting(tx: Transaction): Promise<{ readonly days: number }> {
  const held = setting.safeParse(await readSetting(tx, sourceAddressKey));
  return held.success ? held.data : { days: usualAddressDays };
}
