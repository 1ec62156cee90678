import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import {
  type PlaceTimeDraft,
  type PlaceTimeFaults,
  readPlaceTime,
} from "#client/patrols/police/place-time.ts";
import type { PlaceAndTime } from "#client/patrols/police/police-api.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { formatLocal, minuteMs } from "#core/time/zone.ts";

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
