import { Banner } from "#client/ui/Banner.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { type BlockedColumn, wordRoles } from "#core/table/columns.ts";

export type NamesState = "ready" | "fetching" | "failed";

export interface WhatLeavesProps {
  /** Headings that may describe a person. */
  readonly personal: readonly BlockedColumn[];
  /** Role to heading, as the person said. */
  readonly map: Readonly<Record<string, string>>;
  readonly names: NamesState;
}

export function WhatLeaves({ personal, map, names }: WhatLeavesProps) {
  const words = [...new Set(wordRoles.flatMap((role) => map[role] ?? []))];
  const leftOut = personal.filter(({ column }) => !words.includes(column));
  return (
    <>
      {leftOut.length > 0 ? (
        <Banner kind="note">
          Excluded, because they may describe a person: {describeBlocked(leftOut)}. They do not
          leave this computer.
        </Banner>
      ) : null}
      {words.length > 0 ? (
        <Banner kind="note">
          Converted to map cells on this computer: {words.join(", ")}. The text does not leave it.
        </Banner>
      ) : null}
      {names === "fetching" ? (
        <Progress label="Loading street and postcode names" share={null} />
      ) : null}
    </>
  );
}

/** "Caller name (heading suggests a person); Contact (its values look like e-mail addresses)" */
export function describeBlocked(blocked: readonly BlockedColumn[]): string {
  return blocked.map(({ column, reason }) => `${column} (${reason})`).join("; ");
}
