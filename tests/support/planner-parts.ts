import type { PlanOption } from "#core/patrols/candidates/option.ts";
import { createDoseLedger } from "#core/patrols/ground/dose.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { finishPlan } from "#core/patrols/plan/finish.ts";
import { createCrewPlan, heaviestClash } from "#core/patrols/solve/crew-plan.ts";
import { addGreedily } from "#core/patrols/solve/greedy.ts";
import { halfCuts, type WholeRow } from "#core/patrols/solve/half-cuts.ts";
import { bestWay, laneOptions } from "#core/patrols/solve/lane.ts";
import { lpText, type Packing, packingValue } from "#core/patrols/solve/packing.ts";
import { rerouted } from "#core/patrols/solve/reroute.ts";
import { unitNumbers } from "#core/patrols/solve/roster.ts";
import { coverByCliques, planRows } from "#core/patrols/solve/rows.ts";
import { jointBound, pricedValues, repaired, splitPacking } from "#core/patrols/solve/split.ts";
import { createRandom, type Random } from "#core/random.ts";
import { dayMs, hourMs, minuteMs } from "#core/time/zone.ts";
import {
  crewOf,
  drawnOptions,
  london,
  places,
  shift,
  travel,
} from "#tests/support/plan-options.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";
import { preparePlan } from "#tests/support/prepared-plan.ts";

/** So few visits that caps of a day and of a week bind. */
const settings = { ...patrolDefaults, visitsPerDay: 2, visitsPerWeek: 3 };

/** What each part of the planner makes of the same drawn windows, as text: numbers to the millionth. */
export function partsText(seed: number): string {
  const random = createRandom(seed);
  const options = drawnWindows(random);
  const packing = packingOf(options, random);
  const shares = Float64Array.from(options, () => (random.integer(3) === 0 ? random.next() : 0));
  const chosen = [...options.keys()].filter(() => random.integer(4) === 0);
  random.shuffle(chosen);
  const sections: readonly (readonly [string, () => unknown])[] = [
    ["rows", () => packing.rows.map(rowText)],
    ["cliques", () => cliquesOf(random)],
    ["greedy", () => addGreedily(packing, minutesOf(options))],
    ["filled", () => filledText(options, packing, chosen)],
    ["crews", () => crewsText(options, packing, { chosen, shares })],
    ["numbers", () => numbersText(options, chosen)],
    ["cuts", () => halfCuts({ rows: wholeRows(packing), shares, most: 6 }).map(cutText)],
    ["split", () => splitText(options, packing, { chosen, random })],
    ["ways", () => waysText(options, packing)],
    ["clash", () => clashOf(options, shares)],
    ["again", () => againOf(options, packing, seed)],
    [
      "model",
      () => [...lpText(packing)].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) | 0, 0),
    ],
  ];
  return sections.map(([name, made]) => `${name}\n${textOf(made())}`).join("\n\n");
}

/** Windows of several stops by three crews over two days, in no order. */
function drawnWindows(random: Random): PlanOption[] {
  const crews = [crewOf([1, 2]), crewOf([5], { mode: "vehicle" }), crewOf([3, 4])];
  const drawn = drawnOptions(random, { count: 48, crews, hours: 4 }).map((option, at) => {
    const { candidate } = option;
    const late = at % 5 === 0 ? dayMs : 0;
    const second = places[random.integer(places.length)] ?? candidate.stops[0]?.cell;
    const arrive = candidate.start + 30 * minuteMs;
    const more =
      at % 3 === 0 && second !== undefined && second !== candidate.stops[0]?.cell
        ? [{ cell: second, arrive, depart: arrive + 15 * minuteMs }]
        : [];
    return {
      ...option,
      candidate: {
        ...candidate,
        start: candidate.start + late,
        end: candidate.end + late,
        shift: {
          ...candidate.shift,
          start: candidate.shift.start + late,
          end: candidate.shift.end + late,
        },
        stops: [...candidate.stops, ...more].map(({ cell, ...stop }) => ({
          cell,
          arrive: stop.arrive + late,
          depart: stop.depart + late,
        })),
      },
    };
  });
  return random.shuffle(drawn);
}

function packingOf(options: readonly PlanOption[], random: Random): Packing {
  const counted = Array.from({ length: 6 }, () => {
    const arrive = shift.start - random.integer(30) * hourMs;
    const cell = places[random.integer(places.length)] ?? places[0];
    return { cell: cell as (typeof places)[number], arrive, depart: arrive + 15 * minuteMs };
  });
  const rows = planRows(options, {
    zone: london,
    credit: {
      reachedFrom: () => 16,
      expectedIn: (_: string, from: number, to: number) => (0.2 * (to - from)) / hourMs,
    },
    dose: createDoseLedger(counted, london, settings),
    settings,
  });
  return { values: Float64Array.from(options, ({ candidate }) => candidate.value), rows };
}

function minutesOf(options: readonly PlanOption[]): Float64Array {
  return Float64Array.from(
    options,
    ({ candidate }) => (candidate.end - candidate.start) / minuteMs,
  );
}

/** Stretches of a line that overlap or not, by start. */
function cliquesOf(random: Random): number[][] {
  const stretches = Array.from({ length: 24 }, () => {
    const from = random.integer(60);
    return { from, to: from + 2 + random.integer(12) };
  }).sort((a, b) => a.from - b.from);
  return coverByCliques({
    count: stretches.length,
    conflict: (a, b) =>
      (stretches[a]?.from ?? 0) < (stretches[b]?.to ?? 0) &&
      (stretches[b]?.from ?? 0) < (stretches[a]?.to ?? 0),
    mayConflict: (a, b) => (stretches[b]?.from ?? 0) - (stretches[a]?.from ?? 0) < 14,
  });
}

function filledText(options: readonly PlanOption[], packing: Packing, chosen: readonly number[]) {
  const crewPlan = createCrewPlan(options, packing.values, travel);
  const start = repaired(packing, crewPlan.possible(chosen));
  const filled = addGreedily(packing, minutesOf(options), start, crewPlan.admission(start));
  return [start.join(), filled.join(), packingValue(packing, filled)];
}

function crewsText(
  options: readonly PlanOption[],
  packing: Packing,
  { chosen, shares }: { readonly chosen: readonly number[]; readonly shares: Float64Array },
) {
  const crewPlan = createCrewPlan(options, packing.values, travel);
  const clash = crewPlan.clash(chosen);
  return [
    crewPlan.possible(chosen).join(),
    clash === null ? "none" : `${clash.limit}: ${clash.members.join()}`,
    ...crewPlan
      .clashesInPart(shares.map((share) => share * 3))
      .map(({ limit, members }) => `${limit}: ${members.join()}`),
  ];
}

function numbersText(options: readonly PlanOption[], chosen: readonly number[]) {
  const some = chosen.flatMap((at) => options[at] ?? []);
  const { numbers, dropped } = unitNumbers(some, travel);
  return [
    chosen.map((at) => `${at}:${numbers.get(options[at] as PlanOption) ?? "-"}`).join(" "),
    dropped.map((option) => options.indexOf(option)).join(),
  ];
}

function wholeRows({ rows }: Packing): WholeRow[] {
  return rows
    .filter(({ steps }) => steps === undefined)
    .map(({ limit, members }) => ({
      columns: members,
      values: members.map((member) => (member % 7 === 0 ? 2 : 1)),
      limit,
    }));
}

function cutText({ columns, values, limit }: WholeRow): string {
  return `${columns.map((column, at) => `${values[at]}x${column}`).join(" + ")} <= ${limit}`;
}

function splitText(
  options: readonly PlanOption[],
  packing: Packing,
  { chosen, random }: { readonly chosen: readonly number[]; readonly random: Random },
) {
  const { parts, joint } = splitPacking(
    packing,
    (option) => options[option]?.candidate.shift.start,
  );
  const prices = packing.rows.map(() => random.next() - 0.3);
  return [
    joint.join(),
    ...parts.map((part) => `${part.options.join()} | ${part.packing.rows.map(rowText).join("; ")}`),
    [...pricedValues(packing, joint, prices)],
    jointBound(packing, joint, prices, [1.5, 2.25]),
    repaired(packing, chosen).join(),
  ];
}

function waysText(options: readonly PlanOption[], packing: Packing) {
  return laneOptions(options, [...options.keys()].reverse(), travel).map((lane) => {
    const worth = lane.options.map((option) => (packing.values[option] ?? 0) - 0.2);
    const [first, end] = lane.between(shift.start + hourMs, shift.start + dayMs + 3 * hourMs);
    return [
      lane.options.join(),
      [...lane.certain].join(),
      [...lane.byEnd].join(),
      lane.near.map((ranks) => [...ranks].map((rank) => lane.byEnd[rank]).join(".")).join(" "),
      `${first}-${end}`,
      bestWay(lane, [0, lane.options.length], worth).join(),
      bestWay(lane, [first, end], worth.slice(first)).join(),
    ].join(" | ");
  });
}

function clashOf(options: readonly PlanOption[], shares: Float64Array) {
  const ordered = [...options.keys()].sort(
    (a, b) => (options[a]?.candidate.start ?? 0) - (options[b]?.candidate.start ?? 0) || a - b,
  );
  const { members, weight } = heaviestClash({
    count: ordered.length,
    weight: (at) => (shares[ordered[at] ?? -1] ?? 0) + 0.01,
    mayFollow: (a, b) => {
      const [one, next] = [options[ordered[a] ?? -1], options[ordered[b] ?? -1]];
      if (one === undefined || next === undefined) return false;
      return travel.mayFollow(one.candidate, next.candidate, "foot");
    },
  });
  return [members.join(), weight];
}

function againOf(options: readonly PlanOption[], packing: Packing, seed: number) {
  const crewPlan = createCrewPlan(options, packing.values, travel);
  const start = addGreedily(packing, minutesOf(options), [], crewPlan.admission([]));
  const after = rerouted({
    packing,
    options,
    travel,
    reduced: packing.values.map((value) => value - 0.6),
    start,
    random: createRandom(seed),
    rounds: 60,
    roundsInTime: () => 60,
    isEnough: () => false,
    isOver: () => false,
  });
  return [start.join(), after.join(), packingValue(packing, after)];
}

/** A whole small plan from reports to windows, without the solver. */
export function planText(seed: number): string {
  const input = scenarioInput(london, {
    days: 2,
    units: 2,
    shifts: [{ startMinute: 18 * 60, endMinute: 23 * 60 }],
    seed,
    count: 90,
    dataSeed: seed,
  });
  const prepared = preparePlan(input, london, patrolDefaults);
  const { packing, options, greedy, minutes } = prepared;
  const { windows, objective, range } = finishPlan(prepared, greedy, london);
  return [
    `${options.length} options, ${packing.rows.length} rows`,
    textOf([...packing.values]),
    textOf([...minutes]),
    packing.rows.map(rowText).join("\n"),
    greedy.join(),
    ...windows.map((window) => textOf(window)),
    textOf({ objective, range }),
  ].join("\n");
}

function rowText({ limit, members, steps }: Packing["rows"][number]): string {
  return `${limit}${steps ? ` +${steps.join("/")}` : ""}: ${members.join()}`;
}

function textOf(made: unknown): string {
  const plain = (_: string, value: unknown) =>
    typeof value === "number" ? Math.round(value * 1e6) / 1e6 : value;
  if (Array.isArray(made) && made.every((one) => typeof one === "string")) return made.join("\n");
  return JSON.stringify(made, plain);
}
