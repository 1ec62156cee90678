import { z } from "zod";

/** As in core/contract/fields.ts, which would bring the cell library into the first page. */
const instant = z.iso.datetime({ offset: true });

/** Clamped to today and the 14 days after it. */
export const keepClearQuery = z.strictObject({ from: instant.optional(), to: instant.optional() });

/**
 * GET /api/keep-clear?from=&to= : protected time as police may see it, from today to the 14th day after it, whole.
 * Overlapping sessions are merged into one shape per stretch of time, without a count.
 */
export const keepClearReply = z.strictObject({
  until: instant,
  stretches: z.array(
    z.strictObject({
      from: instant,
      to: instant,
      /** Resolution-10 cells closed throughout. */
      cells: z.array(z.string()),
    }),
  ),
});
export type KeepClearReply = z.infer<typeof keepClearReply>;

/**
 * GET /api/keep-clear/notices : keep-clear times changed at short notice. All that is open is one
 * notice, however many changes there were. `windows` are approved patrols that are no longer
 * available, by their own time, place and unit: a coordinator's own, or all of the joint plan for a
 * sergeant. Nothing says why, or where and when it is closed. A coordinator also reads `by` the
 * sergeant which of its patrols were changed: as they were approved, and as they stand `now`.
 */
export const keepClearNoticesReply = z.strictObject({
  notices: z.array(
    z.strictObject({
      id: z.uuid(),
      toldAt: instant,
      confirmedAt: instant.nullable(),
      by: z.literal("sergeant").optional(),
      /** By start. */
      windows: z.array(
        z.strictObject({
          planId: z.string(),
          /** `w1`, `w2`, ... within its plan. */
          windowId: z.string(),
          start: instant,
          /** As planned, or when it was called off. */
          end: instant,
          place: z.string(),
          unit: z.int(),
          /** Its name, where it is none of police. */
          patrolPartner: z.string().optional(),
          /** Null: no longer approved. */
          now: z.strictObject({ start: instant, end: instant, unit: z.int() }).nullish(),
        }),
      ),
      sentence: z.string(),
    }),
  ),
});
export type KeepClearNoticesReply = z.infer<typeof keepClearNoticesReply>;
