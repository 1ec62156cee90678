import { type ComponentType, useEffect, useState } from "react";
import type { Ranked } from "#client/hotspots/ranked/ranked.ts";
import type { HowCountedProps } from "#client/hotspots/story/HowCounted.tsx";
import { loadPatiently } from "#client/ui/lazily.ts";
import { useMedia } from "#client/ui/use-media.ts";

interface WorkedOutProps extends Pick<HowCountedProps, "view"> {
  readonly ranked: Ranked | null;
}

export function WorkedOut({ view, ranked }: WorkedOutProps) {
  const isPaper = useMedia("print");
  const HowCounted = useHowCounted();
  if (!ranked) return null;
  return (
    <details className="worked-out small" open={isPaper}>
      <summary>How this is calculated</summary>
      {HowCounted ? <HowCounted view={view} ranked={ranked} /> : null}
    </details>
  );
}

/** Loaded after the list, early enough for printing. */
function useHowCounted(): ComponentType<HowCountedProps> | null {
  const [loaded, setLoaded] = useState<ComponentType<HowCountedProps> | null>(null);
  useEffect(() => {
    void loadPatiently(() => import("#client/hotspots/story/HowCounted.tsx")).then(
      ({ HowCounted }) => setLoaded(() => HowCounted),
    );
  }, []);
  return loaded;
}
