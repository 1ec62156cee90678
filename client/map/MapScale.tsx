import { useEffect, useState } from "react";
import type { MapWindow } from "#client/map/map-adapter.ts";
import { lengthWords, scaleBar } from "#client/ui/picture/scale.ts";

const mostPx = 96;

/** A round length on the ground in the middle of the map. The picture for paper has its own. */
export function MapScale({ ground }: { readonly ground: MapWindow }) {
  const [bar, setBar] = useState(() => barOf(ground));
  useEffect(
    () =>
      ground.onMove(() => {
        const next = barOf(ground);
        setBar((last) => (last?.px === next?.px && last?.words === next?.words ? last : next));
      }),
    [ground],
  );
  if (bar === null) return null;
  return (
    <p className="map-view__scale no-print small nowrap" style={{ width: bar.px }}>
      {bar.words}
    </p>
  );
}

function barOf(ground: MapWindow) {
  const bar = scaleBar(ground.metresPerPixel(), mostPx);
  return bar && { px: Math.round(bar.length), words: lengthWords(bar.metres) };
}
