import { beforeAll, describe, expect, test } from "vitest";
import {
  cellCentre,
  cellRing,
  cellToDecimal,
  disk,
  type H3Cell,
  type Position,
} from "#core/geo/cell.ts";
import { routeCells, windowCells } from "#core/patrols/ground/leg.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { createCellWalk } from "#core/places/streets/cells-crossed.ts";
import type { Actor } from "#core/role.ts";
import { ownerActor, type Transaction } from "#server/db/database.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import { planTable } from "#server/patrols/plan-files.ts";
import {
  insertLegs,
  insertPatrolOccupancy,
  type WindowRow,
  windowsOfPlans,
} from "#server/patrols/queries/patrol-windows.ts";
import { Problem } from "#server/problem.ts";
import { blockedWindows } from "#server/protected-time/protected-stretches.ts";
import { saveSession } from "#server/protected-time/sessions.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { keepStreets, removeStreets } from "#tests/support/kept-graph.ts";
import { agreedWindow, at, london, partnerWithPlace, weekly } from "#tests/support/outreach.ts";
import { fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk, planNow } from "#tests/support/plan-desk.ts";
import { streetNet } from "#tests/support/street-net.ts";

const net = { south: 51.575, west: -0.09, north: 51.64, east: -0.04, metres: 90 };
const source = {
  name: "net.geojson",
  attribution: null,
} as const;

onEachEngine(
  "a plan on streets",
  ({ db, rolledBack }) => {
    const desk = planDesk(db);
    beforeAll(() =>
      keepStreets(desk.services().config.dataFolder, buildGraph(streetNet(net)), source),
    );

    const withLegs = (windows: readonly WindowRow[]): WindowRow => {
      const window = windows.find(({ legs }) => legs && legs.length > 0);
      if (!window) throw new Error("No window goes anywhere");
      return window;
    };
    test("its windows go by street, are agreed with every cell of their ways, moved, and told in words", async () => {
      const plan = await desk.suggest({ from: "2021-12-01", units: 1 });
      const agreed = await desk.agree(plan);
      const stored = await desk.windowsOf(plan);
      const legs = stored.flatMap((window) => window.legs ?? []);
      expect(legs.length).toBeGreaterThan(3);
      expect(stored.map((window) => window.legs?.length)).toEqual(
        stored.map(({ stops }) => stops.length - 1),
      );
      const lines = legs.filter(({ line }) => line !== null);
      expect(lines.length).toBeGreaterThan(legs.length / 2);
      expect(lines.map((leg) => leg.cells)).toEqual(
        lines.map(({ line }) => createCellWalk()(line ?? [])),
      );
      const cells = stored.reduce((all, window) => all + windowCells(window).length, 0);
      expect(await desk.occupied(plan)).toBe(cells);
      expect(agreed.windows.map(({ route }) => route)).toEqual(stored.map(windowCells));
      const table = await planTable(
        { ...desk.services(), addDetail: () => undefined },
        plan.id ?? "",
      );
      expect(table.text.split("\r\n")[0]).toMatch(/,about,way there$/);
      expect(table.text).toMatch(/ on \d+ (Row|Lane)/);
      await desk.withdraw(plan);
      expect(await desk.occupied(plan)).toBe(0);
    });

    test("a window that is walked the other way round gets other ways, and holds them instead", async () => {
      const plan = await desk.suggest({ from: "2021-12-01", units: 1 });
      const agreed = await desk.agree(plan);
      const moved = agreed.windows.find(({ legs = [] }) => legs.some(({ line }) => line));
      if (!moved) throw new Error("No window goes by street");
      const stops = moved.stops.map(({ cell }) => cell).reverse();
      const reply = await desk.change(plan, moved.id, { stops });
      if (!reply.ok) throw new Error(reply.reason);
      const [there, back] = [moved.legs ?? [], [...(reply.window.legs ?? [])].reverse()];
      expect(back.map(({ metres }) => metres)).toEqual(there.map(({ metres }) => metres));
      there.forEach(({ line }, at) => {
        expect(back[at]?.line?.toReversed()).toEqual(line ?? undefined);
      });
      const cells = (await desk.windowsOf(plan)).flatMap(windowCells);
      expect(await desk.occupied(plan)).toBe(cells.length);
      await desk.withdraw(plan);
      expect(await desk.occupied(plan)).toBe(0);
    });

    describe("a leg through a footprint, put there by hand", () => {
      const session = ["2021-11-30", "20:00", "22:00"] as const;
      const [start, end] = [at("2021-11-30T20:00"), at("2021-11-30T21:00")];

      /** A partner's session, and a way from one side of its place to the other, straight through. */
      async function throughPlace(tx: Transaction) {
        const { partnerId, place } = await partnerWithPlace(tx, {
          name: "Night Van",
          now: planNow,
        });
        const rule = weekly(...session);
        await saveSession(
          tx,
          { zone: london, now: planNow },
          { partnerId, placeId: place.id, rule },
        );
        const middle = place.cells[Math.floor(place.cells.length / 2)] as H3Cell;
        const around = disk(middle, 9).sort((a, b) => cellCentre(a)[1] - cellCentre(b)[1]);
        const stops = [around.at(-1), around[0]] as [H3Cell, H3Cell];
        const line = [stops[0], middle, stops[1]].map(cellCentre);
        return { place, stops, line, cells: createCellWalk()(line) };
      }

      async function lay(
        tx: Transaction,
        windowId: string,
        leg: { readonly line: readonly Position[]; readonly cells: readonly H3Cell[] },
      ) {
        const whole = { ...leg, metres: 1, seconds: 1, words: "" };
        await insertLegs(tx, [{ id: windowId, legs: [whole] }]);
        await tx.query("set constraints all immediate");
      }

      test("is refused by the planner's own check, by the cells of the leg", () =>
        rolledBack(async (tx) => {
          const { stops, line, cells } = await throughPlace(tx);
          const span = { zone: london, now: planNow, planFrom: start, planTo: end };
          const visits = stops.map((cell) => ({ cell }));
          const judge = (window: Parameters<typeof windowCells>[0]) =>
            tx.through("keeper", (keeper) =>
              blockedWindows(keeper, span, [
                { id: "w1", from: start, to: end, cells: windowCells(window) },
              ]),
            );
          expect(await judge({ stops: visits, legs: [{ cells }] })).toEqual(["w1"]);
          expect(await judge({ stops: visits, legs: [{ cells: stops }] })).toEqual([]);
          expect(line).toHaveLength(3);
        }));

      test("is refused by the database alone: its cells are occupied, and then the constraint refuses them", async () => {
        const write = (over: { occupied: "stops" | "all"; kept?: (cell: H3Cell) => boolean }) =>
          db().transaction(ownerActor, async (tx) => {
            const { place, stops, line, cells } = await throughPlace(tx);
            const held = over.occupied === "all" ? cells : stops;
            const { windowId } = await agreedWindow(tx, { from: start, to: end, cells: stops });
            await tx.query("delete from occupancy where window_id = $1::bigint", [windowId]);
            await insertPatrolOccupancy(tx, [{ id: windowId, start, end, cells: held }]);
            const own = over.kept ? cells.filter((cell) => !place.cells.includes(cell)) : cells;
            await tx.query(
              `insert into patrol_stop (window_id, ordinal, cell, arrives_at, departs_at)
               select $1::bigint, given.*, $3::timestamptz, $4::timestamptz
               from unnest('{0,1}'::int[], $2::bigint[]) as given`,
              [windowId, stops.map(cellToDecimal), new Date(start), new Date(end)],
            );
            await lay(tx, windowId, { line, cells: own });
          });
        await refusedBy("patrol_leg_held", write({ occupied: "stops" }));
        await refusedBy("occupancy_no_patrol_in_protected", write({ occupied: "all" }));
        // Nor with the cells of the footprint left out of the list: the line leaves their ground.
        await refusedBy(
          "patrol_leg_line_on_ground",
          write({ occupied: "stops", kept: () => true }),
        );
      });

      test("is refused by the checker alone, by its line, whatever cells are said to be under it", () =>
        rolledBack(async (tx) => {
          const { place, stops, line } = await throughPlace(tx);
          const [[, north], , [, south]] = line as [Position, Position, Position];
          const rings = place.cells.flatMap((cell) => cellRing(cell));
          const [lng, lat] = rings.reduce((far, one) => (one[0] > far[0] ? one : far));
          const east = lng + 0.01;
          const by = (...places: Position[]) => [
            cellCentre(stops[0]),
            [east, north] as const,
            ...places,
            [east, south] as const,
            cellCentre(stops[1]),
          ];
          const window = (id: string, way: readonly (readonly number[])[], hour = "20") => ({
            id,
            start: `2021-11-30T${hour}:00:00Z`,
            end: `2021-11-30T${hour}:30:00Z`,
            stops: stops.map((cell) => ({ cell })),
            legs: [{ line: way as [number, number][] }],
          });
          const windows = [
            window("through", line),
            window("round", by()),
            window("through, when it is over", line, "23"),
            window(
              "ten centimetres past its corner",
              by([east, lat], [lng + 1e-6, lat], [east, lat]),
            ),
            window("as far over it", by([east, lat], [lng - 1e-6, lat], [east, lat])),
          ];
          const verdict = await tx.through("keeper", (keeper) =>
            checkPlan(keeper, "Europe/London", { windows }),
          );
          expect(verdict.overlaps).toEqual(["through", "as far over it"]);
        }));
    });

    test("an agreed window keeps every cell of its ways, and as many ways as it has", async () => {
      const plan = await desk.agree(await desk.suggest({ from: "2021-12-02", units: 1 }));
      const window = withLegs(await desk.windowsOf(plan));
      const change = (sql: string) =>
        expect(
          db().transaction(ownerActor, (tx) => tx.query(sql, [window.id])),
        ).rejects.toMatchObject({ constraint: "patrol_leg_held" });
      const last = windowCells(window).at(-1) as H3Cell;
      await change(
        `delete from occupancy where window_id = $1::bigint and to_hex(cell) = '${last}'`,
      );
      await change("update occupancy set active = false where window_id = $1::bigint");
      await change(
        "update patrol_window set ends_at = ends_at + interval '1 minute' where id = $1::bigint",
      );
      await change("delete from occupancy where window_id = $1::bigint");
      await desk.withdraw(plan);
    });

    test("analyst and auditor read no way of a patrol: one that leads round would say that something was closed", async () => {
      const plan = await desk.agree(await desk.suggest({ from: "2021-12-02", units: 1 }));
      const legsFor = async (role: "sergeant" | "analyst" | "auditor") => {
        const reader: Actor = { person: "reader", role, partner: null };
        const windows = await db().transaction(reader, (tx) => windowsOfPlans(tx, [plan.id ?? ""]));
        expect(windows).toHaveLength(plan.windows.length);
        return windows.filter(({ legs }) => legs).length;
      };
      expect(await legsFor("sergeant")).toBeGreaterThan(0);
      expect(await legsFor("analyst")).toBe(0);
      expect(await legsFor("auditor")).toBe(0);
      await desk.withdraw(plan);
    });

    test("one whose streets were taken away says so of each patrol that they part, and nothing is approved", async () => {
      const { dataFolder } = desk.services().config;
      const plan = await desk.suggest({ from: "2021-12-01", days: 7, units: 2 });
      await removeStreets(dataFolder);
      try {
        const problem = await desk.agree(plan).then(
          () => null,
          (error: unknown) => error,
        );
        if (!(problem instanceof Problem)) throw new Error("It was approved");
        expect(new Set(problem.errors.map(({ reason }) => reason))).toEqual(
          new Set([
            "The streets were changed since this was suggested, and the way takes longer now. Suggest again.",
          ]),
        );
        expect(await desk.occupied(plan)).toBe(0);
      } finally {
        await keepStreets(dataFolder, buildGraph(streetNet(net)), source);
      }
    });

    test("one of before streets stays what it is, and is checked by what was stored", async () => {
      const before = await desk.suggest({ from: "2021-12-03", units: 1 });
      await db().transaction(ownerActor, (tx) =>
        tx.query(
          `delete from patrol_leg using patrol_window
           where patrol_window.id = patrol_leg.window_id and patrol_window.plan_id = $1::bigint`,
          [before.id],
        ),
      );
      const agreed = await desk.agree(before);
      for (const window of agreed.windows) {
        expect(window.legs).toBeUndefined();
        expect(window.route).toEqual(routeCells(window.stops.map(({ cell }) => cell as H3Cell)));
      }
      await desk.withdraw(agreed);
    });
  },
  fillManyReports,
);

// A plan by street that a server without them then refused was seen in tests of the page, whichever ran after these.
onEachEngine("the next test database", ({ db }) => {
  test("has none of the streets that another one's data folder holds", async () => {
    const { streets } = await testServices(db());
    expect(await streets.now()).toBeNull();
  });
});
