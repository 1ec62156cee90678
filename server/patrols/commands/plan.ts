import { z } from "zod";
import { arrivalSentence } from "#core/patrols/arrival-times/arrival-words.ts";
import { wayKind, wayWords } from "#core/patrols/ground/leg.ts";
import { parseShift } from "#core/patrols/ground/shift.ts";
import { spanText } from "#core/patrols/ground/words.ts";
import { encountersSentence } from "#core/patrols/plan/encounter-words.ts";
import { planEncounters } from "#core/patrols/wire/encounters.ts";
import { type PlanReply, suggestBody } from "#core/patrols/wire/plan.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";
import { linesOf } from "#core/text/lines.ts";
import type { Zone } from "#core/time/zone.ts";
import { type CommandAct, CommandError, command, wholeNumber } from "#server/cli/command.ts";
import { loadArrivalTimes } from "#server/patrols/arrival-times.ts";
import type { SuggestRequest } from "#server/patrols/ask.ts";
import { describePlan } from "#server/patrols/replies.ts";
import { describerOf } from "#server/patrols/stored.ts";
import { suggestPlan } from "#server/patrols/suggest.ts";

/** Printed, not stored. */
export const planCommand = command({
  name: "plan",
  takes:
    "--from DATE --days N --units N [--shifts 14:00-22:00,22:00-02:00] [--as-at DATE] [--seed N] [--vary-times] [--encounters some|strong]",
  summary: "Suggest patrols that keep clear of protected time",
  options: {
    from: "First local date; a shift belongs to the date it starts on",
    days: "How many dates, 1 to 28",
    units: "How many units are out at any one time, 1 to 12",
    shifts: "Shifts by wall clock; the end may lie on the next day",
    "as-at": "Plan with the reports before this date",
    seed: "Varies starts and ends; the same seed, the same plan",
    encounters: "Fewer expected encounters with sex workers: at most 2% or 10% less covered",
    "vary-times": "Give up to 1% of what the plan covers for times that are hard to predict",
  },
  audit: { verb: "combination", act: "suggest patrols", purpose: "patrol_planning" },
  reads: z.object({
    from: suggestBody.shape.from,
    days: wholeNumber(1, 28),
    units: wholeNumber(1, 12),
    shifts: z.string().transform(readShifts).optional(),
    "as-at": z.iso.date().optional(),
    seed: wholeNumber(0, 4_294_967_295).default(1),
    "vary-times": z.boolean().optional(),
    encounters: planEncounters.shape.weight.optional(),
  }),
  run: async (act, { "as-at": asAt, "vary-times": varyTimes, ...asked }) => {
    const plan = await suggest(act, { ...asked, asAt, varyTimes });
    return { json: plan, text: describe(act.zone, plan) };
  },
});

function readShifts(text: string, context: z.RefinementCtx): string[] {
  const shifts = text.split(",").map((part) => part.trim());
  for (const shift of shifts) {
    const parsed = parseShift(shift);
    if (!parsed.ok) context.addIssue(parsed.reason);
  }
  return shifts;
}

async function suggest(act: CommandAct, request: SuggestRequest): Promise<PlanReply> {
  const describer = await describerOf(act);
  let told = 0;
  try {
    const { plan, windows, others } = await suggestPlan(act, request, {
      signal: act.signal,
      onProgress: ({ seconds, objective }) => {
        if (seconds - told < 2) return;
        told = seconds;
        act.say(`${Math.round(seconds)} s: ${objective.toFixed(2)} expected reports reached`);
      },
    });
    const arrivalTimes = await act.db.transaction(act.actor, (tx) =>
      loadArrivalTimes(tx, act.zone, plan, windows),
    );
    return { ...describePlan(plan, windows, others, describer), arrivalTimes };
  } catch (error) {
    if (act.signal.aborted) throw new CommandError("Cancelled.", { cause: error });
    throw error;
  }
}

/** Null where no window has ways. */
function waysLine({ windows }: PlanReply): string | null {
  const kinds = new Set(windows.map(wayKind).filter((kind) => kind !== null));
  const [only] = kinds;
  if (only === undefined) return null;
  return `From stop to stop ${wayWords[kinds.size === 1 ? only : "mixed"]}.`;
}

function describe(zone: Zone, plan: PlanReply): string[] {
  const share = (100 * plan.totals.share).toFixed(1);
  const spanOf = ({ start, end }: { readonly start: string; readonly end: string }) =>
    spanText(zone, Date.parse(start), Date.parse(end));
  return linesOf(
    `${plan.windows.length} patrols, ${plan.totals.stops} stops, ${share}% of expected reports; within ${(100 * plan.gap).toFixed(2)}% of the best plan (${plan.seconds.toFixed(1)} s)`,
    forecastLines(plan),
    plan.arrivalTimes && arrivalSentence(plan.arrivalTimes),
    plan.options?.encounters && encountersSentence(plan.options.encounters),
    waysLine(plan),
    plan.windows.map(
      ({ patrolPartner: partner, ...window }) =>
        `${window.id}  ${spanOf(window)}  unit ${unitNumber(window.unit)}${partner ? ` of ${partner}` : ""}  ${window.place}`,
    ),
    plan.refused.map((refused) => `No patrol ${spanOf(refused)}: ${refused.reason}`),
  );
}

function forecastLines({ forecast, objective }: PlanReply): string[] {
  if (!forecast) return [];
  const { method, total, reach } = forecast;
  const all = `${total.expected.toFixed(1)} reports expected in the area`;
  return linesOf(
    reach === null
      ? `${all}; the stops cover ${objective.toFixed(2)}. No 80% range yet: it takes 8 months with reports to learn one`
      : `${all} (80% range ${total.low} to ${total.high}); the stops cover ${objective.toFixed(2)} (${reach.low.toFixed(2)} to ${reach.high.toFixed(2)})`,
    `${method.name}; most weight: ${method.way}.`,
    (method.timed ?? 1) < 0.5 &&
      "Most reports have no time of day: any hour of a shift counts alike.",
    method.leftOut,
  );
}
