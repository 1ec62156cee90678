import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { PlaceAndTime } from "#core/protected-time/wire/police.ts";
import {
  createZone,
  dayMs,
  formatInstant,
  formatLocal,
  minuteMs,
  parseLocal,
  type Zone,
} from "#core/time/zone.ts";

export function usePlaceTime(from: number, minutes: number) {
  const { timeZone } = useSession();
  const zone = createZone(timeZone);
  const [draft, setDraft] = useState<PlaceTimeDraft>(() => {
    const [date = "", start = ""] = formatLocal(zone.toLocal(from)).split("T");
    const [, to = ""] = formatLocal(zone.toLocal(from + minutes * minuteMs)).split("T");
    return { place: null, date, from: start.slice(0, 5), to: to.slice(0, 5) };
  });
  const [faults, setFaults] = useState<PlaceTimeFaults>({});
  const [fault, setFault] = useState<ApiError | null>(null);
  const [isBusy, setBusy] = useState(false);
  return {
    draft,
    faults,
    fault,
    isBusy,
    missing: missingOf(draft),
    change: (part: Partial<PlaceTimeDraft>) => {
      setDraft((before) => ({ ...before, ...part }));
      setFaults({});
      setFault(null);
    },
    send: async (work: (what: PlaceAndTime) => Promise<void>): Promise<void> => {
      const read = readPlaceTime(zone, draft);
      if (!read.ok) {
        setFaults(read.faults);
        return;
      }
      setBusy(true);
      setFault(null);
      try {
        await work(read.value);
      } catch (cause) {
        setFault(errorFromFailure(cause, "write"));
      }
      setBusy(false);
    },
  };
}

export interface ChosenPlace {
  readonly name: string;
  readonly asked: { readonly place: string } | { readonly cell: H3Cell };
  readonly cells: readonly H3Cell[];
}

export interface PlaceTimeDraft {
  readonly place: ChosenPlace | null;
  readonly date: string;
  readonly from: string;
  readonly to: string;
}

/** Names the missing field; null when complete. */
function missingOf({ place, date, from, to }: PlaceTimeDraft): string | null {
  if (place === null) return "Choose a place first";
  if (date === "") return "Enter the day first";
  return isTime(from) && isTime(to) ? null : "Enter the times first";
}

export type PlaceTimeFaults = Partial<Record<keyof PlaceTimeDraft, string>>;

/** London time; an end at or before the start is on the next day. */
function readPlaceTime(
  zone: Zone,
  { place, date, from, to }: PlaceTimeDraft,
): { readonly ok: true; readonly value: PlaceAndTime } | { ok: false; faults: PlaceTimeFaults } {
  const faults: PlaceTimeFaults = {
    ...(place === null && { place: "Choose a place from the list, or click the map." }),
    ...(!/^\d{4}-\d\d-\d\d$/.test(date) && { date: "Enter the day." }),
    ...(!isTime(from) && { from: "Enter the time, such as 21:30." }),
    ...(!isTime(to) && { to: "Enter the time, such as 22:15." }),
  };
  if (place === null || Object.keys(faults).length > 0) return { ok: false, faults };
  const start = parseLocal(`${date}T${from}`);
  const sameDay = parseLocal(`${date}T${to}`);
  const end = sameDay > start ? sameDay : sameDay + dayMs;
  // In the hour that repeats, take the longer span.
  const instant = (local: number, reading: "earlier" | "later") =>
    formatInstant(zone, zone.toInstant(local, reading));
  return {
    ok: true,
    value: { ...place.asked, from: instant(start, "earlier"), to: instant(end, "later") },
  };
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
