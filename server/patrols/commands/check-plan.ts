import { z } from "zod";
import { formatQuantity } from "#core/text/numbers.ts";
import { CommandError, command } from "#server/cli/command.ts";
import { orNothing, readText } from "#server/cli/files.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import { type Plan, planFile } from "#server/patrols/checker/stored.ts";

export const checkPlanCommand = command({
  name: "check-plan",
  takes: "PLAN.json",
  summary: "Check a plan against the stored sessions, independently of the planner",
  audit: { verb: "consultation", act: "check a plan", purpose: "patrol_planning" },
  reads: z.object({ plan: z.string() }),
  run: async (act, { plan: path }) => {
    const plan = planIn(path, await orNothing(act, () => readText(path)));
    const verdict = await act.db.transaction(act.actor, async (tx) => {
      const checked = await checkPlan(tx, act.zone.name, plan);
      act.addDetail({ windows: plan.windows.length, unavailable: checked.overlaps.length });
      return checked;
    });
    const windows = formatQuantity(plan.windows.length, "patrol");
    return {
      json: verdict,
      text: verdict.ok
        ? [`Clear of protected time: ${windows} checked.`]
        : [`No longer available: ${verdict.overlaps.join(", ")} of ${windows}.`],
      exit: verdict.ok ? 0 : 1,
    };
  },
});

function planIn(path: string, text: string): Plan {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    const why = 'is not JSON: give the file that "plan --json" printed';
    throw new CommandError(`${path} ${why}.`, { cause });
  }
  const parsed = planFile.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join(".") ?? "";
  throw new CommandError(
    `${path} is not a plan: ${where || "the document"}: ${issue?.message ?? "not valid"}.`,
  );
}
