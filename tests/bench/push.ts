import { setTimeout as wait } from "node:timers/promises";
import type { H3Cell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import {
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
  spreadOf,
} from "#tests/bench/timing.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { agreedWindow, circleAt, corner } from "#tests/support/outreach.ts";
import { addPartners, placeBy } from "#tests/support/partner-care.ts";
import { openPushApp } from "#tests/support/push-app.ts";

const times = 40;
const mostMs = 10_000;
const inside = footprintOf(circleAt(corner))[0] as H3Cell;

/** From a late session that is sent to the message at the push service, which is on this machine. */
export async function benchPush({ say }: BenchContext): Promise<BenchLine[]> {
  const { db, drop } = await openTestDatabase(engines.at(-1) ?? "embedded");
  await fillPlaces(db);
  const { app, base, service, phoneOf, close } = await openPushApp(db);
  try {
    await addPartners(app, { a: "North Van" });
    const partner = await base.as("partner", "a");
    const { id: placeId } = await placeBy(partner);
    await phoneOf("o.one");
    say(`Push: ${times} late sessions...`);
    const took: number[] = [];
    for (let n = 0; n < times; n += 1) {
      await asOwner(db, "delete from outreach_session");
      await asOwner(db, "delete from occupancy");
      const from = app.services.asAt.now() + 30 * minuteMs;
      await db.transaction(ownerActor, (tx) =>
        agreedWindow(tx, { from, to: from + hourMs, cells: [inside] }),
      );
      service.forget();
      const begun = Date.now();
      await partner.send("POST", "/api/outreach/out-now", { placeId });
      while (service.pushed.length === 0 && Date.now() - begun < 2 * mostMs) await wait(5);
      took.push((service.pushed[0]?.at ?? Number.POSITIVE_INFINITY) - begun);
    }
    const { median, p95 } = spreadOf(took);
    return [
      {
        work: `a late session saved to the message at the push service, ${times} times`,
        measured: `${milliseconds(median)} median, ${milliseconds(p95)} p95`,
        beside: "of it 3 s in which several become one",
        ratio: "",
        figure: atMost(p95, "ms", mostMs),
      },
    ];
  } finally {
    await close();
    await drop();
  }
}
