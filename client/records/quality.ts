import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { qualityReply } from "#core/records/wire/quality.ts";

/** What is known of the quality of the records, by kind and source. */
export const quality = createResource((signal) =>
  fetchJson("/api/quality", qualityReply, { signal }),
);

forgetOnSignOut(quality.reset);
