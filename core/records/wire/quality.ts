import { z } from "zod";
import { eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";

const month = z.string().regex(/^\d{4}-\d{2}$/);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What is known of the records of one kind from one source, up to the as-at date. */
export const qualityGroup = z.strictObject({
  kind: z.enum(eventKinds),
  source: z.enum(eventSources),
  events: z.int(),
  /** Local dates: where the first event begins and the last one ends. */
  first: date,
  last: date,
  /** When the last import that brought some came in. */
  lastImport: z.iso.datetime({ offset: true }),
  /** Every month from the first to the last, those without an event included. */
  months: z.array(z.strictObject({ month, count: z.int() })),
  /** Events with a time to the minute; of those at 00:00, and at any full hour. */
  exact: z.int(),
  midnight: z.int(),
  fullHour: z.int(),
  /** Events whose time is uncertain by more than six hours, a day, four weeks. */
  overSixHours: z.int(),
  overDay: z.int(),
  overMonth: z.int(),
  /** Counted when they were imported; null where nothing was. */
  points: z
    .strictObject({ events: z.int(), points: z.int(), repeated: z.int(), snapped: z.int() })
    .nullable(),
  /** Rows of the files that brought them, and how many lay outside the area; null where nobody counted. */
  files: z.strictObject({ rows: z.int(), outside: z.int() }).nullable(),
});
export type QualityGroup = z.infer<typeof qualityGroup>;

/** GET /api/quality */
export const qualityReply = z.strictObject({
  asAt: date,
  groups: z.array(qualityGroup),
  /** In which most rows of reports had no place. */
  unknownMonths: z.array(month),
});
export type QualityReply = z.infer<typeof qualityReply>;
