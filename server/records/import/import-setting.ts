import type { Area } from "#core/places/wire/places.ts";
import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import type { ImportOutline } from "#core/records/outline.ts";
import { type KeptEvents, keptEvents } from "#core/records/retention.ts";
import { readingToSave, savedReading } from "#core/records/saved-profile.ts";
import type { ImportProgress } from "#core/records/wire/import.ts";
import type { RowUnit } from "#core/table/row-unit.ts";
import { type Act, knownUntil, type Services } from "#server/acts/services.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import type { ImportSource } from "#server/files/import-source.ts";
import { loadPlaceFinder } from "#server/places/gazetteer.ts";
import { importRegion } from "#server/places/ward-lookup.ts";
import { Problem } from "#server/problem.ts";
import { eventYears } from "#server/records/event-years.ts";
import { saveProfile } from "#server/records/import/saved-profiles.ts";

export interface ImportRequest {
  readonly source: ImportSource;
  readonly choices: ImportChoices;
  /** Default: the first sheet with a table. */
  readonly sheet?: string | null;
  /** Row unit, where the browser converted the file. */
  readonly unit?: RowUnit;
  readonly dryRun: boolean;
  /** Nothing is kept unless every row is good. */
  readonly allOrNone?: boolean;
  readonly savedProfile?: string | null;
  readonly saveAs?: string | null;
  /** Of the original file, where columns were left out. */
  readonly fileSha256?: string | null;
  readonly hasCells?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ImportProgress) => void;
}

const clockToleranceMs = 3_600_000;

/** Null in the demonstration, which keeps its events. */
export async function keptNow({ db, zone, asAt }: Services): Promise<KeptEvents | null> {
  if (asAt.demo) return null;
  const years = await db.transaction(systemActor, eventYears, { beside: true });
  return keptEvents(zone, asAt.now(), years);
}

export async function importSetting(
  tx: Transaction,
  act: Act,
  { source, hasCells = false }: Pick<ImportRequest, "source" | "hasCells">,
  { areas, kept }: { readonly areas: readonly Area[]; readonly kept: KeptEvents | null },
): Promise<ImportSetting> {
  return {
    zone: act.zone,
    region: importRegion(act.config, areas),
    latest: Date.now() + clockToleranceMs,
    shown: { until: knownUntil(act), isDemo: act.asAt.demo },
    kept,
    hasCells,
    // An upload's words become cells before it is sent.
    ...(source.canReopen ? { places: await loadPlaceFinder(tx) } : {}),
  };
}

/** In the import's transaction: a taken name refuses both. */
export async function keepReading(
  tx: Transaction,
  {
    person,
    name,
    choices,
  }: {
    readonly person: string;
    readonly name: string;
    readonly choices: ImportChoices;
  },
  outline: ImportOutline,
  headings: readonly string[],
): Promise<void> {
  const reading = savedReading.safeParse(readingToSave(headings, choices, outline));
  if (!reading.success) {
    throw new Problem(
      422,
      "This profile cannot be saved",
      `${reading.error.issues[0]?.message ?? "It is not understood"}. Nothing was imported.`,
    );
  }
  await saveProfile(tx, person, { name, reading: reading.data, replace: false });
}
