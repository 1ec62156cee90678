import { cellAt, cellToDecimal, disk, type H3Cell } from "#core/geo/cell.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { type Database, ownerActor, systemActor } from "#server/db/database.ts";
import { insertAlert, insertAlertAct, type SeenCluster } from "#server/displacement/watch/store.ts";
import { bundledRecipe } from "#tests/support/bundled-demo.ts";
import { onTopOf } from "#tests/support/continued-fill.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { london, report } from "#tests/support/displacement.ts";

/** On this side of the boundary with Waltham Forest, where hardly anything is reported. */
export const pickettsLock = cellAt([-0.0385, 51.6235], 10);

/**
 * Reports that come together around a cell in the last days before the demonstration's as-at date, no two in
 * one cell on one day; so many of them were there before.
 */
export function comeTogether(
  around: H3Cell,
  count: number,
  more: Partial<PoliceEvent> = {},
  before = 0,
): PoliceEvent[] {
  const cells = disk(around, 1);
  return Array.from({ length: count }, (_, index) => before + index).map((at) =>
    report(
      cells[at % cells.length] as H3Cell,
      `2021-11-${String(15 + (at % 11)).padStart(2, "0")}T20:00`,
      more,
    ),
  );
}

/** The demonstration without its own cluster (data/demo/late-turn.ts): nothing stands out in it. */
export const fillQuietDemo = onTopOf(fillDemo, async (db) => {
  const turned = (bundledRecipe().layers ?? []).flatMap(({ turnsTo = [] }) => turnsTo);
  const cells = turned.map((at) => cellToDecimal(cellAt(at, 10)));
  await db.transaction(ownerActor, (tx) =>
    tx.query(
      "delete from event where starts_at >= '2021-11-01T00:00Z' and cell = any($1::bigint[])",
      [cells],
    ),
  );
});

/** An alert as a look would have raised it on the demonstration's as-at date. */
export async function raiseAlert(db: Database, more: Partial<SeenCluster> = {}): Promise<number> {
  const at = london.toInstant(Date.parse("2021-11-26T06:00Z"), "earlier");
  const seen: SeenCluster = {
    operationId: 1,
    place: "Picketts Lock Lane, Edmonton Green",
    neighbour: "Waltham Forest",
    beyond: 0,
    firstDay: "2021-11-15",
    lastDay: "2021-11-26",
    observed: 12,
    residents: 11,
    expected: 2.4,
    p: 0.001,
    looksPerYear: 365,
    replicates: 999,
    seed: 20_211_126,
    radiusMetres: 130,
    cells: [pickettsLock],
    cellReports: [12],
    seenOn: "2021-11-26",
    seenAt: at,
    ...more,
  };
  return db.transaction(systemActor, async (tx) => {
    const id = await insertAlert(tx, seen);
    const { firstDay, lastDay, observed, expected, p } = seen;
    await insertAlertAct(tx, {
      alertId: id,
      act: "raised",
      on: seen.seenOn,
      at,
      by: systemActor.person,
      firstDay,
      lastDay,
      observed,
      expected,
      p,
    });
    return id;
  });
}
