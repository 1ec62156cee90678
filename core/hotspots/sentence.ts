import type { ChangeVerdict } from "#core/hotspots/change.ts";
import type { EmergingGroup } from "#core/hotspots/emerging-group.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { shortWeekdayNames, weekdayNames } from "#core/time/words.ts";

export interface SentenceInput {
  readonly total: number;
  readonly weeks: number;
  readonly hotCells: number;
  /** 168 weights by hour of week. */
  readonly clock: ArrayLike<number>;
  /** The busiest hours are searched inside it; every hour when null. */
  readonly hours: Uint8Array | null;
  /** "reports", or what the chosen kinds are called. */
  readonly noun: { readonly one: string; readonly many: string };
}

const blockHours = 4;
/** With fewer, the busiest hours are chance. */
const fewestTimed = 5;

/** "214 reports in 8 weeks; 9 hotspots, most on Friday 22:00 to 02:00." */
export function describeHotspots(input: SentenceInput): string {
  const { total, noun, hotCells } = input;
  const period = describeWeeks(input.weeks);
  if (total === 0) return `No ${noun.many} in ${period}.`;
  const counted = `${formatQuantity(total, noun.one, noun.many)} in ${period}`;
  const places = hotCells === 0 ? "no hotspots" : formatQuantity(hotCells, "hotspot");
  const busiest = busiestBlock(input.clock, input.hours);
  return `${counted}; ${places}${busiest ? `, most on ${busiest}` : ""}.`;
}

/** "8 weeks", "2.5 weeks", "3 days". */
export function describeWeeks(weeks: number): string {
  if (weeks < 1) {
    const days = Math.max(1, Math.round(weeks * 7));
    return `${days} ${days === 1 ? "day" : "days"}`;
  }
  const rounded = Math.round(weeks * 10) / 10;
  return `${rounded} ${rounded === 1 ? "week" : "weeks"}`;
}

/**
 * The heaviest four consecutive hours starting on an even hour, cut to the filter's hours; null
 * when there is next to no weight.
 */
export function busiestBlock(
  clock: ArrayLike<number>,
  hours: Uint8Array | null = null,
): string | null {
  const block = blockOf(clock, hours);
  if (!block) return null;
  const until = block.to % 24 === 0 ? "midnight" : clockTime(block.to);
  return `${weekdayNames[block.weekday] ?? ""} ${clockTime(block.from)} to ${until}`;
}

/** The short form of a column: "Fri 22:00-02:00". */
export function busiestShort(
  clock: ArrayLike<number>,
  hours: Uint8Array | null = null,
): string | null {
  const block = blockOf(clock, hours);
  return (
    block &&
    `${shortWeekdayNames[block.weekday] ?? ""} ${clockTime(block.from)}-${clockTime(block.to)}`
  );
}

interface Block {
  /** 0 is Monday. */
  readonly weekday: number;
  /** Hours of week; `to` may be past the last. */
  readonly from: number;
  readonly to: number;
}

function blockOf(clock: ArrayLike<number>, hours: Uint8Array | null): Block | null {
  const isIn = (hour: number) => hours === null || hours[hour % clock.length] === 1;
  const counted = Array.from(clock, (weight, hour) => (isIn(hour) ? weight : 0));
  if (counted.reduce((sum, weight) => sum + weight, 0) < fewestTimed - 1e-9) return null;
  let best = 0;
  let most = 0;
  for (let start = 0; start < counted.length; start += 2) {
    let sum = 0;
    for (let hour = start; hour < start + blockHours; hour += 1) {
      sum += counted[hour % counted.length] as number;
    }
    if (sum > most + 1e-9) {
      most = sum;
      best = start;
    }
  }
  let from = best;
  let to = best + blockHours;
  while (!isIn(from)) from += 1;
  while (!isIn(to - 1)) to -= 1;
  return { weekday: Math.floor(from / 24) % 7, from, to };
}

function clockTime(hour: number): string {
  return `${String(hour % 24).padStart(2, "0")}:00`;
}

interface Noun {
  readonly one: string;
  readonly many: string;
}

/**
 * "276 reports in 8 weeks, compared with 280 in 8 weeks; 4 places rose and 1 fell significantly, 159
 * have too few reports to tell."
 */
export function describeChanges(input: {
  readonly total: number;
  readonly weeks: number;
  readonly before: number;
  readonly weeksBefore: number;
  readonly noun: Noun;
  readonly verdicts: ReadonlyMap<ChangeVerdict, number>;
}): string {
  const { total, noun, verdicts } = input;
  const counted = `${count(total, noun)} in ${describeWeeks(input.weeks)}, compared with ${formatCount(input.before)} in ${describeWeeks(input.weeksBefore)}`;
  const rose = verdicts.get("rise") ?? 0;
  const fell = verdicts.get("fall") ?? 0;
  return `${counted}; ${movedWords(rose, fell)}${tooFew(verdicts.get("too_few") ?? 0)}.`;
}

function movedWords(rose: number, fell: number): string {
  if (rose + fell === 0) return "no place changed significantly";
  if (fell === 0) return `${places(rose)} rose significantly and none fell`;
  if (rose === 0) return `${places(fell)} fell significantly and none rose`;
  return `${places(rose)} rose and ${fell} fell significantly`;
}

interface EmergingSentence {
  readonly total: number;
  readonly weeks: number;
  readonly noun: Noun;
  /** "15 months" or "8 weeks". */
  readonly steps: string;
  readonly groups: ReadonlyMap<EmergingGroup, number>;
}

const groupVerbs: readonly (readonly [group: EmergingGroup, words: string])[] = [
  ["rising", "rising"],
  ["steady", "steady"],
  ["easing", "easing"],
  ["on_and_off", "on and off"],
  ["gone", "gone"],
  ["quiet", "quieter than expected"],
];

/** "2,297 reports in 69 weeks; over 15 months 8 places are rising, 4 steady and 8 on and off, 667 have too few reports to tell." */
export function describeGroups({ total, weeks, noun, steps, groups }: EmergingSentence): string {
  const counted = `${count(total, noun)} in ${describeWeeks(weeks)}`;
  const found = groupVerbs.flatMap(([group, words]) => {
    const number = groups.get(group) ?? 0;
    return number === 0 ? [] : [{ number, words }];
  });
  const [first] = found;
  const told = first
    ? `${places(first.number)} ${first.number === 1 ? "is" : "are"} ${new Intl.ListFormat("en-GB").format(found.map(({ number, words }, index) => (index === 0 ? words : `${number} ${words}`)))}`
    : "no place shows a pattern";
  return `${counted}; over ${steps} ${told}${tooFew(groups.get("too_few") ?? 0)}.`;
}

/** "63 police records in 8 weeks and 120 logged hours of patrol; 14 places have a rate, 20 have no patrol logged." */
export function describeEfforts(input: {
  readonly total: number;
  readonly weeks: number;
  readonly noun: Noun;
  /** Logged patrol minutes in the area. */
  readonly minutes: number;
  readonly known: number;
  /** Places with records but no logged patrol. */
  readonly unknown: number;
}): string {
  const counted = `${count(input.total, input.noun)} in ${describeWeeks(input.weeks)}`;
  if (input.minutes === 0) {
    return `${counted}; no patrol was logged, so there are no rates.`;
  }
  const hours = Math.round(input.minutes / 60);
  const rated = `${places(input.known)} ${input.known === 1 ? "has" : "have"} a rate`;
  return `${counted} and ${formatCount(hours)} logged ${hours === 1 ? "hour" : "hours"} of patrol; ${rated}, ${input.unknown} ${input.unknown === 1 ? "has" : "have"} no patrol logged.`;
}

function tooFew(number: number): string {
  return number === 0 ? "" : `, ${number} ${number === 1 ? "has" : "have"} too few reports to tell`;
}

function places(number: number): string {
  return `${number} ${number === 1 ? "place" : "places"}`;
}

function count(total: number, { one, many }: Noun): string {
  return total === 0 ? `No ${many}` : formatQuantity(total, one, many);
}
