import {
  areFarApart,
  checkedRule,
  type DisclosureRule,
  type Shown,
  shownCount,
} from "#core/disclosure/rule.ts";
import {
  type BreakdownName,
  type FunnelStage,
  funnelStages,
  type MeasureName,
  measureNames,
  measureOf,
  type TallyGroup,
  tallyGroups,
} from "#core/outcomes/measures.ts";
import { completeBreakdowns, publicBreakdowns, shownParts } from "#core/outcomes/public-parts.ts";
import {
  isSamePeriod,
  type Period,
  type StandingTally,
  type TypedTally,
  tallyLabel,
  typedFor,
} from "#core/outcomes/typed-tally.ts";
import { addDays } from "#core/time/zone.ts";

export interface PublicTally {
  readonly group: TallyGroup;
  /** The measure, or `measure:breakdown:part`. */
  readonly measure: string;
  readonly label: string;
  /** London dates, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** By the 10-5 rule; null: fewer than 10, or withheld to protect another figure. */
  readonly count: number | null;
}

export interface PublicTalliesInput {
  /** In the order first typed, withdrawn ones included. */
  readonly tallies: readonly StandingTally[];
  readonly rule: DisclosureRule;
  readonly earlier: readonly PublicTally[];
}

/**
 * Typed totals as a presenter, a file or the public may see them, so that no sum, difference, share or earlier
 * figure gives a count under the threshold back, not even to a reader who knows this program.
 *
 * 1. One measure has figures for periods that never overlap, the stages of the funnel counting as one measure.
 *    Which ones, the periods alone say, never a count: those of earlier releases, then those that were typed first.
 *    So no period lies in another, a difference of two figures is of two separate times and counts nothing, and
 *    what is typed later takes no figure away that somebody may have seen: two looks have no longer period to
 *    compare. A period that is left out is missing from the list, so that a blank is not taken for a small count.
 *    A period of less than four weeks has none. A total that was withdrawn keeps its period and says nothing: given
 *    up, it would let one of a few days more or less leave after it, and a reader may have seen both. Typed again it
 *    stands in its old place, and takes nothing away.
 * 2. What an earlier release said of a measure and period is said again word for word, whatever was corrected
 *    since, and nothing is added: a correction, read as a difference, is a count too.
 * 3. A whole is given by the rule alone, whatever its parts are. Its parts go through `suppressLinked`, as areas do,
 *    where they were typed in full and add up. They are given only if that leaves the whole, and if whole less shown
 *    parts is not a number from 1 to threshold - 1 for certain: that would be the sum of the blanks. Otherwise none of
 *    them is. Both are decided from rounded figures, and all parts without any is what many different data give.
 *    A second breakdown narrows the whole for a reader, and that might narrow a blank of the first: it is given only
 *    where the first has no blank, and only if all of its own parts reach the threshold. So with a second breakdown
 *    there is no blank to work out; and where one is missing, any of its parts may be small.
 * 4. Of nested stages (offered, booked, attended, completed) a difference is a count of people who dropped out.
 *    A stage is given only if its figure lies at least threshold + base from each one given of those typed before
 *    it: each figure is off by at most (base - 1) / 2, so the difference is certainly the threshold or more. A blank stage may
 *    be anything from none to threshold + base people fewer, which holds every number under the threshold, or be
 *    small itself: the blank depends on rounded figures that are shown and its own, and on nothing else.
 */
export function publicTallies({ tallies, rule, earlier }: PublicTalliesInput): PublicTally[] {
  checkedRule(rule);
  const typed = tallies.filter((tally) => isPublic(tally) && isLongEnough(tally));
  return families()
    .flatMap((family) => {
      const own = typed.filter(({ measure }) => family.includes(measure));
      const before = earlier.filter(({ measure }) => family.includes(baseOf(measure)));
      return disjointPeriods(own, before).flatMap((period) => {
        const said = before.filter((figure) => isSamePeriod(figure, period));
        if (said.length > 0) return distinct(said);
        return family.length > 1
          ? funnelFigures(own, period, rule)
          : wholeFigures(own, family, period, rule);
      });
    })
    .sort(byGroup);
}

/** Four weeks: a day or a week counts too few people. */
export const shortestPublicDays = 28;

function isLongEnough({ from, to }: Period): boolean {
  return addDays(from, shortestPublicDays - 1) <= to;
}

export function isPublic({
  measure,
  breakdown,
}: Pick<TypedTally, "measure" | "breakdown">): boolean {
  if (measureOf(measure).isKept) return false;
  return breakdown === null || publicBreakdowns.includes(breakdown);
}

function families(): (readonly MeasureName[])[] {
  const stages: readonly MeasureName[] = funnelStages;
  return [stages, ...measureNames.filter((name) => !stages.includes(name)).map((name) => [name])];
}

/** Published ones first; then typed ones that overlap none before. */
function disjointPeriods(
  typed: readonly StandingTally[],
  before: readonly PublicTally[],
): Period[] {
  const taken: Period[] = [];
  for (const period of before.map(periodOf)) {
    if (!taken.some((other) => isSamePeriod(other, period))) taken.push(period);
  }
  for (const period of typed.filter(({ breakdown }) => breakdown === null).map(periodOf)) {
    if (!taken.some((other) => overlaps(other, period))) taken.push(period);
  }
  return taken.sort((a, b) => compare(a.from, b.from));
}

function wholeFigures(
  typed: readonly StandingTally[],
  [measure]: readonly MeasureName[],
  period: Period,
  rule: DisclosureRule,
): PublicTally[] {
  if (measure === undefined) return [];
  const count = typedFor(typed, { measure, breakdown: null, part: null }, period);
  if (count === null) return [];
  const own = figureOf({ measure, breakdown: null, part: null }, period, shownCount(count, rule));
  const [first, ...others] = completeBreakdowns(typed, { measure, count }, period);
  const shown =
    first === undefined || own.count === null ? null : shownParts(own.count, first.parts, rule);
  if (first === undefined || shown === null) return [own];
  const hasBlank = shown.some((figure) => figure === null);
  const beside = hasBlank
    ? []
    : others.filter(({ parts }) => parts.every(([, value]) => value >= rule.threshold));
  const partFigure = (breakdown: BreakdownName, part: string, figure: Shown) =>
    figureOf({ measure, breakdown, part }, period, figure);
  return [
    own,
    ...first.parts.map(([part], at) => partFigure(first.breakdown, part, shown[at] ?? null)),
    ...beside.flatMap(({ breakdown, parts }) =>
      parts.map(([part, value]) => partFigure(breakdown, part, shownCount(value, rule))),
    ),
  ];
}

function funnelFigures(
  typed: readonly StandingTally[],
  period: Period,
  rule: DisclosureRule,
): PublicTally[] {
  const figures = shownStages(typed, period, rule);
  return funnelStages.flatMap((measure): PublicTally[] => {
    const figure = figures.get(measure);
    return figure === undefined
      ? []
      : [figureOf({ measure, breakdown: null, part: null }, period, figure)];
  });
}

function figureOf(
  key: Omit<TypedTally, "from" | "to" | "value">,
  { from, to }: Period,
  count: Shown,
): PublicTally {
  const { measure, breakdown, part } = key;
  return {
    group: measureOf(measure).group,
    measure: publicName(key),
    label: tallyLabel({ measure, breakdown, part }),
    from,
    to,
    count,
  };
}

/** `cautions`, `sex_workers_identified:residence:not_known` */
export function publicName({
  measure,
  breakdown,
  part,
}: Omit<TypedTally, "from" | "to" | "value">): string {
  return breakdown === null ? measure : `${measure}:${breakdown}:${part}`;
}

function baseOf(name: string): MeasureName {
  return (name.split(":")[0] ?? name) as MeasureName;
}

function periodOf({ from, to }: Period): Period {
  return { from, to };
}

function overlaps(a: Period, b: Period): boolean {
  return a.from <= b.to && b.from <= a.to;
}

/** The same figure in several releases: the first counts, and all agree. */
function distinct(figures: readonly PublicTally[]): PublicTally[] {
  return [
    ...new Map([...figures].reverse().map((figure) => [figure.measure, figure])).values(),
  ].reverse();
}

function byGroup(a: PublicTally, b: PublicTally): number {
  return tallyGroups.indexOf(a.group) - tallyGroups.indexOf(b.group);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Rule 4 of `publicTallies`: funnel stages in order of typing, so that a later stage removes none.
 * A withdrawn stage is missing, and those typed after it, which were checked against it, are blank
 * until it is typed again: they would otherwise be released.
 */
function shownStages(
  typed: readonly StandingTally[],
  period: Period,
  rule: DisclosureRule,
): ReadonlyMap<MeasureName, Shown> {
  const figures = new Map<MeasureName, Shown>();
  let isHeld = false;
  for (const { measure, value, ...own } of typed) {
    if (!isSamePeriod(own, period)) continue;
    if (value === null) {
      isHeld = true;
      continue;
    }
    const figure = isHeld ? null : shownCount(value, rule);
    const isFar = figure !== null && isFarFromAll(measure, figure, figures, rule);
    figures.set(measure, isFar ? figure : null);
  }
  return figures;
}

/** Whether a stage's figure lies far enough below each shown one before it, and above each after it. */
function isFarFromAll(
  measure: MeasureName,
  figure: number,
  figures: ReadonlyMap<MeasureName, Shown>,
  rule: DisclosureRule,
): boolean {
  const at = stageAt(measure);
  return [...figures].every(([other, shown]) => {
    if (shown === null) return true;
    return stageAt(other) < at
      ? areFarApart(shown, figure, rule)
      : areFarApart(figure, shown, rule);
  });
}

function stageAt(measure: MeasureName): number {
  return funnelStages.indexOf(measure as FunnelStage);
}
