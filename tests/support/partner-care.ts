import type { LatticePlace } from "#core/protected-time/lattice.ts";
import { outreachSession, savedPlace } from "#core/protected-time/wire/outreach.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { createPartner } from "#server/protected-time/partners.ts";
import { addTestAccount, countIn, type SignedIn, sessionOf } from "#tests/support/accounts.ts";
import type { TestApp, TestCaller } from "#tests/support/app.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";

/** Partners by code, who have given no times yet. */
export async function addPartners(
  { services: { db, asAt } }: Pick<TestApp, "services">,
  names: Readonly<Record<string, string>>,
): Promise<void> {
  await db.transaction(ownerActor, async (tx) => {
    for (const [code, name] of Object.entries(names)) {
      await createPartner(tx, { code, name, now: asAt.now() });
    }
  });
}

/** The rule of a session, as a page sends it. */
export const once = (firstDate: string, start = "20:10", end = "21:50") => ({
  repeats: "once",
  firstDate,
  start,
  end,
});

/** Somebody of a partner, by an account without a password. */
export async function personOf(app: TestApp, name: string, partner: string): Promise<SignedIn> {
  await addTestAccount(app.services.db, { name, role: "partner", partner, withoutPassword: true });
  return sessionOf(app, name);
}

/** Of more cells than a closure may have without a second person of its partner being asked. */
export const largeSpot = circleAt(corner, 400, true);

export async function placeBy(
  caller: TestCaller,
  spot: LatticePlace = circleAt(corner),
  key?: string,
) {
  const body = { label: "By the elm", ...spot, ...(key ? { key } : {}) };
  const reply = await caller.send("POST", "/api/outreach/places", body);
  if (reply.statusCode !== 200) throw new Error(reply.body);
  return savedPlace.parse(reply.json());
}

export async function sessionBy(caller: TestCaller, body: object) {
  const reply = await caller.send("POST", "/api/outreach/sessions", body);
  if (reply.statusCode !== 200) throw new Error(reply.body);
  return outreachSession.parse(reply.json());
}

/** Cells closed from an instant on. */
export function closedAfter(db: Database, instant: string): Promise<number> {
  const ahead = "occupancy where kind = 'protected' and upper(during) > $1::timestamptz";
  return countIn(db, ahead, [instant]);
}
