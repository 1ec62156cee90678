import { z } from "zod";
import { notifiedRoles } from "#core/accounts/wire/push.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { deliver, pushAddress } from "#server/accounts/push/network.ts";
import { type PushKeys, readPushKeys } from "#server/accounts/push/phones.ts";
import { accountLasts } from "#server/accounts/sessions.ts";
import type { Services } from "#server/acts/services.ts";
import { gateActor, systemActor } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

const phone = z.object({ endpoint: z.string() });

/** Whose access is not over. */
const mayBeTold = (now: number) => sql`exists (
  select from account
  where account.name = push_subscription.person
    and account.role = any(${notifiedRoles})
    and account.disabled_at is null
    and ${accountLasts(now)}
)`;

/** Several servers hear of one lost patrol: the first that comes tells. */
const apartMs = 2_000;

/**
 * Tells these phones to look at their plan: an empty message, the same for all and whatever the
 * cause. Resolves with how many, before push services have answered; those that cannot be reached
 * are counted, and those that are gone forgotten.
 */
export async function tellPhones(services: Services, which = sql`true`): Promise<number> {
  const { db } = services;
  const keys = await readPushKeys(db);
  if (keys === null) return 0;
  const now = Date.now();
  const phones = await db.transaction(gateActor, async (tx) => {
    await tx.run(sql`delete from push_subscription where not ${mayBeTold(now)}`);
    const told = await tx.rows(
      phone,
      sql`update push_subscription set told_at = ${new Date(now)}
        where ${mayBeTold(now)} and ${which}
          and coalesce(told_at <= ${new Date(now - apartMs)}, true)
        returning endpoint`,
    );
    const note = { verb: "disclosure", act: "notify phones", purpose: "safeguarding" } as const;
    const detail = { phones: told.length };
    if (told.length > 0) await appendAudit(tx, systemActor, { ...note, outcome: "done", detail });
    return told;
  });
  for (const { endpoint } of phones) {
    // A database that does not answer has nothing to be noted in.
    tellOne(services, keys, endpoint).catch(() => undefined);
  }
  return phones.length;
}

async function tellOne(services: Services, keys: PushKeys, endpoint: string): Promise<void> {
  const { db, config, pushNetwork } = services;
  const url = pushAddress(endpoint, config.pushHosts);
  const send = async () =>
    url ? deliver(url, await headersFor(endpoint, keys), pushNetwork) : "gone";
  const outcome = await send().catch(() => "failed" as const);
  const own = sql`endpoint = ${endpoint}`;
  const failedAt = outcome === "failed" ? new Date() : null;
  await db.transaction(gateActor, (tx) =>
    tx.run(
      outcome === "gone"
        ? sql`delete from push_subscription where ${own}`
        : sql`update push_subscription set failed_at = ${failedAt} where ${own}`,
    ),
  );
}

/** Of several that wait for a phone, the push service keeps the last. */
const topic = "plan";
const keptSeconds = 600;

async function headersFor(endpoint: string, { contact: subject, ...pair }: PushKeys) {
  // Loaded where push is set up alone.
  const { default: webPush } = await import("web-push");
  // An empty message needs no keys of the browser.
  const target = { endpoint } as Parameters<typeof webPush.generateRequestDetails>[0];
  const vapidDetails = { subject, ...pair };
  const wishes = { TTL: keptSeconds, urgency: "high", topic } as const;
  return webPush.generateRequestDetails(target, null, { vapidDetails, ...wishes }).headers;
}
