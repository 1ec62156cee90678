import { planStateWords } from "#core/place-plans/plan.ts";
import { formatDate } from "#core/time/words.ts";
import { type Command, operatorAct, UsageError } from "#server/cli/command.ts";
import { readPlans } from "#server/place-plans/plans.ts";

export const placePlanCommand: Command = {
  name: "place-plan",
  usage: "place-plan list",
  summary: "List place plans by review date, with pinned figures and methods",
  options: {},
  positionals: [1, 1],
  audit: { verb: "consultation", act: "read place plans", purpose: "problem_solving" },
  run: async (context, { positionals }) => {
    if (positionals[0] !== "list") throw new UsageError("Use: place-plan list.");
    const reply = await readPlans(operatorAct(context));
    const text = reply.plans.map(
      ({ id, name, state, reviewOn }) =>
        `${id}  ${name}: ${planStateWords[state].toLowerCase()}, review ${formatDate(reviewOn)}`,
    );
    return { json: reply, text: text.length > 0 ? text : ["No place plans yet."] };
  },
};
