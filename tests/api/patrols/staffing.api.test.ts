import { beforeAll, describe, expect, test } from "vitest";
import type { BriefingReply, PlansReply } from "#core/patrols/wire/board.ts";
import type { StaffingBody, StaffingReply } from "#core/patrols/wire/staffing.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import {
  fillReports,
  giveCalendar,
  planFrom,
  suggestThrough,
} from "#tests/support/plan-database.ts";

onOneEngine(
  "staffing over HTTP",
  ({ db }) => {
    const app = appWith(db);
    const sergeant = app.caller("sergeant");
    beforeAll(async () => {
      await giveCalendar(db(), app.services.asAt.now());
    });

    const week = `/api/staffing?from=${planFrom}&days=7`;
    const body: StaffingBody = {
      duties: [
        { date: planFrom, unit: 1, hours: "14:00-22:00", mode: "foot" },
        { date: planFrom, unit: 2, hours: "14:00-22:00", mode: "cycle" },
      ],
      tasks: [{ date: planFrom, unit: null, hours: "16:00-18:00", kind: "match_day" }],
      interviews: [{ date: planFrom, unit: null, hours: "14:00-15:00" }],
      coreHours: "19:00-01:00",
    };

    test("what is put is what is read, and the next week keeps the core hours alone", async () => {
      const put = await sergeant.send("PUT", week, body);
      expect(put.statusCode, put.body).toBe(200);
      const read = (await sergeant.get(week)).json<StaffingReply>();
      expect(read).toMatchObject({ ...body, from: planFrom, to: "2021-12-05", conflicts: [] });
      expect(read.interviewOffers).toEqual([
        { date: planFrom, unit: 1, hours: "14:00-15:00" },
        { date: planFrom, unit: 2, hours: "15:00-16:00" },
      ]);
      const next = (await sergeant.get("/api/staffing?from=2021-12-06")).json<StaffingReply>();
      expect(next).toMatchObject({
        duties: [],
        tasks: [],
        interviews: [],
        coreHours: "19:00-01:00",
      });
    });

    test("what does not go together is named line by line, and nothing is saved", async () => {
      const wrong = {
        ...body,
        duties: [
          ...body.duties,
          { date: "2021-12-06", unit: 3, hours: "14:00-22:00", mode: "foot" },
        ],
        interviews: [{ date: planFrom, unit: null, hours: "18:30-19:30" }],
      };
      const put = await sergeant.send("PUT", week, wrong);
      expect(put.statusCode).toBe(422);
      expect(put.json<{ errors: unknown }>().errors).toEqual([
        { field: "duties.2", reason: "2021-12-06 is not one of these days" },
        { field: "interviews.0", reason: "interviews lie outside the core hours, 19:00-01:00" },
      ]);
      expect((await sergeant.get(week)).json<StaffingReply>().interviews).toEqual(body.interviews);
      const words = { ...body, duties: [{ ...body.duties[0], officer: "somebody" }] };
      expect((await sergeant.send("PUT", week, words)).statusCode).toBe(400);
    });

    describe("last week's duties", () => {
      const hours = "14:00-22:00";
      const duty = (date: string, unit: number) => ({ date, unit, hours, mode: "foot" as const });
      const put = (
        from: string,
        duties: StaffingBody["duties"],
        more: Partial<StaffingBody> = {},
      ) =>
        sergeant.send("PUT", `/api/staffing?from=${from}&days=7`, {
          duties,
          tasks: [],
          interviews: [],
          coreHours: "20:00-02:00",
          ...more,
        });
      const carry = (days = 7) => sergeant.send("POST", "/api/staffing/carry", { from, days });
      const from = "2022-01-10";
      const dutiesOf = async (days = 7) =>
        (await sergeant.get(`/api/staffing?from=${from}&days=${days}`)).json<StaffingReply>();

      test("go on where nobody is on duty; a roster that was saved meanwhile stands, with its tasks and hours", async () => {
        await put("2022-01-03", [
          duty("2022-01-03", 3),
          duty("2022-01-04", 3),
          duty("2022-01-05", 3),
        ]);
        // Read with nobody on duty, and then a colleague saves a Tuesday.
        expect((await dutiesOf()).duties).toEqual([]);
        const tasks = [
          { date: "2022-01-11", unit: 5, hours: "16:00-18:00", kind: "court" as const },
        ];
        await put(from, [duty("2022-01-11", 5)], { tasks, coreHours: "19:00-01:00" });
        const carried = await carry();
        expect(carried.statusCode, carried.body).toBe(200);
        const expected = {
          duties: [duty("2022-01-10", 3), duty("2022-01-11", 5), duty("2022-01-12", 3)],
          tasks,
          coreHours: "19:00-01:00",
        };
        expect(carried.json()).toMatchObject(expected);
        await carry();
        expect(await dutiesOf()).toMatchObject(expected);
      });

      test("wait for a roster that is being saved at that moment", async () => {
        await put(from, []);
        const saved = [duty("2022-01-10", 6), duty("2022-01-11", 6), duty("2022-01-12", 6)];
        await Promise.all([put(from, saved), carry(), carry()]);
        expect((await dutiesOf()).duties).toEqual(saved);
      });

      test("are left out where they do not go together with what is there", async () => {
        const night = { ...duty("2022-01-03", 3), hours: "22:00-06:00" };
        await put("2022-01-03", [night, duty("2022-01-03", 4)]);
        const early = { ...duty("2022-01-11", 3), hours: "05:00-13:00" };
        await put(from, [early]);
        expect((await carry()).json<StaffingReply>().duties).toEqual([
          duty("2022-01-10", 4),
          early,
        ]);
      });
    });

    test("an agreed window whose unit is taken off duty is named", async () => {
      await sergeant.send("PUT", week, { ...body, tasks: [], interviews: [] });
      const { plan } = await suggestThrough(sergeant, { days: 1 });
      const first = plan.windows[0];
      if (!first) throw new Error("The plan has no window");
      await sergeant.send("POST", `/api/plans/${plan.id}/agree`, { windowIds: [first.id] });
      const left = body.duties.filter(({ unit }) => unit !== first.unit);
      const put = await sergeant.send("PUT", week, {
        ...body,
        duties: left,
        tasks: [],
        interviews: [],
      });
      expect(put.json<StaffingReply>().conflicts).toEqual([
        {
          plan: plan.number,
          window: first.id,
          start: first.start,
          unit: first.unit,
          reason: `Unit ${first.unit} is not on duty then.`,
        },
      ]);
      // Plan and sheet mark it, and no other.
      const plans = (await sergeant.get(`/api/plans?from=${planFrom}&days=1`)).json<PlansReply>();
      const marked = plans.plans
        .flatMap(({ windows }) => windows)
        .filter(({ unstaffed }) => unstaffed !== undefined);
      expect(new Set(marked.map(({ unit }) => unit))).toEqual(new Set([first.unit]));
      expect(marked.map(({ id }) => id)).toContain(first.id);
      const sheets = (await sergeant.get(`/api/plans/${plan.id}/briefing`)).json<BriefingReply>();
      expect(sheets.sheets.flatMap(({ windows }) => windows)).toMatchObject([
        { id: first.id, unstaffed: `Unit ${first.unit} is not on duty then.` },
      ]);
      await sergeant.send("POST", `/api/plans/${plan.id}/withdraw`, {});
      await sergeant.send("PUT", week, { ...body, duties: [], tasks: [], interviews: [] });
    });

    test("partner-led places come from reported street sex work, and are the same when all is closed", async () => {
      const reply = await sergeant.get("/api/plans/beside");
      expect(reply.statusCode, reply.body).toBe(200);
      const { partnerLed, changePlace } = reply.json<{
        partnerLed: { reports: number; sentence: string }[];
        changePlace: unknown[];
      }>();
      expect(changePlace).toEqual([]);
      for (const { reports, sentence } of partnerLed) {
        expect(reports).toBeGreaterThanOrEqual(5);
        expect(sentence).toContain("partners to lead");
      }
    });
  },
  fillReports,
);
