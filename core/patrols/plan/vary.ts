import {
  createScoreLedger,
  type ScoreLedger,
  type ScoreMark,
  shareOf,
} from "#core/patrols/arrival-times/score-ledger.ts";
import {
  createVariants,
  type VariantSpan,
  type VariationGround,
} from "#core/patrols/arrival-times/variants.ts";
import type { Candidate } from "#core/patrols/candidates/candidate.ts";
import type { AssignedPlan, AssignedWindow } from "#core/patrols/plan/finish.ts";
import {
  createVisitLedger,
  type VisitEntry,
  type VisitLedger,
} from "#core/patrols/plan/visit-ledger.ts";
import type { Travel } from "#core/patrols/walk/travel.ts";
import { createRandom, type Random } from "#core/random.ts";
import { minuteMs } from "#core/time/zone.ts";

export interface VariationGoal {
  readonly mostLoss: number;
  /** Share of the possible score from which on times are left alone. */
  readonly enough: number;
}

export const variationGoal: VariationGoal = { mostLoss: 0.01, enough: 0.95 };

/**
 * Required return of a share of value given up, as a share of what is possible: nearly free changes
 * first, then dearer ones. At the first price nothing is given up.
 */
const prices = { free: 1e6, first: 50, last: 0.5 };
/** Passes over the windows: more for small plans, as large ones take long enough. */
const rounds = { least: 4, most: 9, windows: 1_000 };
/** Swaps tried per window and round. */
const partners = 3;
const timesEach = 4;
const leastGain = 1e-9;

interface Variant {
  readonly candidate: Candidate;
  readonly visits: VisitEntry;
  readonly marks: readonly ScoreMark[];
}

interface Slot {
  readonly given: Pick<AssignedWindow, "crew" | "unit">;
  readonly before: number;
  readonly after: number;
  now: Variant;
}

interface Desk {
  readonly slots: readonly Slot[];
  readonly travel: Travel;
  readonly visits: VisitLedger;
  readonly scores: ScoreLedger;
  readonly variantsOf: ReturnType<typeof createVariants<Variant>>;
  readonly random: Random;
  /** The plan's original value, in millionths. */
  readonly worth: number;
  readonly goal: VariationGoal;
  /** Score that a share of the value must bring. */
  price: number;
}

/**
 * Varies the arrivals of a plan's patrols: other times within a unit's room, other stop orders,
 * swapped windows, until the score is near enough to what is possible or the value that may be
 * given up is spent. Each unit keeps its number of windows, and every rule holds. Deterministic in
 * the seed.
 */
export function varyArrivals(
  plan: AssignedPlan,
  ground: VariationGround,
  travel: Travel,
  goal: VariationGoal = variationGoal,
): AssignedPlan {
  const desk = openDesk(plan, ground, travel, goal);
  const { slots, visits } = desk;
  const offset = desk.worth - visits.millionths();
  // Free changes are always taken.
  goThrough(desk, () => false);
  const { least, most, windows } = rounds;
  const count = Math.max(least, Math.min(most, Math.floor(windows / Math.max(1, slots.length))));
  for (let round = 0; round < count && !isEnough(desk); round += 1) {
    desk.price = prices.first * (prices.last / prices.first) ** (round / (count - 1));
    goThrough(desk, () => isEnough(desk));
  }
  return {
    windows: slots.map(({ given, now }) => ({ ...given, candidate: now.candidate })),
    value: (visits.millionths() + offset) / 1e6,
  };
}

function openDesk(
  plan: AssignedPlan,
  ground: VariationGround,
  travel: Travel,
  goal: VariationGoal,
): Desk {
  const visits = createVisitLedger(ground.context);
  const scores = createScoreLedger(ground);
  const variantOf = (candidate: Candidate): Variant => ({
    candidate,
    visits: visits.entryOf(candidate),
    marks: scores.marksOf(candidate.stops),
  });
  const desk: Desk = {
    slots: slotsOf(plan.windows, variantOf),
    travel,
    visits,
    scores,
    variantsOf: createVariants(ground, variantOf),
    random: createRandom(ground.context.seed),
    worth: Math.round(plan.value * 1e6),
    goal,
    price: prices.free,
  };
  for (const { now } of desk.slots) putIn(desk, now);
  return desk;
}

function slotsOf(
  windows: readonly AssignedWindow[],
  variantOf: (candidate: Candidate) => Variant,
): Slot[] {
  const ordered = [...windows].sort(
    (a, b) => a.candidate.start - b.candidate.start || a.unit - b.unit,
  );
  const lastOf = new Map<number, number>();
  const afters = new Map<number, number>();
  const befores = ordered.map(({ unit }, at) => {
    const before = lastOf.get(unit) ?? -1;
    if (before >= 0) afters.set(before, at);
    lastOf.set(unit, at);
    return before;
  });
  return ordered.map(({ candidate, crew, unit }, at) => ({
    given: { crew, unit },
    before: befores[at] ?? -1,
    after: afters.get(at) ?? -1,
    now: variantOf(candidate),
  }));
}

function isEnough({ scores, goal }: Desk): boolean {
  return shareOf(scores.sums()) >= goal.enough;
}

function putIn({ visits, scores }: Desk, variant: Variant): void {
  visits.take(variant.visits);
  scores.add(variant.marks);
}

function takeOut({ visits, scores }: Desk, variant: Variant): void {
  visits.drop(variant.visits);
  scores.drop(variant.marks);
}

/** Each window once, in a seeded order: alone, and swapped with a few others. */
function goThrough(desk: Desk, isOver: () => boolean): void {
  const { slots, random } = desk;
  for (const slot of random.shuffle([...slots])) {
    if (isOver()) return;
    changed(desk, [{ slot, spans: spansFor(desk, slot, slot.now.candidate) }]);
    for (let other = 0; other < partners && !isOver(); other += 1) {
      const partner = slots[random.integer(slots.length)];
      if (partner && mayTrade(desk, slot, partner)) trade(desk, slot, partner);
    }
  }
}

/** Not neighbours of one unit: each is judged by where the other is. */
function mayTrade({ slots }: Desk, one: Slot, other: Slot): boolean {
  const [a, b] = [one.now.candidate, other.now.candidate];
  const areNeighbours = slots[one.before] === other || slots[one.after] === other;
  return a.zone !== b.zone && a.mode === b.mode && a.squad === b.squad && !areNeighbours;
}

function trade(desk: Desk, one: Slot, other: Slot): void {
  const here = drawn(desk, spansFor(desk, one, other.now.candidate));
  const there = drawn(desk, spansFor(desk, other, one.now.candidate));
  if (here.length === 0 || there.length === 0) return;
  changed(desk, [
    { slot: one, spans: here },
    { slot: other, spans: there },
  ]);
}

function drawn<Item>({ random }: Desk, items: readonly Item[]): readonly Item[] {
  if (items.length <= timesEach) return items;
  const first = random.integer(items.length);
  const step = 1 + random.integer(items.length - 1);
  const places = Array.from({ length: timesEach }, (_, at) => (first + at * step) % items.length);
  return [...new Set(places)].flatMap((place) => items[place] ?? []);
}

/** Times of a place that fit a slot: its unit is there and free; travel is judged later. */
function spansFor(
  { slots, travel, variantsOf }: Desk,
  { given: { crew }, before, after, now }: Slot,
  { zone, mode }: Candidate,
): VariantSpan<Variant>[] {
  const rest = travel.restMinutes * minuteMs;
  const last = slots[before]?.now.candidate.end;
  const next = slots[after]?.now.candidate.start;
  const from = Math.max(crew.from, last === undefined ? -Infinity : last + rest);
  const to = Math.min(crew.to, next === undefined ? Infinity : next - rest);
  return variantsOf(zone, { mode, squad: crew.squad }, now.candidate.shift).filter(
    ({ start, end }) => from <= start && end <= to,
  );
}

interface Choice {
  readonly slot: Slot;
  readonly spans: readonly VariantSpan<Variant>[];
}

/**
 * Gives each slot its best span at the current price, if better than before. Slots are of different
 * zones and not neighbours, so each is chosen independently with all of them taken out.
 */
function changed(desk: Desk, choices: readonly Choice[]): void {
  const { visits, scores, goal, worth, price } = desk;
  const old = scores.sums();
  const share = shareOf(old);
  const value = visits.millionths();
  const before = choices.map(({ slot }) => slot.now);
  const put = (variants: readonly (Variant | null)[]) =>
    choices.forEach(({ slot }, at) => {
      slot.now = variants[at] as Variant;
      putIn(desk, slot.now);
    });
  for (const one of before) takeOut(desk, one);
  const asWas = { share, possible: old.possible };
  const best = choices.map((choice) => bestOf(desk, choice, asWas, choices.length === 1));
  if (best.every((one) => one !== null)) {
    put(best);
    const gain = shareOf(scores.sums()) - share;
    const lost = (value - visits.millionths()) / worth;
    const isAfforded = worth - visits.millionths() <= goal.mostLoss * worth;
    if (isAfforded && gain > leastGain && gain - price * lost > leastGain) return;
    for (const { slot } of choices) takeOut(desk, slot.now);
  }
  put(before);
}

/** Best option by score gain less the price of the value lost. */
function bestOf(
  desk: Desk,
  { slot, spans }: Choice,
  { share, possible }: { readonly share: number; readonly possible: number },
  /** Nothing else changes: an option must gain by itself. */
  isAlone: boolean,
): Variant | null {
  const { visits, scores, worth, price } = desk;
  // First-order estimate; the score itself decides whether it is a gain.
  const gainOf = ({ marks }: Variant) => {
    const added = scores.addedBy(marks);
    return (added.score - share * added.possible) / Math.max(1e-9, possible);
  };
  const least = isAlone ? gainOf(slot.now) + leastGain : -Infinity;
  let best: Variant | null = null;
  let most = -Infinity;
  for (const span of spans) {
    for (const variant of span.variants()) {
      if (!visits.fits(variant.visits) || !comesInTime(desk, slot, variant)) continue;
      const gain = gainOf(variant);
      if (gain < least) continue;
      const merit = gain + (price * visits.worthOf(variant.visits)) / worth;
      if (merit > most) {
        best = variant;
        most = merit;
      }
    }
  }
  return best;
}

/** The unit can come from the window before, reach the one after, and what is agreed. */
function comesInTime(
  { slots, travel }: Desk,
  { given: { crew }, before, after }: Slot,
  { candidate }: Variant,
): boolean {
  const [earlier, later] = [slots[before]?.now.candidate, slots[after]?.now.candidate];
  return (
    (!earlier || travel.mayFollow(earlier, candidate, candidate.mode, crew.squad?.kmh)) &&
    (!later || travel.mayFollow(candidate, later, later.mode, crew.squad?.kmh)) &&
    crew.busy.every((window) => travel.mayShare(window, candidate, crew.mode, crew.squad?.kmh))
  );
}
