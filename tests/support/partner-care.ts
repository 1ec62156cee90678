import type { LatticePlace } from "#core/protected-time/lattice.ts";
import { outreachSession, savedPlace } from "#core/protected-time/wire/outreach.ts";
import type { Database } from "#server/db/database.ts";
import { addTestAccount, asOwner, type SignedIn, sessionOf } from "#tests/support/accounts.ts";
import type { TestApp, TestCaller } from "#tests/support/app.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";

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
export async function closedAfter(db: Database, instant: string): Promise<number> {
  const [row] = await asOwner<{ count: number }>(
    db,
    `select count(*)::int as count from occupancy
     where kind = 'protected' and upper(during) > $1::timestamptz`,
    [instant],
  );
  return row?.count ?? 0;
}
