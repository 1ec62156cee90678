import { expect, test } from "vitest";
import { shownUntil } from "#core/protected-time/shown-until.ts";
import { minuteMs } from "#core/time/zone.ts";
import { operatorActor } from "#server/cli/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at } from "#tests/support/outreach.ts";
import { fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk } from "#tests/support/plan-desk.ts";

const instant = (local: string) => new Date(at(local)).toISOString();

onEachEngine(
  "changing a window",
  ({ db }) => {
    const desk = planDesk(db);

    test("moves it with its stops, says what it is worth then, and renews the number", async () => {
      const plan = await desk.agree(await desk.suggest({ from: "2021-12-09", units: 1 }));
      const before = plan.windows[0];
      if (!before) throw new Error("The plan has no window");
      const start = new Date(Date.parse(before.start) + 5 * minuteMs).toISOString();
      const reply = await desk.change(plan, before.id, { start });
      expect(reply.ok, JSON.stringify(reply)).toBe(true);
      if (!reply.ok) return;
      expect(Date.parse(reply.window.start) - Date.parse(before.start)).toBe(5 * minuteMs);
      expect(Date.parse(reply.window.end) - Date.parse(before.end)).toBe(5 * minuteMs);
      expect(reply.window.expected).toBeGreaterThan(0);
      expect(reply.plan.number).not.toBe(plan.number);
      const cells = reply.plan.windows.reduce((all, window) => all + window.route.length, 0);
      expect(await desk.occupied(plan)).toBe(cells);
      await desk.withdraw(plan);
    });

    test("into protected time is refused with the nearest time that fits, and changes nothing", async () => {
      const plan = await desk.suggest({ from: "2021-12-09" });
      const meets = desk.meeting(plan);
      await desk.closeDuring("2021-12-09T19:00", "2021-12-09T20:00");
      const others = plan.windows.filter((window) => window.id !== meets.id).map(({ id }) => id);
      if (others.length > 0) await desk.withdraw(plan, others);
      const reply = await desk.change(plan, meets.id, {
        start: instant("2021-12-09T18:00"),
        end: instant("2021-12-09T19:30"),
        stops: meets.stops.slice(0, 3).map((stop) => stop.cell),
      });
      expect(reply).toEqual({
        ok: false,
        reason: "Not available at that time. Nearest time that fits: Thu 9 Dec 17:00 to 18:30.",
        nearest: { start: "2021-12-09T17:00:00+00:00", end: "2021-12-09T18:30:00+00:00" },
        otherUnit: null,
      });
      const stored = (await desk.windowsOf(plan)).find((window) => window.label === meets.id);
      expect(stored?.start).toBe(Date.parse(meets.start));
      const accepted = await desk.change(plan, meets.id, {
        ...(reply.ok ? {} : reply.nearest),
        stops: meets.stops.slice(0, 3).map((stop) => stop.cell),
      });
      expect(accepted.ok).toBe(true);
    });

    test("further ahead than police know protected time, every change has the same answer", async () => {
      const plan = await desk.suggest({ from: "2021-12-15", as: operatorActor("tester") });
      const meets = desk.meeting(plan);
      await desk.closeDuring("2021-12-15T19:00", "2021-12-15T20:00");
      const stops = meets.stops.slice(0, 3).map((stop) => stop.cell);
      const ask = (start: string, end: string) =>
        desk.change(plan, meets.id, { start: instant(start), end: instant(end), stops });
      const inside = await ask("2021-12-15T18:30", "2021-12-15T20:00");
      const outside = await ask("2021-12-15T14:30", "2021-12-15T16:00");
      expect(inside).toEqual({
        ok: false,
        reason:
          "Patrols can be changed up to the end of Fri 10 Dec, because keep-clear times are shown to police up to that day.",
        nearest: null,
        otherUnit: null,
      });
      expect(outside).toEqual(inside);
    });

    test("that end is the end of what is shown: to the minute, for reading and for trying", async () => {
      const plan = await desk.suggest({ from: "2021-12-10", as: operatorActor("tester") });
      const shown = shownUntil(desk.services().zone, desk.services().asAt.date());
      expect(shown).toBe(at("2021-12-11T00:00"));
      const [window, ...others] = plan.windows;
      if (!window) throw new Error("The plan has no window");
      await desk.withdraw(
        plan,
        others.map(({ id }) => id),
      );
      const ask = (end: number) =>
        desk.change(plan, window.id, {
          start: new Date(end - 60 * minuteMs).toISOString(),
          end: new Date(end).toISOString(),
          stops: window.stops.slice(0, 2).map((stop) => stop.cell),
        });
      const tooFar = { ok: false, reason: expect.stringContaining("up to the end of Fri 10 Dec") };
      expect(await ask(shown + 5 * minuteMs)).toMatchObject(tooFar);
      const last = await ask(shown);
      expect(last.ok, JSON.stringify(last)).toBe(true);
    });

    test("is refused where it makes no sense, in words that say why", async () => {
      const plan = await desk.suggest({ from: "2021-12-09" });
      const [first, second] = plan.windows;
      if (!first || !second) throw new Error("The plan has too few windows");
      const reason = async (body: object) => {
        const reply = await desk.change(plan, first.id, body);
        return reply.ok ? "" : reply.reason;
      };
      // What fits next is what it is already: that is no offer.
      expect(await reason({ end: first.start })).toBe("The end must be after the start.");
      const after = (minutes: number) =>
        new Date(Date.parse(first.start) + minutes * minuteMs).toISOString();
      expect(await reason({ start: after(5), end: after(35) })).toMatch(
        /^A patrol lasts 60 to 120 minutes; this one lasts 30\. Nearest time that fits: /,
      );
      expect(await reason({ unit: 3 })).toBe("This plan has 2 units.");
      expect(await reason({ start: instant("2021-12-09T05:00") })).toMatch(/outside the shifts/);
      expect(
        await reason({ start: instant("2021-12-09T21:30"), end: instant("2021-12-09T22:45") }),
      ).toMatch(
        /^That crosses the change of shift at 22:00: .* Nearest time that fits: Thu 9 Dec /,
      );
      expect(await reason({ start: instant("2021-11-20T15:00") })).toMatch(/^That time is over\./);
      expect(await reason({ stops: [second.stops[0]?.cell ?? ""] })).toMatch(/not a place to stop/);
      await expect(desk.change(plan, "w99", {})).rejects.toThrow(/no patrol w99/);
    });

    test("a unit that is taken: the other one is offered, or a time, and both are accepted", async () => {
      const plan = await desk.suggest({ from: "2021-12-04" });
      const [first, ...others] = plan.windows;
      const second = others.find((window) => window.zone !== first?.zone);
      if (!first || !second) throw new Error("The plan has too few windows");
      await desk.withdraw(
        plan,
        others.filter((window) => window.id !== second.id).map(({ id }) => id),
      );
      const place = {
        start: first.start,
        end: first.end,
        stops: second.stops.slice(0, 2).map(({ cell }) => cell),
      };
      const refused = await desk.change(plan, second.id, { ...place, unit: first.unit });
      if (refused.ok) throw new Error("Two windows of one unit at one time");
      const other = first.unit === 1 ? 2 : 1;
      expect(refused.reason).toMatch(
        new RegExp(
          `^Unit ${first.unit} is already on patrol or travelling\\. Unit ${other} is free then\\. Nearest time that fits: `,
        ),
      );
      expect(refused.otherUnit).toBe(other);
      expect(refused.nearest).not.toBeNull();
      const byTime = await desk.change(plan, second.id, {
        ...refused.nearest,
        stops: place.stops,
        unit: first.unit,
      });
      expect(byTime.ok, JSON.stringify(byTime)).toBe(true);
      const byUnit = await desk.change(plan, second.id, { ...place, unit: other });
      expect(byUnit.ok, JSON.stringify(byUnit)).toBe(true);
    });
  },
  fillManyReports,
);
