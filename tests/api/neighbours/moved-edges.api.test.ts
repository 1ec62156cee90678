import { beforeAll, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { exchangeReply, ownExchangeReply } from "#core/neighbours/wire.ts";
import { ownerActor } from "#server/db/database.ts";
import { forgetPlaces } from "#server/places/places.ts";
import { addTestAccount, type SignedIn, sessionOf } from "#tests/support/accounts.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { addReports, barnetAgreement, edgeWith, forgetShown } from "#tests/support/exchange.ts";
import { moveBack, moveTo } from "#tests/support/moved.ts";

const forest = "Waltham Forest";

/** Enfield takes ground beyond the line with Waltham Forest; the line with Islington goes. One story. */
onOneEngine(
  "figures for neighbours after boundaries moved",
  ({ db }) => {
    const app = appWith(db);
    const liaison = app.caller("liaison");
    const sergeant = app.caller("sergeant");
    let islington: SignedIn;
    let before: Awaited<ReturnType<typeof own>>;
    let ofIslington: typeof before;
    /** On our side of the one line and not of the other. */
    let old: H3Cell;
    let fresh: H3Cell;
    const own = async (caller: TestCaller = liaison) =>
      ownExchangeReply.parse((await caller.get("/api/exchange/own")).json()).figures;
    const report = (cell: H3Cell, at: string) => addReports(db(), { cell, at, count: 60 });
    const owner = (sql: string) => db().transaction(ownerActor, (tx) => tx.query(sql));

    beforeAll(async () => {
      const asked = { ...barnetAgreement, neighbour: "Islington" };
      await app.caller("analyst").send("POST", "/api/exchange/agreements", asked);
      await addTestAccount(db(), { name: "i.liaison", role: "liaison", neighbour: "Islington" });
      islington = await sessionOf(app, "i.liaison");
      before = await own();
      ofIslington = await own(islington);
      const was = (await edgeWith(db(), forest)).inner;
      await moveTo(app.services, "moved");
      const now = (await edgeWith(db(), forest)).inner;
      old = was.find((cell) => !now.includes(cell)) as H3Cell;
      fresh = now.find((cell) => !was.includes(cell)) as H3Cell;
      expect([old, fresh]).not.toContain(undefined);
    });

    test("SAFEGUARDS 7: what was told of a quarter stays, whatever lies along the new line, and what was not told is never told", async () => {
      expect(before).toHaveLength(4);
      await report(fresh, "2021-08-15T12:00Z");
      expect(await own()).toEqual(before);
      const { neighbours } = exchangeReply.parse((await sergeant.get("/api/exchange")).json());
      expect(neighbours.find(({ neighbour }) => neighbour === forest)?.figures).toEqual(before);
      await owner(`delete from edge_figure where neighbour = '${forest}' and quarter = '2021-Q3'`);
      expect(await own()).toEqual(before.slice(0, 3));
    });

    test("a neighbour whose line went keeps what it was told, and is told nothing more", async () => {
      await expect(edgeWith(db(), "Islington")).rejects.toThrow(
        "There is no boundary to Islington",
      );
      expect(ofIslington.length).toBeGreaterThan(0);
      expect(await own(islington)).toEqual(ofIslington);
      await forgetShown(db());
      expect(await own(islington)).toEqual([]);
    });

    test("a quarter that began under the new line is counted by it alone", async () => {
      // As if the move were of the first day of a quarter that is over.
      await db().transaction(ownerActor, (tx) =>
        tx.through("copier", (door) => door.query("update place_move set moved_on = '2021-07-01'")),
      );
      forgetPlaces(db());
      const [only, ...others] = await own();
      expect([only?.quarter, others]).toEqual(["2021-Q3", []]);
      await forgetShown(db());
      await report(old, "2021-08-16T12:00Z");
      expect((await own())[0]?.reports).toBe(only?.reports);
      await forgetShown(db());
      await report(fresh, "2021-08-17T12:00Z");
      expect((await own())[0]?.reports).toBe((only?.reports ?? 0) + 60);
      await moveBack(app.services);
    });
  },
  fillDemo,
);
