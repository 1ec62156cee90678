import { createZone, type Zone } from "#core/time/zone.ts";

const made = new Map<string, Zone>();

/** Cached: computing its clock changes takes a while. */
export function zoneNamed(name: string): Zone {
  const known = made.get(name);
  if (known) return known;
  const zone = createZone(name);
  made.set(name, zone);
  return zone;
}
