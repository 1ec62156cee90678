import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeAll, expect, test } from "vitest";
import { alertsReply } from "#core/displacement/wire/alerts.ts";
import { operationsReply } from "#core/displacement/wire/operations.ts";
import { exchangeReply } from "#core/neighbours/wire.ts";
import { lookAround } from "#server/displacement/watch/look-around.ts";
import { startWatcher } from "#server/displacement/watch/watcher.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { type LiveServer, listenLive } from "#tests/support/live.ts";
import { storeReports } from "#tests/support/store-reports.ts";
import { comeTogether, pickettsLock } from "#tests/support/watch.ts";

/** An open screen learns of a change within this. */
const asked = 2_000;

onOneEngine(
  "alerts",
  ({ db }) => {
    const app = appWith(db);
    let live: LiveServer;
    let sergeant: TestCaller;
    let analyst: TestCaller;
    const stops: (() => unknown)[] = [];
    beforeAll(async () => {
      live = await listenLive(app.app);
      [sergeant, analyst] = [await app.as("sergeant"), await app.as("analyst")];
    });
    afterEach(async () => {
      for (const stop of stops.splice(0)) await stop();
    });
    const read = async (caller = sergeant) =>
      alertsReply.parse((await caller.get("/api/alerts")).json());
    const act = (what: string, body: object, caller = sergeant) =>
      caller.send("POST", `/api/alerts/${what}`, body);
    const detailOf = (reply: { json: () => unknown }) => JSON.stringify(reply.json());

    test("before the first look it is said that there was none", async () => {
      expect(await read()).toMatchObject({
        open: 0,
        alerts: [],
        operations: [{ operation: "boxster-2021", isRunning: true, isBehind: true, look: null }],
      });
    });

    test("the demonstration's one alert comes out of the scan, in plain words", async () => {
      await lookAround(app.services);
      const { alerts, open, operations, neighbours } = await read(analyst);
      expect([alerts.length, open]).toEqual([1, 1]);
      const [alert] = alerts;
      expect(alert).toMatchObject({
        operation: "boxster-2021",
        state: "open",
        neighbour: "Waltham Forest",
        beyond: 0,
        lastDay: "2021-11-26",
        raisedOn: "2021-11-26",
        goesOn: true,
        handedTo: null,
      });
      expect(alert?.sentence).toMatch(
        /^In the \d+ days to 26 November 2021, \d+ reports near .*Northumberland Park where \d+\.\d were expected; chance alone would show this .* once in .* It is along the boundary with Waltham Forest, on this side of the boundary\.$/,
      );
      expect(alert?.ratio).toBeCloseTo((alert?.observed ?? 0) / (alert?.expected ?? 1), 9);
      expect(operations[0]?.look).toMatchObject({ answer: "found", falseAlertsPerYear: 1 });
      expect(operations[0]?.isBehind).toBe(false);
      expect(neighbours).toContain("Waltham Forest");
      expect(neighbours).not.toContain("Enfield-Haringey");
    });

    test("is in nothing that was released", async () => {
      const presenter = await app.as("presenter");
      for (const url of ["/api/public/releases", "/api/public/releases/latest"]) {
        const { body } = await presenter.get(url);
        expect(body, url).not.toMatch(/alert/i);
        expect(body, url).not.toContain("Shelbourne Road");
      }
    });

    test("open screens learn of an act within two seconds, of the topic alone", async () => {
      const screens = [
        await live.open(await live.signIn("sergeant")),
        await live.open(await live.signIn("analyst")),
      ];
      const partner = await live.open(await live.signIn("partner", "a"));
      for (const screen of [...screens, partner]) stops.push(screen.close);
      const reply = await act("1/acknowledge", { words: "Night team goes by on foot." }, analyst);
      expect(reply.statusCode, reply.body).toBe(200);
      expect(reply.json()).toEqual({ id: 1, state: "acknowledged", handover: null });
      for (const screen of screens) expect(await screen.until("alerts")).toBeLessThan(asked);
      expect(screens[0]?.text()).not.toContain("Night team");
      await wait(300);
      expect(partner.looks).toEqual([]);
      // What somebody has in hand is not open any more.
      expect(await read()).toMatchObject({ open: 0, alerts: [{ state: "acknowledged" }] });
    });

    test("what is wrong is refused in words, and nothing of it is kept", async () => {
      const before = await read();
      for (const [what, body, status, words] of [
        ["1/acknowledge", { words: "Again." }, 409, "has been acknowledged since you opened it"],
        ["99/close", { words: "Gone." }, 404, "There is no alert 99"],
        ["x/close", { words: "Gone." }, 400, "id"],
        ["1/close", {}, 400, "words"],
        ["1/close", { words: "  " }, 400, "Briefly say"],
        ["1/close", { words: "x".repeat(301) }, 400, "At most 300"],
        ["1/close", { words: "Ring 07700 900123" }, 400, "looks like a phone number"],
        ["1/close", { words: "two\nlines" }, 400, "one line"],
        [
          "1/hand-over",
          { neighbour: "Nowhere", role: "outreach", words: "To you." },
          422,
          "Barnet",
        ],
        [
          "1/hand-over",
          { neighbour: "Enfield-Haringey", role: "outreach", words: "To you." },
          422,
          "not a neighbour of this area",
        ],
        ["1/hand-over", { neighbour: "Barnet", role: "chief", words: "To you." }, 400, "role"],
      ] as const) {
        const reply = await act(what, body);
        expect(reply.statusCode, `${what} ${reply.body}`).toBe(status);
        expect(detailOf(reply)).toContain(words);
      }
      expect(await read()).toEqual(before);
    });

    test("words about an alert that speak of a person are refused by the server too", async () => {
      const before = await read();
      const to = { neighbour: "Waltham Forest", role: "outreach" };
      for (const words of ["Jane saw them", "ask Sgt Miller", "three women stood there"]) {
        for (const what of ["1/acknowledge", "1/close", "1/hand-over"]) {
          const reply = await act(what, what.endsWith("over") ? { ...to, words } : { words });
          expect(reply.statusCode, `${what} ${words}`).toBe(400);
          expect(detailOf(reply)).toMatch(/may identify a person|looks like somebody's name/);
        }
      }
      expect(await read()).toEqual(before);
    });

    test("it is handed over by role and closed, with its whole history", async () => {
      const to = { neighbour: "Waltham Forest", role: "outreach", words: "Please go and see." };
      expect((await act("1/hand-over", to)).json()).toEqual({
        id: 1,
        state: "handed_over",
        handover: "1",
      });
      const exchange = exchangeReply.parse((await sergeant.get("/api/exchange")).json());
      const near = exchange.neighbours.find(({ neighbour }) => neighbour === "Waltham Forest");
      // No day, no cell and no figure crosses the line, and nobody there reads it yet.
      expect(near?.handovers).toMatchObject([
        {
          period: "2021-11",
          words: "More reports than expected near the boundary.",
          toldOutreachAt: null,
        },
      ]);
      expect(await read()).toMatchObject({
        open: 0,
        alerts: [
          { state: "handed_over", handedTo: { neighbour: "Waltham Forest", role: "outreach" } },
        ],
      });
      expect((await act("1/acknowledge", { words: "Late." })).statusCode).toBe(409);
      expect((await act("1/close", { words: "They have been there." })).statusCode).toBe(200);
      expect((await act("1/close", { words: "Once more." })).statusCode).toBe(409);
      const [alert] = (await read()).alerts;
      expect(alert?.history.map(({ act: one, by, words }) => [one, by, words])).toEqual([
        ["raised", "system", null],
        ["acknowledged", "demonstration analyst", "Night team goes by on foot."],
        ["handed_over", "demonstration sergeant", "Please go and see."],
        ["closed", "demonstration sergeant", "They have been there."],
      ]);
      expect(alert?.history[0]?.figures?.observed).toBe(alert?.observed);
    });

    test("an operation of whose alert somebody decided is not deleted, and the alert with its history stays", async () => {
      const { operations } = operationsReply.parse((await sergeant.get("/api/operations")).json());
      const found = operations.find(({ name }) => name === "boxster-2021");
      const gone = await sergeant.send(
        "DELETE",
        `/api/operations/${found?.id}?revision=${found?.revision}`,
      );
      expect(gone.statusCode, gone.body).toBe(409);
      expect((await read()).alerts[0]?.history.length).toBeGreaterThan(3);
    });

    test("an import is looked at by the server beside its reply, and screens are told", async () => {
      const faults: string[] = [];
      const screen = await live.open(await live.signIn("sergeant"));
      stops.push(screen.close, await startWatcher(app.services, (line) => faults.push(line)));
      await wait(1_000);
      const from = screen.looks.length;
      const batch = await storeReports(db(), comeTogether(pickettsLock, 14));
      await screen.until("alerts", from);
      const { alerts, open } = await read();
      expect([alerts.length, open]).toEqual([2, 1]);
      expect(alerts[0]).toMatchObject({ state: "open", neighbour: "Waltham Forest" });
      expect(faults).toEqual([]);
      const undone = await analyst.send("DELETE", `/api/imports/${batch}`);
      expect(undone.statusCode, undone.body).toBe(200);
      await expect
        .poll(async () => (await read()).alerts[0]?.goesOn, { timeout: 10_000 })
        .toBe(false);
    });

    test("a server that was killed between an import and its look makes up for it at its start", async () => {
      const more = await storeReports(db(), comeTogether(pickettsLock, 14, {}, 20));
      expect((await read()).operations[0]?.isBehind).toBe(true);
      stops.push(await startWatcher(app.services, () => undefined));
      await expect
        .poll(async () => (await read()).operations[0]?.isBehind, { timeout: 10_000 })
        .toBe(false);
      await analyst.send("DELETE", `/api/imports/${more}`);
    });
  },
  fillDemo,
);
