import { expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { ownTables } from "#server/protected-time/leaving.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { hangingOnPartners } from "#tests/support/hanging.ts";

/** Go with the session, which may stay for the closures of a day (at most three days). */
const withSession = [
  "occupancy",
  "police_came",
  "sealed_count",
  "second_word",
  "session_exception",
  "session_notice",
];
/** What `leaveForGood` treats by a statement of its own. */
const byThemselves = ["account", "leaving", "outreach_session", "saved_place"];
/** Visits that were kept clear: numbers alone. */
const stay = ["kept_clear"];

onOneEngine("what hangs on a partner", ({ db }) => {
  test("has a word on what becomes of it as the partner leaves", async () => {
    const hanging = await db().transaction(ownerActor, hangingOnPartners);
    const known = [...ownTables, ...withSession, ...byThemselves, ...stay];
    expect(hanging).toEqual(known.sort());
  });
});
