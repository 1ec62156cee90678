import { reportedKinds } from "#core/records/kinds.ts";
import { qualityGroups } from "#core/records/quality/rows.ts";
import type { QualityReply } from "#core/records/wire/quality.ts";
import type { Actor } from "#core/role.ts";
import { hourMs } from "#core/time/zone.ts";
import { type ActServices, knownUntil } from "#server/acts/services.ts";
import { type Database, databaseBehind, withOptions } from "#server/db/database.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";
import {
  loadQualityBatches,
  loadQualityPoints,
  loadQualityRows,
} from "#server/records/queries/quality.ts";
import { loadUnknownMonths } from "#server/records/queries/unknown-months.ts";

interface Held {
  readonly key: string;
  readonly reply: QualityReply;
}

/** Reckoned once for each set of events and each hour: it reads every event. */
const held = new WeakMap<Database, Held>();

/** What is known of the quality of the records: equal for everyone who may read events. */
export function qualityOf(services: ActServices, actor: Actor): Promise<QualityReply> {
  const { zone, asAt } = services;
  const db = databaseBehind(services.db);
  const before = knownUntil(services);
  return withOptions(services.db, { events: true }).transaction(actor, async (tx) => {
    const version = await eventsVersion(tx);
    const key = `${version} ${asAt.date()} ${Math.floor(before / hourMs)}`;
    const known = held.get(db);
    const reply =
      known?.key === key
        ? known.reply
        : {
            asAt: asAt.date(),
            groups: qualityGroups(
              {
                rows: await loadQualityRows(tx, { timeZone: zone.name, before }),
                batches: await loadQualityBatches(tx),
                points: await loadQualityPoints(tx),
              },
              zone,
            ),
            unknownMonths: (await loadUnknownMonths(tx, zone, reportedKinds))
              .filter(({ start }) => start < before)
              .map(({ month }) => month),
          };
    held.set(db, { key, reply });
    services.addDetail({ to: reply.asAt, groups: reply.groups.length });
    return reply;
  });
}
