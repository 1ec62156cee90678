import { cellAt, disk } from "#core/geo/cell.ts";
import { type PlanMessage, type PlanReply, planMessage } from "#core/patrols/wire/plan.ts";
import type { SessionRule } from "#core/protected-time/session.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import type { SavedPlaceRow } from "#server/protected-time/places.ts";
import { saveSession } from "#server/protected-time/sessions.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { corner, london, partnerWithPlace } from "#tests/support/outreach.ts";
import { scenarioEvents } from "#tests/support/plan-scenario.ts";
import { storeReports } from "#tests/support/store-reports.ts";

export const planAsAt = "2021-11-26";
/** The Monday that the plans of these tests start on. */
export const planFrom = "2021-11-29";

/** Places and a year of made-up reports: all that a plan needs but a calendar. */
export const fillReports = (db: Database): Promise<void> => storeScattered(db, 1_200);

async function storeScattered(db: Database, count: number): Promise<void> {
  await fillPlaces(db);
  const scattered = scenarioEvents(london, {
    seed: 7,
    count,
    asAt: london.startOfDate(planAsAt),
  });
  // A busy corner, so that windows at the partner's place are worth their while on any evening.
  const busy = disk(cellAt(corner, 10), 1);
  const events = scattered.map((event, at) => {
    const cell = at % 4 === 0 ? busy[(at / 4) % busy.length] : undefined;
    return cell === undefined ? event : { ...event, cell };
  });
  await storeReports(db, events);
}

/** The same with more, for plans that are looked at closely. */
export const fillManyReports = (db: Database): Promise<void> => storeScattered(db, 2_000);

/** A partner of the demonstration with a fresh calendar and one place in the middle of the street. */
export function giveCalendar(
  db: Database,
  now: number,
): Promise<{ partnerId: string; place: SavedPlaceRow }> {
  return db.transaction(ownerActor, (tx) => partnerWithPlace(tx, { name: "A partner", now }));
}

export function addSession(
  db: Database,
  now: number,
  given: { readonly partnerId: string; readonly placeId: string; readonly rule: SessionRule },
): Promise<unknown> {
  return db.transaction(ownerActor, (tx) => saveSession(tx, { zone: london, now }, given), {
    retries: 5,
  });
}

/** Reads the whole stream of one suggestion. */
export async function suggestThrough(
  caller: TestCaller,
  body: Record<string, unknown> = {},
): Promise<{ messages: PlanMessage[]; plan: PlanReply }> {
  const reply = await caller.send("POST", "/api/plans/suggest", {
    from: planFrom,
    days: 2,
    units: 2,
    seed: 1,
    ...body,
  });
  if (reply.statusCode !== 200) throw new Error(`Suggestion refused: ${reply.body}`);
  const messages = reply.body
    .trim()
    .split("\n")
    .map((line) => planMessage.parse(JSON.parse(line)));
  const last = messages.at(-1);
  if (last?.type !== "plan") throw new Error(`No plan at the end: ${JSON.stringify(last)}`);
  return { messages, plan: last.plan };
}
