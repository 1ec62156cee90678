import { Suspense, useState } from "react";
import type { Factors } from "#client/hotspots/factors/FactorSwitches.tsx";
import type { Ranked } from "#client/hotspots/ranked/ranked.ts";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/hotspots/factors/factor-table.css";

const FactorShares = lazily(
  async () => (await import("#client/hotspots/factors/FactorShares.tsx")).FactorShares,
);

export interface FactorTableProps {
  readonly factors: Factors;
  readonly ranked: Ranked | null;
}

export function FactorTable({ factors, ranked }: FactorTableProps) {
  const [isOpen, setOpen] = useState(false);
  if (factors.known.length === 0 || ranked === null) return null;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Place factors at hotspots and at other places</summary>
      {isOpen ? (
        <Suspense fallback={<Skeleton lines={4} />}>
          <FactorShares factors={factors} ranked={ranked} />
        </Suspense>
      ) : null}
    </details>
  );
}
