import { z } from "zod";
import { londonDate } from "#core/text/london-date.ts";

/**
 * Fields whose column is of another type: an instant is a `timestamptz`, a cell a `bigint`, and an object the columns that begin
 * with its name unless it is `jsonb` (server/db/rows.ts).
 */
export const columnTypes = z.registry<{ readonly type: "timestamptz" | "cell" | "jsonb" }>();

/** Of a record, and of a state of it. */
export const id = z.int().positive();
export const revision = z.int().min(1);

/** `YYYY-MM-DD`, local. */
export const date = londonDate;

/** ISO 8601 with the local offset. */
export const instant = z.iso
  .datetime({ offset: true })
  .register(columnTypes, { type: "timestamptz" });
