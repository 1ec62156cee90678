import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { doseReply } from "#core/hotspots/wire/dose.ts";

/** Logged patrol minutes by cell and day: asked for when something is first set against them. */
export const dose = createResource((signal) => fetchJson("/api/dose", doseReply, { signal }));

forgetOnSignOut(dose.reset);
