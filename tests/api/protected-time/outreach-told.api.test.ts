import { beforeAll, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { keepClearNoticesReply } from "#core/protected-time/wire/keep-clear.ts";
import { outreachSession, sessionsReply, toldReply } from "#core/protected-time/wire/outreach.ts";
import { ownerActor } from "#server/db/database.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { agreedWindow, at, circleAt, corner } from "#tests/support/outreach.ts";
import { addPartners, once, placeBy } from "#tests/support/partner-care.ts";

const spot = circleAt(corner);
const cells = footprintOf(spot);

onOneEngine("what a partner reads of a session that it saves", ({ db }) => {
  const test_ = appWith(db);
  const partner = test_.caller("partner", "a");
  const sergeant = test_.caller("sergeant");
  let placeId = "";
  beforeAll(async () => {
    await addPartners(test_, { a: "North Van" });
    placeId = (await placeBy(partner)).id;
  });

  test("a session further ahead reads the same whether or not it withdrew a patrol", async () => {
    const save = async (firstDate: string) => {
      const reply = await partner.send("POST", "/api/outreach/sessions", {
        placeId,
        rule: once(firstDate),
      });
      const { id, next, told } = outreachSession.parse(reply.json());
      return {
        id,
        told,
        states: next.map((visit) => visit.state),
        keys: Object.keys(reply.json()),
      };
    };
    const quiet = await save("2021-12-15");
    const { planId } = await db().transaction(ownerActor, (tx) =>
      agreedWindow(tx, {
        from: at("2021-12-14T20:30"),
        to: at("2021-12-14T21:30"),
        cells: cells.slice(0, 2) as H3Cell[],
      }),
    );
    const met = await save("2021-12-14");
    const { notices } = keepClearNoticesReply.parse(
      (await sergeant.get("/api/keep-clear/notices")).json(),
    );
    expect(notices.flatMap(({ windows }) => windows.map((window) => window.planId))).toContain(
      planId,
    );
    expect({ ...met, id: "" }).toEqual({ ...quiet, id: "" });
    expect(met.told).toBeNull();
    const listed = sessionsReply.parse((await partner.get("/api/outreach/sessions")).json());
    const told = listed.sessions.filter(({ id }) => [met.id, quiet.id].includes(id));
    expect(told.map((one) => one.told)).toEqual([null, null]);
  });

  test("asking on whether police confirmed leaves no line, and tells nothing else; a look leaves one", async () => {
    const made = outreachSession.parse(
      (await partner.send("POST", "/api/outreach/out-now", { placeId, hours: 2 })).json(),
    );
    const before = await lastId(db());
    const ask = async () =>
      toldReply.parse((await partner.get("/api/outreach/told")).json()).sessions;
    expect(await ask()).toEqual([{ id: made.id, told: { ...made.told, confirmedAt: null } }]);
    expect(await linesAfter(db(), before)).toEqual([]);

    const listed = keepClearNoticesReply.parse(
      (await sergeant.get("/api/keep-clear/notices")).json(),
    );
    const open = listed.notices.find(({ confirmedAt }) => confirmedAt === null);
    await sergeant.send("POST", `/api/keep-clear/notices/${open?.id}/confirm`);
    const confirmed = await lastId(db());
    expect((await ask()).map(({ told }) => told.confirmedAt)).toEqual([expect.any(String)]);
    expect(await linesAfter(db(), confirmed)).toEqual([]);
    await partner.get("/api/outreach/sessions");
    expect(await linesAfter(db(), confirmed)).toMatchObject([{ act: "read own sessions" }]);
  });

  test("police read one notice however many sessions came late, and confirm those that they read", async () => {
    // Each an hour longer, so that police are shown each.
    let hours = 3;
    const out = async () =>
      outreachSession.parse(
        (await partner.send("POST", "/api/outreach/out-now", { placeId, hours: hours++ })).json(),
      ).id;
    const open = async () => {
      const reply = await sergeant.get("/api/keep-clear/notices");
      const { notices } = keepClearNoticesReply.parse(reply.json());
      return notices.filter(({ confirmedAt }) => confirmedAt === null);
    };
    const confirm = (id: string | undefined) =>
      sergeant.send("POST", `/api/keep-clear/notices/${id}/confirm`);
    const confirmed = async (ids: readonly string[]) => {
      const reply = toldReply.parse((await partner.get("/api/outreach/told")).json());
      return ids.map((id) => {
        const one = reply.sessions.find((session) => session.id === id);
        return one !== undefined && one.told.confirmedAt !== null;
      });
    };
    const first = await out();
    const [alone] = await open();
    const wordless = ({ sentence }: { sentence: string } = { sentence: "" }) =>
      sentence.replace(/\d\d:\d\d/, "");
    const more = [await out(), await out()];
    const [together, ...others] = await open();
    expect(others).toEqual([]);
    // The same words as of one alone: nothing in it counts the sessions.
    expect(wordless(together)).toBe(wordless(alone));
    expect(Object.keys(together ?? {})).toEqual(Object.keys(alone ?? {}));
    expect(together?.id).not.toBe(alone?.id);

    // Whoever had read the first alone confirms the first alone.
    await confirm(alone?.id);
    expect(await confirmed([first, ...more])).toEqual([true, false, false]);
    const since = await out();
    await confirm(together?.id);
    expect(await confirmed([first, ...more, since])).toEqual([true, true, true, false]);
    const [last] = await open();
    await confirm(last?.id);
    expect(await open()).toEqual([]);
    expect((await confirm("00000000-0000-4000-8000-000000000000")).statusCode).toBe(404);
    // Those that were confirmed at once stay one.
    const all = keepClearNoticesReply.parse((await sergeant.get("/api/keep-clear/notices")).json());
    const ids = all.notices.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([last?.id, together?.id, alone?.id]));
    // With the one of the test before: five sessions, four times that somebody confirmed.
    expect(ids).toHaveLength(4);
  });

  test("dates beyond the years that the clock covers are refused, not worked out", async () => {
    for (const firstDate of ["1999-12-31", "2100-01-01", "9999-12-31", "0001-01-01"]) {
      const reply = await partner.send("POST", "/api/outreach/sessions", {
        placeId,
        rule: once(firstDate),
      });
      expect(reply.statusCode, firstDate).toBe(400);
      expect(reply.body).toContain("a date from 2000-01-01 to 2099-12-31");
    }
  });
});
