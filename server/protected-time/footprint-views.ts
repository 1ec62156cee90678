import { footprintViewDays } from "#core/protected-time/retention.ts";
import type { FootprintViewsReply } from "#core/protected-time/wire/outreach.ts";
import type { Actor } from "#core/role.ts";
import { formatCount } from "#core/text/numbers.ts";
import { addDays } from "#core/time/zone.ts";
import { isOpenedFromOutside } from "#server/accounts/second-person.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Own } from "#server/protected-time/partners.ts";
import {
  addFootprintView,
  findFootprintViews,
  ownReaders,
} from "#server/protected-time/queries/footprint-views.ts";

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

/**
 * Counts a partner's own reader where an administrator or the host opened the account and no colleague confirmed it:
 * such a reader is somebody that the partner may not know of.
 */
export async function countOutsideReader(
  { tx, partnerId, person }: Pick<Own, "tx" | "partnerId" | "person">,
  day: string,
): Promise<void> {
  if (!(await isOpenedFromOutside(tx, person))) return;
  const actor: Actor = { person, role: "partner", partner: null };
  await countFootprintView(tx, actor, { day, seen: new Set([partnerId]) });
}

/** Who looked at a partner's times: by day and role how often, each looker under a name that says nothing. */
export async function footprintViews(
  tx: Transaction,
  { partnerId, today }: { readonly partnerId: string; readonly today: string },
): Promise<FootprintViewsReply> {
  const since = addDays(today, 1 - footprintViewDays);
  const views = await findFootprintViews(tx, { partnerId, since });
  const readers = await tx.through("keeper", (keeper) => ownReaders(keeper, partnerId));
  const isOwn = ({ role }: { readonly role: string }) => role === "partner";
  const timesOf = (rows: typeof views) => rows.reduce((all, { times }) => all + times, 0);
  return {
    since,
    views: views.map((view) => ({
      ...view,
      account: isOwn(view) ? (readers.get(view.viewer) ?? null) : null,
    })),
    sentence: sentenceOf(
      timesOf(views.filter((view) => !isOwn(view))),
      timesOf(views.filter(isOwn)),
    ),
  };
}

function sentenceOf(byPolice: number, byOwn: number): string {
  if (byPolice + byOwn === 0) {
    return `Nobody has looked at your times in the last ${footprintViewDays} days.`;
  }
  const days = `in the last ${footprintViewDays} days`;
  const police =
    byPolice === 0
      ? `No police have looked at your times ${days}.`
      : `Police were shown your times, or planned around them, ${often(byPolice)} ${days}.`;
  if (byOwn === 0) return police;
  return `${police} Accounts that police set up for you read them ${often(byOwn)}.`;
}

function often(times: number): string {
  return times === 1 ? "once" : `${formatCount(times)} times`;
}
