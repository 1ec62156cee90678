import { z } from "zod";
import { eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";

const month = z.string().regex(/^\d{4}-\d{2}$/);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

export const qualityGroup = z.strictObject({
  kind: z.enum(eventKinds),
  source: z.enum(eventSources),
  events: z.int(),
  /** Local dates of the first event's start and the last one's end. */
  first: date,
  last: date,
  /** Days: the longest that it was silent before, between two events or until an import brought newer ones. */
  longestSilence: z.int(),
  /** Last import that added any. */
  lastImport: z.iso.datetime({ offset: true }),
  /** All months from first to last, empty ones included. */
  months: z.array(z.strictObject({ month, count: z.int() })),
  /** Events with a time to the minute; of those at 00:00, and at any full hour. */
  exact: z.int(),
  midnight: z.int(),
  fullHour: z.int(),
  /** Events whose time is uncertain by more than six hours, a day, four weeks. */
  overSixHours: z.int(),
  overDay: z.int(),
  overMonth: z.int(),
  /** Counted at import; null where not counted. */
  points: z
    .strictObject({ events: z.int(), points: z.int(), repeated: z.int(), snapped: z.int() })
    .nullable(),
  /** Rows in their files, and how many were outside the area; null where not counted. */
  files: z.strictObject({ rows: z.int(), outside: z.int() }).nullable(),
});
export type QualityGroup = z.infer<typeof qualityGroup>;

/** GET /api/quality */
export const qualityReply = z.strictObject({
  asAt: date,
  groups: z.array(qualityGroup),
  /** With most rows of reports unplaced. */
  unknownMonths: z.array(month),
  /** First day of the present boundaries, where others were before, and what they did to the command's ground. */
  moved: z.strictObject({ on: date, cameIn: z.boolean(), left: z.boolean() }).optional(),
});
export type QualityReply = z.infer<typeof qualityReply>;
