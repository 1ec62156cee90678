import type { ReleaseDocument } from "#core/releases/wire/release.ts";

/** Without its ending: "boxster-release-3", and "-made-up-data" where it is. */
export function releaseFileName(release: ReleaseDocument, mark: string | null): string {
  const made = mark === null ? "" : `-${mark.toLowerCase().replaceAll(" ", "-")}`;
  return `boxster-release-${release.number}${made}`;
}
