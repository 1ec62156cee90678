import { rangeOfShown, type Shown, shownCount, tenFiveRule } from "#core/disclosure/rule.ts";
import { shareOfWhole } from "#core/outcomes/figures.ts";
import {
  countWords,
  formatHours,
  lineOf,
  periodOfMonth,
  shownBeside,
  toHours,
} from "#core/outcomes/monthly-figures.ts";
import { type StandingTally, typedFor } from "#core/outcomes/typed-tally.ts";
import type { FigureLine, MonthlyFiguresReply } from "#core/outcomes/wire/monthly-figures.ts";
import { percentWords, shareWords } from "#core/outcomes/words.ts";
import type { TeamMonth } from "#core/patrols/done/peak-hours.ts";
import { taskKinds, taskWords } from "#core/patrols/wire/staffing.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import { formatMonth } from "#core/time/words.ts";

export interface GuaranteeInput {
  /** `YYYY-MM`, over. */
  readonly month: string;
  /** False: for sharing, by the 10-5 rule. */
  readonly isExact: boolean;
  readonly team: TeamMonth;
  /** Place plans not closed when the month ended; of these, with no change in the 3 months before. */
  readonly priorities: { readonly open: number; readonly old: number };
  readonly withoutDebrief: number;
  readonly tallies: readonly StandingTally[];
}

/**
 * The Neighbourhood Policing Guarantee of a month (DEFINITIONS, Guarantee). As monthly figures: exact for
 * police, by the 10-5 rule for sharing, and what was planned for police alone (SAFEGUARDS 6).
 */
export function createGuarantee(input: GuaranteeInput): MonthlyFiguresReply {
  const { month, isExact, withoutDebrief } = input;
  const lines = [
    ...peakLines(input),
    ...priorityLines(input),
    ...abstractionLines(input),
    ...questionLines(input),
  ];
  const sentence = lines
    .flatMap(({ id, words }) => {
      const phrase = phrases[id];
      const isTold = /\d/.test(words) && words !== withheld;
      return phrase !== undefined && isTold ? [`${words} ${phrase}`] : [];
    })
    .join("; ");
  return {
    month,
    ...periodOfMonth(month),
    isExact,
    sentence: `${formatMonth(month)}: ${sentence === "" ? "no figure can be shown" : sentence}.`,
    incomplete:
      withoutDebrief === 0
        ? null
        : "Some patrols of this month have no debrief yet, so peak hours are not complete.",
    lines,
    hotspots: null,
    notes: [...notes, ...(isExact ? ["Planned hours stay on this screen."] : [sharedNote])],
  };
}

const withheld = countWords(null, false);

const phrases: Readonly<Record<string, string>> = {
  peak_hours: "patrolled in peak hours",
  priorities_old: "priorities not renewed for 3 months",
  abstraction: "on other duties",
  questions_answered: "of questions answered within 72 hours",
};

function hoursShown(minutes: number, isExact: boolean): Shown {
  return isExact ? toHours(minutes) : shownCount(Math.round(minutes / 60), tenFiveRule);
}

/** "46.5 hours", "about 45 hours" */
function ofHours(count: Shown, isExact: boolean) {
  const told = countWords(count, isExact);
  const words = count === null ? told : isExact ? formatHours(count) : `${told} hours`;
  return { unit: "hours", count, words } as const;
}

function peakLines({ team: { peak, peakHours }, isExact }: GuaranteeInput): FigureLine[] {
  return [
    lineOf(isExact, {
      id: "peak_hours",
      section: "peak",
      label: "Peak hours patrolled",
      definition: `Time on visits, of all units together, on Fridays and Saturdays, ${peakHours.map((hours) => hours.replace("-", " to ")).join(" or ")}.`,
      ...ofHours(hoursShown(peak.done, isExact), isExact),
      beside: `Planned: ${formatHours(toHours(peak.planned))}.`,
    }),
  ];
}

function priorityLines({ priorities: { open, old }, isExact }: GuaranteeInput): FigureLine[] {
  const oldShown = isExact ? old : shownCount(old, tenFiveRule);
  const section = "priorities";
  return [
    lineOf(isExact, {
      id: "priorities",
      section,
      label: "Priorities",
      definition: "Place plans not closed when the month ended.",
      count: isExact ? open : shownBeside(open, oldShown),
    }),
    lineOf(isExact, {
      id: "priorities_old",
      section,
      label: "Priorities not renewed for 3 months",
      definition: "Of these, not changed or assessed in the 3 months before.",
      count: oldShown,
    }),
  ];
}

/** Every reason has its line, with or without hours, so that a line tells nothing by being there. */
function abstractionLines({ team: { tasks, duty }, isExact }: GuaranteeInput): FigureLine[] {
  const section = "abstraction";
  const reasons = taskKinds.map((kind) => {
    const minutes = sumOf(tasks.filter((task) => task.kind === kind).map((task) => task.minutes));
    return { kind, minutes, count: hoursShown(minutes, isExact) };
  });
  const total = sumOf(reasons.map(({ minutes }) => minutes));
  const isEntered = duty > 0 || total > 0;
  const entered = isEntered ? {} : { count: null, words: "not entered in Staffing" };
  // The total less the reasons shown is the sum of the withheld ones.
  const rest = reasons.filter(({ count }) => count === null);
  const isSafe =
    rest.length === 0 ||
    Math.round(sumOf(rest.map(({ minutes }) => minutes)) / 60) >= tenFiveRule.threshold;
  return [
    lineOf(isExact, {
      id: "abstraction",
      section,
      label: "Abstraction",
      definition: "Time of the team’s units on the duties below, as entered in Staffing.",
      ...ofHours(isSafe ? hoursShown(total, isExact) : null, isExact),
      beside:
        duty === 0
          ? null
          : `${percentWords(total / duty)} of ${formatHours(toHours(duty))} on duty.`,
      ...entered,
    }),
    ...reasons.map(({ kind, count }) =>
      lineOf(isExact, {
        id: `abstraction_${kind}`,
        section,
        label: taskWords[kind],
        definition: "",
        ...ofHours(count, isExact),
        ...entered,
      }),
    ),
  ];
}

function questionLines({ month, tallies, isExact }: GuaranteeInput): FigureLine[] {
  const period = periodOfMonth(month);
  const typed = (measure: StandingTally["measure"]) =>
    typedFor(tallies, { measure, breakdown: null, part: null }, period);
  const [received, answered] = [typed("questions_received"), typed("questions_answered")];
  const shown = received === null || isExact ? received : shownCount(received, tenFiveRule);
  const missing = "not entered for that period";
  const section = "questions";
  return [
    lineOf(isExact, {
      id: "questions_received",
      section,
      label: "Questions received",
      definition: "Manual total of questions to the team from residents and businesses.",
      count: shown,
      ...(received === null ? { words: missing } : {}),
    }),
    lineOf(isExact, {
      id: "questions_answered",
      section,
      label: "Answered within 72 hours",
      definition: "Of these, manual total.",
      ...(answered === null || received === null || answered > received
        ? {
            count: null,
            words: answered === null ? missing : "does not fit the questions received",
          }
        : answeredFigure(answered, received, isExact)),
    }),
  ];
}

const bands = [0.9, 0.8, 0.7, 0.6, 0.5] as const;

/**
 * The unanswered ones may be few: then the share is told as "80% or more", of the highest such band that leaves every
 * number of them under the threshold open.
 */
function answeredFigure(
  answered: number,
  received: number,
  isExact: boolean,
): Pick<FigureLine, "count" | "words"> {
  const whole = isExact ? received : shownCount(received, tenFiveRule);
  const part = isExact ? answered : shownCount(answered, tenFiveRule);
  const count = isExact || shownBeside(received, part) !== null ? part : null;
  const share = shareOfWhole(count, whole, isExact);
  if (share !== null)
    return { count, words: `${countWords(count, isExact)} (${shareWords(share)})` };
  const least = whole === null || isExact ? 0 : rangeOfShown(whole, tenFiveRule).low;
  const band = bands.find(
    (one) => (1 - one) * least >= tenFiveRule.threshold - 1 && answered >= one * received,
  );
  const words = band === undefined ? countWords(count, isExact) : `${percentWords(band)} or more`;
  return { count, words };
}

const notes = [
  "Peak hours are the core hours of Staffing on Fridays and Saturdays. The guarantee says “peak times such as Friday and Saturday nights” (Home Office, 10 April 2025) and names no hours.",
  "A national definition of abstraction is pending. Here it is match days, court, events, training and other duties; an interview is the team’s own work.",
];

const sharedNote =
  "Figures under 10 are withheld, including zero. Others are rounded to the nearest 5. Some more are withheld so that none can be worked out.";
