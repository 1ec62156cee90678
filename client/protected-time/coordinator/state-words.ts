import { formatDay, formatTimeOfDay } from "#client/ui/format.ts";
import type { PartnerState } from "#core/protected-time/wire/coordinator.ts";

/** "Up to date, said Thu 25 Nov 09:10" */
export function stateWords(partner: PartnerState): string {
  const { state, confirmedAt, pausedUntil } = partner;
  if (state === "never") return "Never given: no patrol is suggested for anybody";
  if (state === "unreadable") return "Could not be read: no patrol is suggested for anybody";
  const said = confirmedAt ? `said ${dayAndTime(confirmedAt)}` : "";
  if (state === "lapsed") return `Out of date, ${said}: kept clear an hour longer on each side`;
  const pause = pausedUntil ? `; nothing changes until ${formatDay(pausedUntil)}` : "";
  return `Up to date, ${said}${pause}`;
}

export function needsReminder({ state }: PartnerState): boolean {
  return state !== "confirmed";
}

/** In the zone that the server wrote it in. */
export function dayAndTime(instant: string): string {
  return `${formatDay(instant.slice(0, 10))} ${formatTimeOfDay(instant)}`;
}
