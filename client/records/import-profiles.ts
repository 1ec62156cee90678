import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import type { SavedReading } from "#core/records/saved-profile.ts";
import { importProfileReply, importProfilesReply } from "#core/records/wire/import-profile.ts";

/** Saved ways of reading a file, by name. */
export const importProfiles = createResource((signal) =>
  fetchJson("/api/import-profiles", importProfilesReply, { signal }),
);

forgetOnSignOut(importProfiles.reset);

export async function saveProfile(body: {
  readonly name: string;
  readonly reading: SavedReading;
  readonly replace: boolean;
}): Promise<string> {
  const { name } = await fetchJson("/api/import-profiles", importProfileReply, {
    method: "POST",
    body,
  });
  importProfiles.reload();
  return name;
}

export async function renameProfile(id: number, name: string): Promise<void> {
  await fetchJson(`/api/import-profiles/${id}`, importProfileReply, {
    method: "PATCH",
    body: { name },
  });
  importProfiles.reload();
}

export async function removeProfile(id: number): Promise<void> {
  await fetchJson(`/api/import-profiles/${id}`, importProfileReply, { method: "DELETE" });
  importProfiles.reload();
}
