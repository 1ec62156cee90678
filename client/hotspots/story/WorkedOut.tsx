import { type ComponentType, useEffect, useState } from "react";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import type { HowCountedProps } from "#client/hotspots/story/HowCounted.tsx";
import { loadPatiently } from "#client/ui/lazily.ts";
import { useMedia } from "#client/ui/use-media.ts";

export function WorkedOut() {
  const { ranked } = useHotspotsParts();
  const isPaper = useMedia("print");
  const HowCounted = useHowCounted();
  if (!ranked) return null;
  return (
    <details className="worked-out small" open={isPaper}>
      <summary>How this is calculated</summary>
      {HowCounted ? <HowCounted ranked={ranked} /> : null}
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
