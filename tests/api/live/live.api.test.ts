import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeAll, expect, test } from "vitest";
import { cellAt, type H3Cell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { addDays } from "#core/time/zone.ts";
import { ownerActor } from "#server/db/database.ts";
import { createOperation } from "#server/displacement/operations/store.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { type LiveServer, listenLive, type OpenScreen } from "#tests/support/live.ts";
import { agreedWindow, at, circleAt, corner } from "#tests/support/outreach.ts";
import { addPartners, once, placeBy } from "#tests/support/partner-care.ts";

const spot = circleAt(corner);
const cells = footprintOf(spot);
/** SAFEGUARDS 2 and the issue: an open screen learns of a change within this. */
const asked = 2_000;
/** Long enough for whatever was announced to have been worked through. */
const settled = 700;

onOneEngine("an open screen", ({ db }) => {
  const test_ = appWith(db);
  let server: LiveServer;
  const partner = test_.caller("partner", "a");
  const other = test_.caller("partner", "b");
  const sergeant = test_.caller("sergeant");
  let placeId = "";
  let othersPlace = "";
  const screens: OpenScreen[] = [];
  const open = async (
    role: "sergeant" | "analyst" | "partner" | "coordinator",
    code?: string,
    query = "",
  ) => {
    const screen = await server.open(await server.signIn(role, code), query);
    screens.push(screen);
    return screen;
  };
  beforeAll(async () => {
    server = await listenLive(test_.app);
    await addPartners(test_, { a: "North Van", b: "Harbour" });
    placeId = (await placeBy(partner)).id;
    othersPlace = (await placeBy(other)).id;
    for (const caller of [partner, other]) {
      await caller.send("POST", "/api/outreach/calendar/confirm", {});
    }
  });
  afterEach(() => {
    for (const screen of screens.splice(0)) screen.close();
  });

  const addSession = (caller: TestCaller, place: string, firstDate: string, start?: string) =>
    caller.send("POST", "/api/outreach/sessions", {
      placeId: place,
      rule: once(firstDate, start),
    });

  test("learns of a change within two seconds, and of its topic alone", async () => {
    const desk = await open("sergeant");
    const phone = await open("partner", "a");
    expect(desk.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
    expect(desk.headers.get("cache-control")).toContain("no-store");
    expect(desk.headers.get("content-encoding")).toBeNull();
    const begun = performance.now();
    await partner.send("POST", "/api/outreach/out-now", { placeId, hours: 2 });
    await Promise.all([desk.until("notices"), desk.until("keep_clear"), phone.until("told")]);
    await phone.until("sessions");
    expect(performance.now() - begun).toBeLessThan(asked);

    const listed = await sergeant.get("/api/keep-clear/notices");
    const [notice] = listed.json<{ notices: { id: string }[] }>().notices;
    const heard = phone.looks.length;
    const confirmedAt = performance.now();
    await sergeant.send("POST", `/api/keep-clear/notices/${notice?.id}/confirm`);
    await phone.until("told", heard);
    expect(performance.now() - confirmedAt).toBeLessThan(asked);
    // Names of topics and the clock: nothing of what, where, when or whose.
    for (const screen of [desk, phone]) {
      const lines = screen.text().split("\n").filter(Boolean);
      for (const line of lines) {
        expect(line).toMatch(/^(retry: 2000|id: \d{13}|event: (look|beat)|data: [a-z_]*)$/);
      }
    }
  });

  test("a changed operation is heard by the desk and the analyst, and by no partner", async () => {
    const hearers = [await open("sergeant"), await open("analyst")];
    const phone = await open("partner", "a");
    await db().transaction(ownerActor, (tx) =>
      createOperation(tx, {
        name: "Heard of",
        cells: [corner].map((at) => cellAt(at, 10)),
        startsOn: "2021-09-01",
        endsOn: null,
        control: null,
        phases: [],
      }),
    );
    await Promise.all(hearers.map((screen) => screen.until("operations")));
    await wait(settled);
    expect(phone.looks).toEqual([]);
  });

  test("a partner is told of its own alone, and police of nothing that they are not shown", async () => {
    const desk = await open("sergeant");
    const phone = await open("partner", "a");
    const others = await open("partner", "b");
    const today = test_.services.asAt.date();
    // Beyond the days that police are shown.
    await addSession(other, othersPlace, addDays(today, 40));
    await others.until("sessions");
    // The same corner and time as another partner's: the shape stays as it is.
    await addSession(partner, placeId, addDays(today, 3));
    await desk.until("keep_clear");
    const heard = desk.looks.length;
    await addSession(other, othersPlace, addDays(today, 3));
    await others.until("sessions", 1);
    await wait(settled);
    expect(desk.looks.slice(heard)).toEqual([]);
    expect(phone.looks.filter((topic) => topic !== "told")).toEqual(["sessions"]);
    expect(others.looks).not.toContain("told");
  });

  test("a session further ahead sounds the same whether or not it withdrew a patrol", async () => {
    const day = addDays(test_.services.asAt.date(), 6);
    const { windowId } = await db().transaction(ownerActor, (tx) =>
      agreedWindow(tx, {
        from: at(`${day}T20:30`),
        to: at(`${day}T21:30`),
        cells: cells.slice(0, 2) as H3Cell[],
      }),
    );
    const desk = await open("sergeant");
    const phone = await open("partner", "a");
    await addSession(partner, placeId, day);
    await desk.until("plan");
    const listed = await sergeant.get("/api/keep-clear/notices");
    expect(JSON.stringify(listed.json())).toContain("no longer available");
    expect(windowId).not.toBe("");
    await sergeant.send(
      "POST",
      `/api/keep-clear/notices/${listed.json<{ notices: { id: string }[] }>().notices[0]?.id}/confirm`,
    );
    await wait(settled);
    expect(phone.looks).toEqual(["sessions"]);
  });

  test("ends with its session: signed out, locked or ended elsewhere", async () => {
    const cookie = await server.signIn("sergeant");
    const desk = await server.open(cookie);
    const again = await server.open(cookie);
    await fetch(`${server.url}/api/session`, { method: "DELETE", headers: { cookie } });
    await Promise.all([desk.untilOver(), again.untilOver()]);
    await expect(server.open(cookie)).rejects.toThrow("401");
  });

  test("a fifth screen of one session takes the place of the first", async () => {
    const cookie = await server.signIn("sergeant");
    const opened: OpenScreen[] = [];
    for (let count = 0; count < 5; count += 1) opened.push(await server.open(cookie));
    screens.push(...opened);
    await opened[0]?.untilOver();
    expect(opened.slice(1).map((screen) => screen.isOver())).toEqual([false, false, false, false]);
  });

  test("comes back to what has changed meanwhile, and to nothing else", async () => {
    const before = Date.now();
    const first = await open("partner", "a");
    await partner.send("POST", "/api/outreach/calendar/confirm", {});
    await first.until("calendar");
    await wait(5);
    const between = Date.now();
    await addSession(partner, placeId, addDays(test_.services.asAt.date(), 9));
    await first.until("sessions");
    const phone = await open("partner", "a", `?since=${between}`);
    await phone.until("sessions");
    expect([...phone.looks].sort()).toEqual(["sessions", "told"]);
    const earlier = await open("partner", "a", `?since=${before}`);
    await earlier.until("calendar");
    const desk = await open("sergeant", undefined, `?since=${between}`);
    await desk.until("keep_clear");
    // Before this server was there: nothing is known of that.
    const old = await open("sergeant", undefined, "?since=1000");
    await old.until("plan");
    await wait(50);
    expect([...old.looks].sort()).toEqual([
      "alerts",
      "exchange",
      "keep_clear",
      "notices",
      "operations",
      "place_plans",
      "plan",
      "police_openings",
      "records",
      "streets",
      "tallies",
      "tonight",
    ]);
  });

  test("the coordinator hears that partners confirmed, and roles without a topic have no stream", async () => {
    const coordinator = await open("coordinator");
    await partner.send("POST", "/api/outreach/calendar/confirm", {});
    await coordinator.until("partners");
    await addSession(partner, placeId, addDays(test_.services.asAt.date(), 10));
    await wait(settled);
    expect(coordinator.looks).toEqual(["partners"]);
    for (const role of ["presenter", "liaison", "admin"] as const) {
      const cookie = await server.signIn(role);
      await expect(server.open(cookie)).rejects.toThrow("403");
    }
  });
});
