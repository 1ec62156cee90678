import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import { createRandom } from "#core/random.ts";
import { minuteMs } from "#core/time/zone.ts";

/**
 * Minutes from the window's start to each arrival: stops of full dwell, the walk before each, and what
 * time is left spread evenly after the stops. Null when they do not fit.
 */
export function arrivalMinutes(
  lengthMinutes: number,
  legs: readonly number[],
  settings: Pick<PatrolSettings, "dwellMinutes">,
): number[] | null {
  const busy = busyMinutes(legs, settings);
  const idle = lengthMinutes - busy;
  if (idle < 0) return null;
  let elapsed = 0;
  return legs.map((leg, index) => {
    elapsed += leg;
    const arrival = elapsed + Math.floor((idle * index) / legs.length);
    elapsed += settings.dwellMinutes;
    return arrival;
  });
}

export function busyMinutes(
  legs: readonly number[],
  settings: Pick<PatrolSettings, "dwellMinutes">,
): number {
  return legs.reduce((all, leg) => all + leg, 0) + legs.length * settings.dwellMinutes;
}

export function minutesBetween(start: number, end: number): number {
  return Math.floor((end - start) / minuteMs);
}

const stepMinutes = 5;

/**
 * Cuts a block of `available` minutes to a window of permitted length: start and end move inwards by up
 * to 15 minutes, drawn from the seed and the block's own key, so that one block never changes another.
 * Null when the block is too short for any window.
 */
export function variedWindow(
  available: number,
  key: string,
  settings: Pick<PatrolSettings, "shortestMinutes" | "longestMinutes" | "variationMinutes">,
): { readonly delay: number; readonly length: number } | null {
  const room = available - settings.shortestMinutes;
  if (room < 0) return null;
  const random = createRandom(hash(key));
  const draw = (least: number, most: number) =>
    least + stepMinutes * random.integer(Math.floor((most - least) / stepMinutes) + 1);
  const mustLose = Math.max(0, available - settings.longestMinutes);
  const delay = draw(
    Math.max(0, mustLose - settings.variationMinutes),
    Math.min(settings.variationMinutes, room),
  );
  const cut = draw(
    Math.max(0, mustLose - delay),
    Math.min(settings.variationMinutes, room - delay),
  );
  return { delay, length: available - delay - cut };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  return value >>> 0;
}
