import { z } from "zod";
import { londonDate } from "#core/text/london-date.ts";

/**
 * Fields with another column type: an instant is a `timestamptz`, a cell a `bigint`, and an object
 * becomes columns prefixed with its name unless it is `jsonb` (server/db/rows.ts).
 */
export const columnTypes = z.registry<{ readonly type: "timestamptz" | "cell" | "jsonb" }>();

export const id = z.int().positive();
export const revision = z.int().min(1);

/** `YYYY-MM-DD`, local. */
export const date = londonDate;

/** ISO 8601 with the local offset. */
export const instant = z.iso
  .datetime({ offset: true })
  .register(columnTypes, { type: "timestamptz" });
