import { fetchBytes } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { decodeColumns, type EventColumns } from "#core/records/columns.ts";

/** Every event that the person may see, as columns: fetched once, binned here under the brush. */
export const events = createResource<EventColumns>(async (signal) =>
  decodeColumns(await fetchBytes("/api/events", { signal })),
);

forgetOnSignOut(events.reset);
