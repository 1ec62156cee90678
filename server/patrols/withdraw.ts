import type { PlanAct } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import type { Actor } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { rememberChange } from "#server/patrols/history.ts";
import {
  deletePatrolOccupancy,
  setSuggested,
  setWithdrawn,
  type WindowRow,
} from "#server/patrols/queries/patrol-windows.ts";
import { markSuggested, markWithdrawn, revisePlan } from "#server/patrols/queries/plans.ts";
import {
  describerOf,
  describeStored,
  heldPlan,
  type StoredPlan,
  storedPlan,
} from "#server/patrols/stored.ts";
import { Problem } from "#server/problem.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";

type WithdrawServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;
interface Choice {
  readonly planId: string;
  readonly labels?: readonly string[] | undefined;
}

/** Takes back suggested or agreed windows that have not begun; what has begun is part of the record. */
export function withdrawPlan(
  services: WithdrawServices,
  actor: Actor,
  choice: Choice,
): Promise<PlanReply> {
  return undo(services, actor, choice, {
    from: ["suggested", "agreed"],
    act: "remove",
    write: setWithdrawn,
    stands: stillStands,
    left: markWithdrawn,
  });
}

/** The way back from agreeing: agreed windows that have not begun become suggestions again. */
export function takeBackPlan(
  services: WithdrawServices,
  actor: Actor,
  choice: Choice,
): Promise<PlanReply> {
  return undo(services, actor, choice, {
    from: ["agreed"],
    act: "take_back",
    write: setSuggested,
    stands: isPlanned,
    left: markSuggested,
  });
}

interface Way {
  readonly act: PlanAct;
  readonly from: readonly WindowRow["status"][];
  readonly write: (tx: Transaction, ids: readonly string[], at: number) => Promise<void>;
  readonly stands: (window: WindowRow) => boolean;
  /** For a plan of which nothing stands any more. */
  readonly left: (tx: Transaction, planId: string) => Promise<void>;
}

async function undo(
  services: WithdrawServices,
  actor: Actor,
  choice: Choice,
  way: Way,
): Promise<PlanReply> {
  services.addDetail({ plan: choice.planId });
  const describer = await describerOf(services);
  const now = services.asAt.now();
  return services.db.transaction(
    actor,
    async (tx) => {
      await lockOccupancy(tx);
      const stored = await heldPlan(tx, choice.planId);
      const windows = withdrawable(stored, choice.labels, { now, from: way.from });
      const ids = windows.map((window) => window.id);
      services.addDetail({ windows: ids.length });
      await way.write(tx, ids, now);
      await tx.through("keeper", (keeper) => deletePatrolOccupancy(keeper, ids));
      if (windows.some((window) => window.status === "agreed")) await revisePlan(tx, choice.planId);
      const left = await storedPlan(tx, choice.planId);
      if (!left.windows.some(way.stands)) await way.left(tx, choice.planId);
      const after = await storedPlan(tx, choice.planId);
      await rememberChange(tx, services, actor, { act: way.act, before: stored, after });
      return describeStored(tx, after, describer);
    },
    { retries: 5 },
  );
}

function withdrawable(
  { windows }: StoredPlan,
  labels: readonly string[] | undefined,
  { now, from }: { readonly now: number; readonly from: Way["from"] },
): readonly WindowRow[] {
  const open = windows.filter(
    (window) =>
      from.includes(window.status) && (window.status === "suggested" || window.start > now),
  );
  const chosen = labels ? open.filter((window) => labels.includes(window.label)) : open;
  if (chosen.length > 0 && (!labels || chosen.length === new Set(labels).size)) return chosen;
  throw new Problem(
    409,
    "Nothing withdrawn",
    "Only patrols that are suggested or approved and have not begun can be withdrawn.",
  );
}

/** Called off counts: it ran. */
function stillStands(window: WindowRow): boolean {
  return window.status === "suggested" || isPlanned(window);
}

function isPlanned({ status }: WindowRow): boolean {
  return status === "agreed" || status === "called_off";
}
