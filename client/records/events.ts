import { fetchBytes } from "#client/api/fetch.ts";
import { kept } from "#client/live/kept.ts";
import { decodeColumns } from "#core/records/columns.ts";

/** Every event that the person may see, as columns: fetched once, binned here under the brush. */
export const events = kept(async (signal) =>
  decodeColumns(await fetchBytes("/api/events", { signal })),
);
