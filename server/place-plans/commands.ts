import { ownerWords } from "#core/place-plans/action.ts";
import type { MeetingPack, PackAction } from "#core/place-plans/meeting/pack.ts";
import { planStateWords } from "#core/place-plans/plan.ts";
import { formatDate } from "#core/time/words.ts";
import { type Command, CommandError, operatorAct, UsageError } from "#server/cli/command.ts";
import { draftPack, readMeeting } from "#server/place-plans/meeting.ts";
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

export const meetingCommand: Command = {
  name: "meeting",
  usage: "meeting pack [--on DATE]",
  summary: "Draft the pack for the next partner meeting; packs are issued on the page",
  options: { on: { type: "string", summary: "day of the meeting (default: the next one)" } },
  positionals: [1, 1],
  audit: { verb: "consultation", act: "draft a meeting pack", purpose: "problem_solving" },
  run: async (context, { positionals, values }) => {
    if (positionals[0] !== "pack") throw new UsageError("Use: meeting pack [--on DATE].");
    const act = operatorAct(context);
    const { next } = await readMeeting(act);
    const meetingOn = typeof values["on"] === "string" ? values["on"] : next[0];
    if (meetingOn === undefined) {
      throw new CommandError("No meeting dates are set. Give the day with --on DATE.");
    }
    if (!/^20\d{2}-\d{2}-\d{2}$/.test(meetingOn)) {
      throw new UsageError(`"${meetingOn}" is not a date such as 2021-12-14.`);
    }
    const pack = await draftPack(act, { meetingOn, decisions: [] });
    return { json: pack, text: linesOf(pack) };
  },
};

function linesOf(pack: MeetingPack): string[] {
  const actions = (title: string, some: readonly PackAction[]) =>
    some.length === 0
      ? []
      : [
          title,
          ...some.map(
            ({ words, owner, dueOn }) => `  ${formatDate(dueOn)}  ${words} (${ownerWords[owner]})`,
          ),
        ];
  return [
    `Partner meeting on ${formatDate(pack.meetingOn)}, as at ${formatDate(pack.asAt)}`,
    pack.complaintsSentence,
    ...pack.changes,
    ...actions("Overdue", pack.overdue),
    ...actions("Due", pack.due),
  ];
}
