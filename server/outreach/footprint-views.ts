import type { Actor } from "#core/model/role.ts";
import { footprintViewDays } from "#core/retention/settings.ts";
import { addDays } from "#core/time/zone.ts";
import type { FootprintViewsReply } from "#core/wire/outreach.ts";
import type { Transaction } from "#server/db/database.ts";
import { addFootprintView, findFootprintViews } from "#server/queries/footprint-views.ts";

/**
 * Counts one look at the footprints of these partners, whoever the actor is: a look that is not
 * counted is one that its partner never learns of, so it belongs into the transaction that looks.
 */
export async function countFootprintView(
  tx: Transaction,
  { person, role }: Actor,
  { day, seen }: { readonly day: string; readonly seen: ReadonlySet<string> },
): Promise<void> {
  if (seen.size === 0) return;
  await tx.through("keeper", (keeper) =>
    addFootprintView(keeper, { partnerIds: [...seen], person, role, day }),
  );
}

/** Who looked at a partner's times: by day and role how often, each looker under a name that says nothing. */
export async function footprintViews(
  tx: Transaction,
  { partnerId, today }: { readonly partnerId: string; readonly today: string },
): Promise<FootprintViewsReply> {
  const since = addDays(today, 1 - footprintViewDays);
  const views = await findFootprintViews(tx, { partnerId, since });
  const times = views.reduce((all, view) => all + view.times, 0);
  return { since, views, sentence: sentenceOf(times) };
}

function sentenceOf(times: number): string {
  if (times === 0) return `Nobody has looked at your times in the last ${footprintViewDays} days.`;
  const often = times === 1 ? "once" : `${times.toLocaleString("en-GB")} times`;
  return `Police were shown your times, or planned around them, ${often} in the last ${footprintViewDays} days.`;
}
