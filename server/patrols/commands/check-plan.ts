import { readFile } from "node:fs/promises";
import { formatQuantity } from "#core/text/numbers.ts";
import { type Command, CommandError, operatorAct } from "#server/cli/command.ts";
import { checkPlan } from "#server/patrols/checker/check-plan.ts";
import { type Plan, planFile } from "#server/patrols/checker/stored.ts";

/** The independent checker over a plan that `plan --json` printed. */
export const checkPlanCommand: Command = {
  name: "check-plan",
  usage: "check-plan PLAN.json",
  summary: "Check a plan against the stored sessions, independently of the planner",
  options: {},
  positionals: [1, 1],
  audit: { verb: "consultation", act: "check a plan", purpose: "patrol_planning" },
  files: [0],
  run: async (context, { positionals }) => {
    const act = operatorAct(context);
    const plan = await readPlan(positionals[0] ?? "");
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
};

async function readPlan(path: string): Promise<Plan> {
  const wrong = (what: string, cause: unknown) =>
    new CommandError(`${path} ${what}: give the file that "plan --json" printed.`, { cause });
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw wrong("cannot be read", cause);
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw wrong("is not JSON", cause);
  }
  const parsed = planFile.safeParse(document);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join(".") ?? "";
  throw new CommandError(
    `${path} is not a plan: ${where || "the document"}: ${issue?.message ?? "not valid"}.`,
  );
}
