import { getPosition } from "suncalc";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import type { Light } from "#core/patrols/reasons.ts";
import { minuteMs } from "#core/time/zone.ts";

/** The sun's centre when its upper edge is on the horizon, and at the end of civil dusk. */
const horizonDegrees = -0.833;
const duskDegrees = -6;
const stepMs = 10 * minuteMs;

/** Light while the sun is up, dark after civil dusk; a summer night without one is light or in between. */
export function lightAt(cell: H3Cell, start: number, end: number): Light {
  const [lng, lat] = cellCentre(cell);
  let isAllLight = true;
  let isAllDark = true;
  for (let at = start; at <= end; at += stepMs) {
    const { altitude } = getPosition(new Date(at), lat, lng);
    if (altitude < horizonDegrees) isAllLight = false;
    if (altitude > duskDegrees) isAllDark = false;
  }
  if (isAllLight) return "light";
  return isAllDark ? "dark" : "partly dark";
}
