import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { expectedOver } from "#core/patrols/plan/plan.ts";
import type { DemoPatrols } from "#data/demo/model.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import { judgedWindow } from "#server/patrols/judged-window.ts";
import {
  insertWindows,
  occupy,
  setAgreed,
  windowsOfPlans,
} from "#server/patrols/queries/patrol-windows.ts";
import { insertPlan, markAgreed } from "#server/patrols/queries/plans.ts";

const sergeant = "demonstration sergeant";

/**
 * Last week as a sergeant left it: agreed by hand, written to `occupancy`, whose constraint refuses
 * it if a session is in its way, and walked. What was done is left to the user of the debrief.
 */
export async function storePatrols(
  tx: Transaction,
  services: Pick<Services, "db" | "zone" | "asAt"> & { readonly study: Neighbourhood },
  patrols: DemoPatrols,
): Promise<void> {
  const { zone } = services;
  const { from, days, units, shifts, agreedAt } = patrols;
  const demand = await knownDemand(tx, services, zone.startOfDate(from));
  const windows = await Promise.all(
    patrols.windows.map((window, at) =>
      judgedWindow(tx, services, {
        plan: { asAt: from },
        window: {
          ...blank,
          ...window,
          patrolPartner: null,
          kmh: null,
          mode: "foot",
          label: `w${at + 1}`,
        },
        // Each is over before anything near it is closed.
        closed: createClosedTime([]),
      }),
    ),
  );
  const objective = windows.reduce((all, { expected }) => all + expected, 0);
  const id = await insertPlan(
    tx,
    {
      origin: "by_hand",
      from,
      days,
      units,
      shifts,
      seed: 1,
      asAt: from,
      expectedTotal: expectedOver(demand, zone, { from, days }),
      forecast: null,
      options: null,
      objective,
      bound: objective,
      gap: 0,
      greedy: objective,
      seconds: 0,
      stopped: "time",
      refused: [],
      calendarsAsAt: null,
    },
    { at: agreedAt, by: sergeant },
  );
  await insertWindows(
    tx,
    id,
    windows.map((window) => ({ ...window, checkedAt: agreedAt })),
  );
  const stored = await windowsOfPlans(tx, [id]);
  await occupy(tx, stored);
  await setAgreed(
    tx,
    stored.map((window) => window.id),
    agreedAt,
  );
  await markAgreed(tx, id, { at: agreedAt, by: sergeant });
}

const blank = {
  id: "",
  planId: "",
  locked: false,
  dismissed: false,
  purpose: "patrol",
  status: "suggested",
  expected: 0,
  range: null,
  whyHere: "",
  whyNow: "",
  checkedAt: 0,
  checkedOk: false,
} as const;
