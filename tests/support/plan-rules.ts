import { cellToLatLng, greatCircleDistance, UNITS } from "h3-js";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import { hourMs, minuteMs, type Zone } from "#core/time/zone.ts";

export type RuleWindow = PatrolWindow;

/**
 * The rules of a plan written down a second time, window against window, without the planner's code:
 * what is broken, in words. Numbers are those of the issue, not those of the settings file. With `anyUnit` the
 * windows have no units yet, and it is asked whether so many could have them.
 */
export function brokenRules(
  windows: readonly RuleWindow[],
  given: { readonly zone: Zone; readonly units: number; readonly anyUnit?: boolean },
): string[] {
  return [
    ...(given.anyUnit ? brokenHands(windows, given.units) : brokenUnits(windows, given.units)),
    ...brokenGaps(windows),
    ...brokenCaps(windows, given.zone),
    ...windows.flatMap(brokenShape),
  ];
}

/** Ten minutes of rest and the way, at 80 metres a minute on streets that are 1.3 times as long. */
function comesInTime(before: RuleWindow, next: RuleWindow): boolean {
  const from = before.stops.at(-1)?.cell ?? before.zone;
  const to = next.stops[0]?.cell ?? next.zone;
  const metres = greatCircleDistance(cellToLatLng(from), cellToLatLng(to), UNITS.m);
  const minutes = from === to ? 0 : Math.ceil((metres * 1.3) / 80);
  return next.start - before.end >= (10 + minutes) * minuteMs;
}

/** A unit is in one place at a time, on foot, and no unit is there that is not. */
function brokenUnits(windows: readonly RuleWindow[], units: number): string[] {
  const broken = windows
    .filter(({ unit }) => unit > units)
    .map(({ unit }) => `unit ${unit} of ${units}`);
  windows.forEach((window, at) => {
    for (const other of windows.slice(at + 1)) {
      if (other.unit !== window.unit) continue;
      const [first, second] = window.start <= other.start ? [window, other] : [other, window];
      if (!comesInTime(first, second)) {
        broken.push(`unit ${window.unit} twice at ${stamp(second.start)}`);
      }
    }
  });
  return broken;
}

/** Whether so many units can have these windows between them: every way of handing them out is tried. */
function brokenHands(windows: readonly RuleWindow[], units: number): string[] {
  const ordered = [...windows].sort((a, b) => a.start - b.start);
  const handOut = (at: number, last: readonly RuleWindow[]): boolean => {
    const window = ordered[at];
    if (!window) return true;
    if (last.length < units && handOut(at + 1, [...last, window])) return true;
    return last.some(
      (one, unit) => comesInTime(one, window) && handOut(at + 1, last.with(unit, window)),
    );
  };
  return handOut(0, []) ? [] : [`not with ${units} units`];
}

function brokenGaps(windows: readonly RuleWindow[]): string[] {
  const visits = windows.flatMap((window) => window.stops);
  const broken: string[] = [];
  visits.forEach((visit, index) => {
    for (const other of visits.slice(index + 1)) {
      if (other.cell !== visit.cell) continue;
      const gap = Math.max(other.arrive - visit.depart, visit.arrive - other.depart);
      if (gap < 2 * hourMs) broken.push(`${visit.cell} again after ${gap / minuteMs} minutes`);
    }
  });
  return broken;
}

function brokenCaps(windows: readonly RuleWindow[], zone: Zone): string[] {
  const perDay = new Map<string, number>();
  const perWeek = new Map<string, number>();
  for (const stop of windows.flatMap((window) => window.stops)) {
    const date = zone.dateOf(stop.arrive);
    const monday = new Date(`${date}T00:00Z`);
    monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
    const week = `${stop.cell} ${monday.toISOString().slice(0, 10)}`;
    perDay.set(`${stop.cell} ${date}`, (perDay.get(`${stop.cell} ${date}`) ?? 0) + 1);
    perWeek.set(week, (perWeek.get(week) ?? 0) + 1);
  }
  return [
    ...[...perDay]
      .filter(([, count]) => count > 4)
      .map(([key, count]) => `${key}: ${count} visits`),
    ...[...perWeek]
      .filter(([, count]) => count > 16)
      .map(([key, count]) => `${key}: ${count} a week`),
  ];
}

function brokenShape(window: RuleWindow): string[] {
  const minutes = (window.end - window.start) / minuteMs;
  const broken: string[] = [];
  if (minutes < 60 || minutes > 120) broken.push(`window of ${minutes} minutes`);
  let free = window.start;
  for (const stop of window.stops) {
    if (stop.arrive < free) broken.push(`stop at ${stamp(stop.arrive)} before it is free`);
    if (stop.depart - stop.arrive !== 15 * minuteMs) broken.push("stop is not 15 minutes");
    free = stop.depart;
  }
  if (free > window.end) broken.push("last stop runs past the end");
  return broken;
}

function stamp(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}
