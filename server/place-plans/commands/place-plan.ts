import { planStateWords } from "#core/place-plans/plan.ts";
import { formatDate } from "#core/time/words.ts";
import { type Command, operatorActor, UsageError } from "#server/cli/command.ts";
import { readPlans } from "#server/place-plans/read-plans.ts";

export const placePlanCommand: Command = {
  name: "place-plan",
  usage: "place-plan list",
  summary: "Place plans by review date, with their pinned figures and how they were counted",
  options: {},
  positionals: [1, 1],
  audit: { verb: "consultation", act: "read place plans", purpose: "problem_solving" },
  run: async (context, { positionals }) => {
    if (positionals[0] !== "list") throw new UsageError("There is: place-plan list.");
    const reply = await readPlans(context, operatorActor(context.operator));
    const text = reply.plans.map(
      ({ id, name, state, reviewOn }) =>
        `${id}  ${name}: ${planStateWords[state].toLowerCase()}, review ${formatDate(reviewOn)}`,
    );
    return { json: reply, text: text.length > 0 ? text : ["No place plan yet."] };
  },
};
