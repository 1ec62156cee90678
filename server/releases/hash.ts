import { createHash } from "node:crypto";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import type { PublicAreas } from "#core/places/public-areas.ts";

/** Hexadecimal. */
export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Hashed with the previous release's hash; same text as release_text in SQL. */
export interface HashedRelease {
  readonly number: number;
  readonly approvedOn: string;
  readonly areaSet: string;
  readonly content: string;
  readonly besideEarlier: string | null;
}

/** 32 zero bytes: what precedes the first. */
export const noRelease = "0".repeat(64);

export function releaseHash(
  previous: string,
  { number, approvedOn, areaSet, content, besideEarlier }: HashedRelease,
): string {
  const covered = [number, approvedOn, areaSet, content];
  return createHash("sha256")
    .update(Buffer.from(previous, "hex"))
    .update((besideEarlier === null ? covered : [...covered, besideEarlier]).join("\n"), "utf8")
    .digest("hex");
}

/**
 * Equal for two sets of areas only if they contain exactly the same events: by areas, their cells,
 * ward boundaries, and the withholding rule. A line moved by a metre makes another set.
 */
export function areaSetOf({ areas, counted, outlines }: PublicAreas): string {
  return sha256(
    JSON.stringify([
      [tenFiveRule.threshold, tenFiveRule.base],
      areas.map(({ id, kind, parent }) => [id, kind, parent]),
      counted.map(({ area, cells, ward }) => [area, cells, ward]),
      outlines.map(({ area, polygons }) => [area, polygons]),
    ]),
  );
}
