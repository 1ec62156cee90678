import { createZone, type Zone } from "#core/time/zone.ts";

const made = new Map<string, Zone>();

/** The zone that the session names; reading its clock changes takes a while, so it is kept. */
export function zoneNamed(name: string): Zone {
  const known = made.get(name);
  if (known) return known;
  const zone = createZone(name);
  made.set(name, zone);
  return zone;
}
