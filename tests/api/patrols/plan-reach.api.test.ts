import { beforeAll, expect, test } from "vitest";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import type { Actor } from "#core/role.ts";
import { formatInstant } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { describerOf, describeStored, storeSuggestion } from "#server/patrols/stored.ts";
import { suggestPlan } from "#server/patrols/suggest.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { at, london, single } from "#tests/support/outreach.ts";
import {
  addSession,
  fillManyReports,
  giveCalendar,
  suggestThrough,
} from "#tests/support/plan-database.ts";

/** As at 26 November police are shown keep-clear times up to and with 10 December. */
const lastDay = "2021-12-10";
const nextDay = "2021-12-11";

onOneEngine(
  "planning ends where what police are shown ends",
  ({ db }) => {
    const test_ = appWith(db);
    const sergeant = test_.caller("sergeant");
    let partner: Awaited<ReturnType<typeof giveCalendar>>;
    const now = () => test_.services.asAt.now();

    beforeAll(async () => {
      partner = await giveCalendar(db(), now());
    });

    const close = (date: string, from: string, to: string) =>
      addSession(db(), now(), {
        partnerId: partner.partnerId,
        placeId: partner.place.id,
        rule: single(date, from, to),
      });
    const bare = ({ windows }: PlanReply) =>
      windows.map(({ start, end, unit, route, expected }) => ({
        start,
        end,
        unit,
        route,
        expected,
      }));

    test("the 14th day after today is shown whole, and no day after it", async () => {
      await close(lastDay, "15:00", "16:00");
      await close(nextDay, "15:00", "16:00");
      const seen = keepClearReply.parse((await sergeant.get("/api/keep-clear")).json());
      expect(seen.until).toBe(formatInstant(london, at(`${nextDay}T00:00`)));
      expect(seen.stretches.map(({ from }) => from.slice(0, 10))).toEqual([lastDay]);
    });

    test("a suggestion with a shift that begins beyond is refused, with the day and why", async () => {
      for (const body of [
        { from: nextDay, days: 1 },
        { from: lastDay, days: 2 },
        { from: "2021-12-05", days: 7 },
        { from: "2022-01-10", days: 7 },
      ]) {
        const reply = await sergeant.send("POST", "/api/plans/suggest", { units: 2, ...body });
        expect(reply.statusCode, reply.body).toBe(422);
        expect(reply.json()).toMatchObject({
          title: "No suggestion",
          detail:
            "Suggestions are made for days up to Fri 10 Dec, because keep-clear times are shown to police up to that day. Choose an earlier first day or fewer days.",
        });
      }
    });

    test("the last night is cut at midnight, and nothing that is closed after it can be read from the plan", async () => {
      const before = await suggestThrough(sergeant, { from: lastDay, days: 1 });
      const ends = before.plan.windows.map((window) => Date.parse(window.end));
      expect(Math.max(...ends)).toBeGreaterThan(at(`${lastDay}T22:00`));
      expect(Math.max(...ends)).toBeLessThanOrEqual(at(`${nextDay}T00:00`));
      // Closed from midnight on: within reach of the last stops, and not shown.
      await close(nextDay, "00:30", "04:00");
      const after = await suggestThrough(sergeant, { from: lastDay, days: 1 });
      expect(bare(after.plan)).toEqual(bare(before.plan));
    });

    test("the operator, who holds the database, plans further; what he made cannot be agreed early", async () => {
      const operator: Actor = { ...ownerActor, role: "operator" };
      const { signal } = new AbortController();
      const request = { from: lastDay, days: 2, units: 2, seed: 1 };
      const made = await suggestPlan({ ...test_.services, actor: operator }, request, { signal });
      const describer = await describerOf(test_.services);
      const plan = await db().transaction(ownerActor, async (tx) =>
        describeStored(
          tx,
          await storeSuggestion(tx, made, { at: now(), by: "operator" }),
          describer,
        ),
      );
      const ends = shownEnd();
      const beyond = plan.windows.filter((window) => Date.parse(window.end) > ends);
      const within = plan.windows.filter((window) => Date.parse(window.end) <= ends);
      expect(beyond.length).toBeGreaterThan(0);
      expect(within.length).toBeGreaterThan(0);
      const agree = (windows: readonly { id: string }[]) =>
        sergeant.send("POST", `/api/plans/${plan.id}/agree`, {
          windowIds: windows.map(({ id }) => id),
        });
      const refused = await agree(plan.windows);
      expect(refused.statusCode, refused.body).toBe(409);
      expect(refused.json().detail).toMatch(/^Patrols are approved up to the end of Fri 10 Dec/);
      expect(refused.json().errors).toEqual(
        beyond.map(({ id }) => ({ field: id, reason: "too far ahead" })),
      );
      const agreed = await agree(within);
      expect(agreed.statusCode, agreed.body).toBe(200);
    });

    const shownEnd = () => at(`${nextDay}T00:00`);
  },
  fillManyReports,
);
