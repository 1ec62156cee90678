import { useMemo } from "react";
import { FactorMark, factorWords } from "#client/hotspots/factors/FactorMark.tsx";
import type { H3Cell } from "#core/geo/cell.ts";
import { type FactorIndex, type NearFactor, nearMetres } from "#core/places/layers/near.ts";
import type { FactorKind } from "#core/places/wire/layers.ts";
import { formatQuantity } from "#core/text/numbers.ts";

export interface NearFactorsProps {
  readonly cell: H3Cell;
  readonly factors: FactorIndex;
}

const listedNames = 5;

/** In the cell or within 100 m, counted by kind. Absent where none were imported. */
export function NearFactors({ cell, factors }: NearFactorsProps) {
  const near = useMemo(() => factors.near(cell), [factors, cell]);
  if (factors.kinds.length === 0) return null;
  return (
    <section aria-label="Around this place">
      <h3 className="small medium">Here and within {nearMetres} m</h3>
      <ul className="cell-story__factors marked stack gap-1">
        {factors.kinds.map((kind) => (
          <li key={kind}>
            <FactorMark kind={kind} />
            <span>{describeNear(kind, near)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** "3 stops: Angel Corner (here), Fore Street (40 m)" */
export function describeNear(kind: FactorKind, near: readonly NearFactor[]): string {
  const own = near.filter((each) => each.kind === kind);
  const { one, many } = plurals[kind];
  if (own.length === 0) return `No ${many}`;
  const counted = formatQuantity(own.length, one, many);
  const names = [...new Map(own.flatMap(nameOf))];
  if (names.length === 0) return counted;
  const listed = names.slice(0, listedNames).map(([name, where]) => `${name} (${where})`);
  const more = names.length - listed.length;
  return `${counted}: ${listed.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function nameOf({ label, metres }: NearFactor): [string, string][] {
  if (label === null) return [];
  return [[label, metres === 0 ? "here" : `${Math.max(10, Math.round(metres / 10) * 10)} m`]];
}

const plurals: Readonly<Record<FactorKind, { readonly one: string; readonly many: string }>> = {
  lighting: { one: factorWords.lighting.one, many: "lamps" },
  alley: { one: factorWords.alley.one, many: "alleys or paths" },
  stop: { one: factorWords.stop.one, many: "stops" },
  late_venue: { one: factorWords.late_venue.one, many: "venues open late" },
};
