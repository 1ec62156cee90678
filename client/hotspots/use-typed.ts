import { useMemo } from "react";
import type { HotspotsData } from "#client/hotspots/files/use-picture.ts";
import { prepareEvents } from "#core/hotspots/prepare.ts";
import { ofTypes } from "#core/records/columns.ts";

/** The records of the chosen types alone: whatever is counted, drawn and tested is made of them. */
export function useTyped(all: HotspotsData, types: readonly string[]): HotspotsData {
  const keys = types.join();
  return useMemo(() => {
    if (keys === "") return all;
    const columns = ofTypes(all.events.columns, keys.split(","));
    return { ...all, events: prepareEvents(columns, all.zone) };
  }, [all, keys]);
}
