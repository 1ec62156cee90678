import type { Area } from "#core/places/wire/places.ts";
import { countAge } from "#core/records/count-age.ts";
import type { ImportSetting } from "#core/records/import-choices.ts";
import { mapsWords } from "#core/records/place-step.ts";
import { ageWords, type KeptEvents, keptEvents } from "#core/records/retention.ts";
import { openTable } from "#core/table/open-table.ts";
import { knownUntil } from "#server/acts/as-at.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import { newDecoder } from "#server/files/decode.ts";
import { loadPlaceFinder } from "#server/places/gazetteer/place-finder.ts";
import { loadAreas } from "#server/places/queries/areas.ts";
import { importRegion } from "#server/places/region.ts";
import { eventYears } from "#server/records/event-years.ts";
import type { ImportRequest } from "#server/records/import/import-request.ts";

const clockToleranceMs = 3_600_000;

/** Null in the demonstration, whose events stay. */
export async function keptNow({ db, zone, asAt }: Services): Promise<KeptEvents | null> {
  if (asAt.demo) return null;
  const years = await db.transaction(systemActor, eventYears, { beside: true });
  return keptEvents(zone, asAt.now(), years);
}

export async function importSetting(
  tx: Transaction,
  services: Services,
  { choices, hasCells = false }: Pick<ImportRequest, "choices" | "hasCells">,
  { areas, kept }: { readonly areas: readonly Area[]; readonly kept: KeptEvents | null },
): Promise<ImportSetting> {
  return {
    zone: services.zone,
    region: importRegion(areas),
    latest: Date.now() + clockToleranceMs,
    shown: { until: knownUntil(services), isDemo: services.asAt.demo },
    kept,
    hasCells,
    ...(mapsWords(choices.map) ? { places: await loadPlaceFinder(tx) } : {}),
  };
}

/**
 * How much of a file is past its age, before anything of it is stored; null where it cannot be said. Outside
 * of any transaction, as a large file takes its time.
 */
export async function ageAhead(
  services: Services,
  request: Pick<ImportRequest, "actor" | "source" | "choices" | "sheet" | "unit" | "signal">,
  kept: KeptEvents,
): Promise<string | null> {
  const { source } = request;
  const setting = await services.db.transaction(
    request.actor,
    async (tx) => importSetting(tx, services, request, { areas: await loadAreas(tx), kept }),
    { beside: true },
  );
  const file = { size: source.totalBytes, read: source.read, open: source.open, newDecoder };
  const count = await countAge(
    () => openTable(file, { sheet: request.sheet ?? null, unit: request.unit ?? "line" }),
    request.choices,
    { ...setting, kept },
    () => request.signal.throwIfAborted(),
  );
  return count && ageWords(count, kept, services.zone);
}
