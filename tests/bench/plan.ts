import { ownerActor } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { snapshotFile } from "#server/db/snapshot.ts";
import { loadDemo } from "#server/demo/load.ts";
import { suggestPlan } from "#server/plan/suggest.ts";
import { type BenchContext, type BenchLine, milliseconds } from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";

/** The demonstration's next week: HiGHS beside the greedy plan of the same run. */
export async function benchPlan({ say }: BenchContext): Promise<BenchLine[]> {
  const db = await openEmbedded({ folder: null, snapshot: await snapshotFile(say) });
  try {
    await migrate(db);
    const services = await testServices(db);
    await loadDemo(services, say);
    say("Plan: 7 days, 2 units...");
    const from = performance.now();
    let first = Number.NaN;
    const { plan, windows } = await suggestPlan(
      services,
      ownerActor,
      { from: "2021-11-29", days: 7, units: 2, seed: 1 },
      {
        signal: new AbortController().signal,
        onFirst: () => {
          first = performance.now() - from;
        },
      },
    );
    const whole = performance.now() - from;
    await services.solver.close();
    return [
      {
        work: "plan of 7 days, 2 units, on the demonstration",
        measured: `first ${milliseconds(first)}, ${windows.length} windows in ${milliseconds(whole)}, gap ${(plan.gap * 100).toFixed(2)} %`,
        beside: `${plan.greedy.toFixed(3)} expected reports by the greedy plan`,
        ratio: (plan.objective / plan.greedy).toFixed(3),
      },
    ];
  } finally {
    await db.close();
  }
}
