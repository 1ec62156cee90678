import { describe, expect, test } from "vitest";
import { bestWay, laneOptions } from "#core/patrols/solve/lane.ts";
import { createRandom } from "#core/random.ts";
import { minuteMs } from "#core/time/zone.ts";
import {
  candidateAt,
  crewOf,
  drawnOptions,
  places,
  shift,
  subsets,
  travel,
} from "#tests/support/plan-options.ts";

type Cell = (typeof places)[number];
const [here, beside, , near, , far] = places as readonly [Cell, Cell, Cell, Cell, Cell, Cell];
const crew = crewOf([1, 2]);
const other = crewOf([3], { mode: "vehicle" });
const seeds = Array.from({ length: 30 }, (_, at) => at + 1);

describe("the options of each crew", () => {
  test("are by start, of several at once the first given, each crew by itself", () => {
    const options = [
      { candidate: candidateAt({ cell: near, from: 60 }), crew },
      { candidate: candidateAt({ cell: here, from: 0 }), crew: other },
      { candidate: candidateAt({ cell: here, from: 0 }), crew },
      { candidate: candidateAt({ cell: far, from: 60 }), crew },
    ];
    const lanes = laneOptions(options, [3, 0, 1, 2, 99], travel);
    expect(lanes.map((lane) => lane.options)).toEqual([[2, 0, 3], [1]]);
    expect(lanes.map((lane) => lane.crew)).toEqual([crew, other]);
    expect([...(lanes[0]?.starts ?? [])]).toEqual([
      shift.start,
      shift.start + 60 * minuteMs,
      shift.start + 60 * minuteMs,
    ]);
    expect(laneOptions(options, [], travel)).toEqual([]);
  });

  test("say which places start in a stretch of time, its end left out", () => {
    const options = [0, 30, 30, 60, 90].map((from) => ({
      candidate: candidateAt({ cell: here, from }),
      crew,
    }));
    const [lane] = laneOptions(options, [0, 1, 2, 3, 4], travel);
    const at = (minutes: number) => shift.start + minutes * minuteMs;
    expect(lane?.between(at(30), at(90))).toEqual([1, 4]);
    expect(lane?.between(at(29), at(91))).toEqual([1, 5]);
    expect(lane?.between(at(31), at(60))).toEqual([3, 3]);
    expect(lane?.between(at(-5), at(1))).toEqual([0, 1]);
    expect(lane?.between(at(91), at(200))).toEqual([5, 5]);
  });

  test.each(seeds)("know of each place all that it may follow (seed %i)", (seed) => {
    const options = drawnOptions(createRandom(seed), { count: 14, crews: [crew], hours: 8 });
    const [lane] = laneOptions(options, [...options.keys()], travel);
    if (!lane) throw new Error("There is one crew");
    const places = [...lane.options.keys()];
    for (const next of places) {
      const may = places.filter((before) => {
        const [a, b] = [options[lane.options[before] ?? -1], options[lane.options[next] ?? -1]];
        return a && b && travel.mayFollow(a.candidate, b.candidate, crew.mode);
      });
      const certain = [...lane.byEnd.subarray(0, lane.certain[next])];
      const near = [...(lane.near[next] ?? [])].map((rank) => lane.byEnd[rank] ?? -1);
      expect([...certain, ...near].sort((a, b) => a - b)).toEqual(may);
      for (const before of places) {
        expect(lane.mayFollow(before, next)).toBe(may.includes(before));
      }
    }
    expect(lane.mayFollow(-1, 0)).toBe(false);
    expect(lane.mayFollow(0, places.length)).toBe(false);
  });

  test("of what ended long before no way is asked again", () => {
    // Here and beside are a minute apart: after ten minutes' rest and that, nothing is in doubt.
    const options = [
      { candidate: candidateAt({ cell: here, from: 0 }), crew },
      { candidate: candidateAt({ cell: beside, from: 61 }), crew },
      { candidate: candidateAt({ cell: here, from: 180 }), crew },
    ];
    const [lane] = laneOptions(options, [0, 1, 2], travel);
    expect([...(lane?.certain ?? [])]).toEqual([0, 0, 2]);
    expect(lane?.near.map((own) => [...own])).toEqual([[], [], []]);
  });
});

describe("the best way through what a crew may have", () => {
  test.each(seeds)("is worth as much as the best that trying all finds (seed %i)", (seed) => {
    const random = createRandom(seed);
    const options = drawnOptions(random, { count: 10, crews: [crew], hours: 8 });
    const [lane] = laneOptions(options, [...options.keys()], travel);
    if (!lane) throw new Error("There is one crew");
    const [first, end] = seed % 2 === 0 ? [0, 10] : [2, 9];
    const worth = Float64Array.from({ length: end - first }, () => random.integer(90) / 100 - 0.1);
    const worthOf = (place: number) => worth[place - first] ?? 0;
    const way = bestWay(lane, [first, end], worth);
    const total = (all: readonly number[]) => all.reduce((sum, place) => sum + worthOf(place), 0);
    const isWay = (all: readonly number[]) =>
      all.every((place, at) => at === 0 || lane.mayFollow(all[at - 1] ?? -1, place));
    expect(isWay(way)).toBe(true);
    expect(way.every((place) => place >= first && place < end && worthOf(place) > 0)).toBe(true);
    let best = 0;
    for (const set of subsets(end - first)) {
      const all = set.map((at) => at + first);
      if (isWay(all)) best = Math.max(best, total(all));
    }
    expect(total(way)).toBeCloseTo(best, 9);
  });

  test.each(seeds)("holds no two that are apart (seed %i)", (seed) => {
    const random = createRandom(seed);
    const options = drawnOptions(random, { count: 16, crews: [crew], hours: 8 });
    const [lane] = laneOptions(options, [...options.keys()], travel);
    if (!lane) throw new Error("There is one crew");
    const worth = Float64Array.from(options, () => 0.01 + random.integer(90) / 100);
    // One zone once, whenever.
    const zoneOf = (place: number) => options[lane.options[place] ?? -1]?.candidate.zone;
    let asked = -1;
    const way = bestWay(lane, [0, 16], worth, {
      ask: (place) => {
        asked = place;
        return true;
      },
      meets: (earlier) => zoneOf(earlier) === zoneOf(asked),
    });
    expect(new Set(way.map(zoneOf)).size).toBe(way.length);
    expect(way.every((place, at) => at === 0 || lane.mayFollow(way[at - 1] ?? -1, place))).toBe(
      true,
    );
    const total = way.reduce((sum, place) => sum + (worth[place] ?? 0), 0);
    expect(total).toBeGreaterThanOrEqual(Math.max(...worth));
  });

  test("there is none where nothing is worth anything", () => {
    const options = drawnOptions(createRandom(1), { count: 4, crews: [crew] });
    const [lane] = laneOptions(options, [0, 1, 2, 3], travel);
    if (!lane) throw new Error("There is one crew");
    expect(bestWay(lane, [0, 4], [0, -1, 0, -3])).toEqual([]);
    expect(bestWay(lane, [2, 2], [])).toEqual([]);
  });
});
