import type { ImportOutline } from "#core/records/outline.ts";
import { headingsToKeep, mapToKeep } from "#core/records/saved-profile.ts";
import { savedReading } from "#core/records/wire/import-profile.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import type { ImportRequest } from "#server/records/import/import-request.ts";
import { saveProfile } from "#server/records/import/saved-profiles.ts";

/** Saves how a file was read, in the transaction of its import: a name that is taken refuses both. */
export async function keepReading(
  tx: Transaction,
  { actor, choices, saveAs }: Pick<ImportRequest, "actor" | "choices" | "saveAs">,
  outline: ImportOutline,
  headings: readonly string[],
): Promise<void> {
  const { kind, source, dates, words, midnight } = choices;
  const reading = savedReading.safeParse({
    profile: outline.profile,
    map: mapToKeep(outline.mapping, choices.map),
    headings: headingsToKeep(headings),
    kind,
    source,
    dates,
    words,
    midnight,
  });
  if (!reading.success) {
    throw new Problem(
      422,
      "This profile cannot be saved",
      `${reading.error.issues[0]?.message ?? "It is not understood"}. Nothing was imported.`,
    );
  }
  await saveProfile(tx, actor, { name: saveAs ?? "", reading: reading.data, replace: false });
}
