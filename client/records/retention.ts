import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { retentionReply } from "#core/records/wire/retention.ts";

/** For how long events are kept, and what will go. */
export const retention = createResource((signal) =>
  fetchJson("/api/retention", retentionReply, { signal }),
);

forgetOnSignOut(retention.reset);
