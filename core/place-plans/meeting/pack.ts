import { ownerWords } from "#core/place-plans/action.ts";
import { planStateWords } from "#core/place-plans/plan.ts";
import type { MeetingPack, PackAction, PackComplaints } from "#core/place-plans/wire/meeting.ts";
import type { SharedPlan } from "#core/place-plans/wire/place-plans.ts";
import { monthName } from "#core/time/months.ts";
import { formatDate } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

/** Horizon for due actions while no series gives the next meeting. */
const dueWithinDays = 35;

export interface PackInput {
  readonly meetingOn: string;
  readonly hours: string | null;
  /** The following meeting; null without a series. */
  readonly nextOn: string | null;
  readonly asAt: string;
  /** The last pack of an earlier meeting. */
  readonly before: { readonly number: number; readonly content: MeetingPack } | null;
  /** Only those that partners at the meeting may read. */
  readonly plans: readonly SharedPlan[];
  readonly actions: readonly PackAction[];
  readonly complaints: PackComplaints;
  readonly decisions: readonly string[];
}

/**
 * The pack of one meeting, from plans, actions and public figures only: partners attend, so there
 * is no total over their sessions, and nothing of protected time or patrols (SAFEGUARDS 4 and 13).
 */
export function buildPack(input: PackInput): MeetingPack {
  const { meetingOn, hours, asAt, before, plans, decisions } = input;
  const complaints = keptComplaints(input.complaints, before?.content.complaints ?? null);
  const open = input.actions.filter(({ state }) => state === "open");
  const until = input.nextOn ?? addDays(meetingOn, dueWithinDays);
  const going = plans.filter(({ state }) => state !== "closed");
  return {
    meetingOn,
    hours,
    asAt,
    decisions,
    complaints,
    since: before && { number: before.number, meetingOn: before.content.meetingOn },
    agenda: agendaOf(decisions.length),
    complaintsSentence: complaintsSentence(complaints),
    changes: packChanges(input),
    overdue: open.filter(({ dueOn }) => dueOn < asAt),
    due: open.filter(({ dueOn }) => dueOn >= asAt && dueOn <= until),
    later: open.filter(({ dueOn }) => dueOn > until),
    reviews: going.filter(({ state, reviewOn }) => state === "in_review" || reviewOn <= until),
    plans,
    notes: [...packNotes(complaints), dueNote(until, input.nextOn)],
  };
}

function agendaOf(decisions: number): string[] {
  return [
    "What changed since the last meeting",
    "What residents reported",
    "Actions overdue and due",
    "Place plans to review",
    decisions > 0 ? "Decisions to take" : "Decisions to take, if any",
    "Next meeting",
  ];
}

/** A month once shown stays as it was: a second figure would reveal later additions. */
function keptComplaints(now: PackComplaints, before: PackComplaints | null): PackComplaints {
  const stood = new Map(before?.months.map(({ month, count }) => [month, count]));
  const months = now.months.map(({ month, count }) => ({
    month,
    count: stood.has(month) ? (stood.get(month) ?? null) : count,
  }));
  return { ...now, months };
}

function complaintsSentence({ months, base, threshold }: PackComplaints): string {
  const last = months.at(-1);
  if (!last)
    return "No figures: nothing is released at present. They will come with the next release.";
  const others = [months.at(-2), months.at(-13)].filter((month) => month !== undefined);
  const told = others.map(
    ({ month, count }) => `${amount(count, threshold)} in ${monthName(month)}`,
  );
  const beside = told.length > 0 ? `, ${told.join(" and ")}` : "";
  return `Complaints by residents in the whole area: ${amount(last.count, threshold)} in ${monthName(last.month)}${beside}. Each figure is rounded to the nearest ${base}.`;
}

function amount(count: number | null, threshold: number): string {
  return count === null ? `not shown (fewer than ${threshold}, or withheld)` : `about ${count}`;
}

function packNotes({ threshold, base }: PackComplaints): string[] {
  return [
    `Complaints made by residents, for whole months at least a month old. Figures under ${threshold} are withheld and others rounded to the nearest ${base}. A month shown in an earlier pack does not change.`,
    "This pack does not count outreach or patrols. Plans and actions are about places; nobody is named.",
  ];
}

function dueNote(until: string, nextOn: string | null): string {
  const why = nextOn === null ? ", because no next meeting is set" : "";
  return `Lists actions due and reviews up to and including ${formatDate(until)}${why}.`;
}

function packChanges({ before, plans, actions }: PackInput): string[] {
  if (before === null) return ["This is the first pack. All open items are listed below."];
  const { content } = before;
  const changes = [
    ...plans.flatMap((plan) => planChange(plan, content.plans)),
    ...actions.flatMap((action) => actionChange(action, content)),
  ];
  return changes.length > 0 ? changes : ["No changes to plans or actions."];
}

function planChange(plan: SharedPlan, stood: readonly SharedPlan[]): string[] {
  const was = stood.find(({ id }) => id === plan.id);
  if (!was) {
    return plan.state === "closed" ? [] : [`New place plan: ${plan.name}.`];
  }
  const name = was.name === plan.name ? plan.name : `${plan.name} (before: ${was.name})`;
  if (was.state !== plan.state) {
    return [`${name}: ${planStateWords[plan.state].toLowerCase()} now.`];
  }
  if (was.reviewOn !== plan.reviewOn && plan.state !== "closed") {
    return [`${name}: review now on ${formatDate(plan.reviewOn)}.`];
  }
  return name === plan.name ? [] : [`${name}: renamed.`];
}

function actionChange(action: PackAction, content: MeetingPack): string[] {
  const stood = [...content.overdue, ...content.due, ...content.later];
  const was = stood.find(({ id }) => id === action.id);
  const who = `${action.words} (${ownerWords[action.owner]})`;
  if (action.state !== "open") {
    const isSince = was !== undefined || (action.closedOn ?? "") > content.asAt;
    if (!isSince) return [];
    return [`${action.state === "done" ? "Done" : "Dropped"}: ${who}.`];
  }
  if (!was) return [`New action: ${who}, by ${formatDate(action.dueOn)}.`];
  return was.dueOn === action.dueOn ? [] : [`${who}: now due ${formatDate(action.dueOn)}.`];
}
