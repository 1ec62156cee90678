import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { places } from "#client/places/places.ts";
import type { GazetteerFile } from "#core/places/gazetteer/read-gazetteer.ts";
import {
  type GazetteerResult,
  gazetteerRemoved,
  gazetteerReply,
  gazetteerResult,
  gazetteersReply,
  type NewGazetteer,
  packNames,
} from "#core/places/wire/gazetteer.ts";
import { cleanFileName } from "#core/text/file-name.ts";

/** Every gazetteer that is still there, newest first. */
export const gazetteers = createResource((signal) =>
  fetchJson("/api/gazetteers", gazetteersReply, { signal }),
);

/** All their names with their cells: fetched once, when a file is chosen whose rows may need them. */
export const gazetteerNames = createResource((signal) =>
  fetchJson("/api/gazetteer", gazetteerReply, { signal }),
);

forgetOnSignOut(gazetteers.reset);
forgetOnSignOut(gazetteerNames.reset);

/** Sends the names of a file that was read here; nothing else of it. */
export async function sendGazetteer(
  fileName: string,
  { format, names, counts }: GazetteerFile,
  signal: AbortSignal,
): Promise<GazetteerResult> {
  const body: NewGazetteer = {
    fileName: cleanFileName(fileName).slice(-200),
    format,
    rows: counts.rows,
    outside: counts.outside,
    names: {
      ...packNames(names),
      lng: names.map(({ at }) => at[0]),
      lat: names.map(({ at }) => at[1]),
    },
  };
  const result = await fetchJson("/api/gazetteers", gazetteerResult, {
    method: "POST",
    body,
    signal,
  });
  namesChanged();
  return result;
}

export async function removeGazetteer(id: number): Promise<number> {
  const path = `/api/gazetteers/${id}`;
  const { removed } = await fetchJson(path, gazetteerRemoved, { method: "DELETE" });
  namesChanged();
  return removed;
}

/** What was loaded of names is out of date, on every screen. */
function namesChanged(): void {
  gazetteers.reload();
  gazetteerNames.reset();
  places.reload();
}
