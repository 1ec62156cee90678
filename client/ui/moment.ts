import { formatTimeOfDay } from "#client/ui/format.ts";
import { formatDay } from "#core/time/words.ts";

/** "Mon 29 Nov 10:42", of an instant as the server writes it. */
export function formatMoment(instant: string): string {
  return `${formatDay(instant.slice(0, 10))} ${formatTimeOfDay(instant)}`;
}
