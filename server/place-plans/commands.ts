import { planStateWords } from "#core/place-plans/plan.ts";
import { formatDate } from "#core/time/words.ts";
import { action, type Command } from "#server/cli/command.ts";
import { linesOr } from "#server/cli/table.ts";
import { readPlans } from "#server/place-plans/plans.ts";

const purpose = "problem_solving";

export const placePlanCommand: Command = {
  name: "place-plan",
  summary: "List place plans by review date, with pinned figures and methods",
  words: {
    list: action({
      audit: { verb: "consultation", act: "read place plans", purpose },
      run: async (act) => {
        const reply = await readPlans(act);
        const text = reply.plans.map(
          ({ id, name, state, reviewOn }) =>
            `${id}  ${name}: ${planStateWords[state].toLowerCase()}, review ${formatDate(reviewOn)}`,
        );
        return { json: reply, text: linesOr(text, "No place plans yet.") };
      },
    }),
  },
};
