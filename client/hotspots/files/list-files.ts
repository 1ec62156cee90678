import type { ListFile } from "#client/hotspots/files/note-list.ts";
import {
  type FileNotes,
  placesCsv,
  placesFileName,
  placesGeoJson,
} from "#client/hotspots/files/place-files.ts";
import { streetsCsv, streetsGeoJson } from "#client/hotspots/files/street-files.ts";
import type { Ranked } from "#client/hotspots/ranked/ranked.ts";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";

export interface ListFileInput {
  readonly format: ListFile;
  readonly dates: { readonly from: string; readonly to: string };
  readonly places: Ranked;
  readonly streets: StreetsReply | null;
  readonly notes: FileNotes;
}

export function listFile({ format, dates, places, streets, notes }: ListFileInput): {
  readonly name: string;
  readonly text: string;
  readonly type: string | undefined;
} {
  const name = placesFileName(dates, format, notes.mark);
  if (format === "csv") {
    const text = streets ? streetsCsv(streets, notes) : placesCsv(places, notes);
    return { name, text, type: undefined };
  }
  const text = streets ? streetsGeoJson(streets, notes) : placesGeoJson(places, notes);
  return { name, text, type: "application/geo+json" };
}
