import { z } from "zod";

const shape = z.strictObject({ at: z.iso.datetime({ offset: true }), ok: z.boolean() });

declare const sealed: unique symbol;

/**
 * What a check against protected time said, and when. Sealed: only `openCheck` reads it, and that asks
 * for the newest change, so that no screen can show a check that is older as passed.
 */
export interface Check {
  readonly [sealed]: true;
}

export const checkReply = shape as unknown as z.ZodType<Check>;

export function sealCheck(check: z.infer<typeof shape>): Check {
  return check as unknown as Check;
}

/** Null when something has changed since; `changedAt` in epoch milliseconds. */
export function openCheck(check: Check, changedAt: number): z.infer<typeof shape> | null {
  const opened = check as unknown as z.infer<typeof shape>;
  return Date.parse(opened.at) >= changedAt ? opened : null;
}
