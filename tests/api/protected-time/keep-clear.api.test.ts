import { expect, test } from "vitest";
import { keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { addDays } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { saveSession } from "#server/protected-time/sessions.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { london, partnerWithPlace, single } from "#tests/support/outreach.ts";

onOneEngine("the hatch over HTTP", ({ db }) => {
  const test_ = appWith(db);
  const sergeant = test_.caller("sergeant");

  test("whatever stretch is asked for, the hatch answers on half hours, from today's midnight to the end of what is shown", async () => {
    const between = async (from: string, to: string) => {
      const query = new URLSearchParams({ from, to });
      const reply = await sergeant.get(`/api/keep-clear?${query}`);
      return keepClearReply
        .parse(reply.json())
        .stretches.map((stretch) => [stretch.from.slice(0, 16), stretch.to.slice(0, 16)]);
    };
    const today = test_.services.asAt.date();
    const yesterday = addDays(today, -1);
    await db().transaction(ownerActor, async (tx) => {
      const now = london.startOfDate(yesterday);
      const { partnerId, place } = await partnerWithPlace(tx, { name: "Night van", now });
      for (const firstDate of [yesterday, today]) {
        const draft = { partnerId, placeId: place.id, rule: single(firstDate, "03:00", "04:00") };
        await saveSession(tx, { zone: london, now }, draft);
      }
    });
    // Closed from 02:30 to 04:30. The minute is inside, at the start, at the end.
    for (const [from, to, expected] of [
      ["03:07", "03:08", [["03:00", "03:30"]]],
      ["02:29", "02:31", [["02:30", "03:00"]]],
      ["04:29", "04:31", [["04:00", "04:30"]]],
      ["04:31", "04:59", []],
    ] as const) {
      const seen = await between(`${today}T${from}:00Z`, `${today}T${to}:00Z`);
      expect(seen).toEqual(
        expected.map(([start, end]) => [`${today}T${start}`, `${today}T${end}`]),
      );
    }
    const early = await between(`${yesterday}T00:00:00Z`, `${today}T06:00:00Z`);
    expect(early).toEqual([[`${today}T02:30`, `${today}T04:30`]]);
  });
});
