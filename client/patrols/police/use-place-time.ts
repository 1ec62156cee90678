import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import type { PlaceAndTime } from "#client/patrols/police/police-api.ts";
import { zoneNamed } from "#client/state/zone.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import {
  dayMs,
  formatInstant,
  formatLocal,
  minuteMs,
  parseLocal,
  type Zone,
} from "#core/time/zone.ts";

/** A draft of a place and a time, and what is sent of it. */
export function usePlaceTime(from: number, minutes: number) {
  const { timeZone } = useSession();
  const zone = zoneNamed(timeZone);
  const [draft, setDraft] = useState<PlaceTimeDraft>(() => {
    const [date = "", start = ""] = formatLocal(zone.toLocal(from)).split("T");
    const [, to = ""] = formatLocal(zone.toLocal(from + minutes * minuteMs)).split("T");
    return { cell: null, date, from: start.slice(0, 5), to: to.slice(0, 5) };
  });
  const [faults, setFaults] = useState<PlaceTimeFaults>({});
  const [fault, setFault] = useState<ApiError | null>(null);
  const [isBusy, setBusy] = useState(false);
  return {
    zone,
    draft,
    faults,
    fault,
    isBusy,
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

/** What somebody has chosen and typed so far. */
export interface PlaceTimeDraft {
  readonly cell: H3Cell | null;
  readonly date: string;
  readonly from: string;
  readonly to: string;
}

export type PlaceTimeFaults = Partial<Record<keyof PlaceTimeDraft, string>>;

/** Read as London wall clock; an end at or before the start lies on the next day. */
function readPlaceTime(
  zone: Zone,
  { cell, date, from, to }: PlaceTimeDraft,
): { readonly ok: true; readonly value: PlaceAndTime } | { ok: false; faults: PlaceTimeFaults } {
  const faults: PlaceTimeFaults = {
    ...(cell === null && { cell: "Choose the place: search for it, or click the map." }),
    ...(!/^\d{4}-\d\d-\d\d$/.test(date) && { date: "Enter the day." }),
    ...(!isTime(from) && { from: "Enter the time, such as 21:30." }),
    ...(!isTime(to) && { to: "Enter the time, such as 22:15." }),
  };
  if (cell === null || Object.keys(faults).length > 0) return { ok: false, faults };
  const start = parseLocal(`${date}T${from}`);
  const sameDay = parseLocal(`${date}T${to}`);
  const end = sameDay > start ? sameDay : sameDay + dayMs;
  // In the hour that clocks repeat the longer stretch is meant.
  const instant = (local: number, reading: "earlier" | "later") =>
    formatInstant(zone, zone.toInstant(local, reading));
  return {
    ok: true,
    value: { cell, from: instant(start, "earlier"), to: instant(end, "later") },
  };
}

function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}
