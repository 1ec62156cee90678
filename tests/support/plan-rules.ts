import type { PatrolWindow } from "#core/patrol/window.ts";
import { hourMs, minuteMs, type Zone } from "#core/time/zone.ts";

export interface RuleWindow extends PatrolWindow {
  /** What the unit is held for beyond the window itself. */
  readonly blockStart?: number;
  readonly blockEnd?: number;
}

/**
 * The rules of a plan written down a second time, window against window, without the planner's code:
 * what is broken, in words. Numbers are those of the issue, not those of the settings file.
 */
export function brokenRules(
  windows: readonly RuleWindow[],
  given: { readonly zone: Zone; readonly units: number; readonly blocks?: boolean },
): string[] {
  return [
    ...brokenUnits(windows, given.units, given.blocks ?? false),
    ...brokenGaps(windows),
    ...brokenCaps(windows, given.zone),
    ...windows.flatMap(brokenShape),
  ];
}

/** At no moment more windows than units, and a quarter of an hour between two of one unit. */
function brokenUnits(windows: readonly RuleWindow[], units: number, blocks: boolean): string[] {
  const from = (window: RuleWindow) =>
    blocks ? (window.blockStart ?? window.start) : window.start;
  const to = (window: RuleWindow) =>
    blocks ? (window.blockEnd ?? window.end) : window.end + 15 * minuteMs;
  const broken: string[] = [];
  for (const window of windows) {
    const out = windows.filter((other) => from(other) <= from(window) && from(window) < to(other));
    if (out.length > units) broken.push(`${out.length} units at ${stamp(window.start)}`);
    for (const other of windows) {
      const follows = other !== window && other.unit === window.unit && !blocks;
      if (follows && from(other) <= from(window) && from(window) < to(other)) {
        broken.push(`unit ${window.unit} twice at ${stamp(window.start)}`);
      }
    }
  }
  return broken;
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
