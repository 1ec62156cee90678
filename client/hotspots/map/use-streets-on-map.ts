import type { Layer } from "@deck.gl/core";
import { useCallback, useMemo } from "react";
import { middleOfLine, streetAt, streetLayers } from "#client/hotspots/map/street-lines.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import type { StreetsShown } from "#client/hotspots/streets/streets-shown.ts";
import type { Palette } from "#client/map/palette.ts";
import { useStore } from "#client/state/use-store.ts";
import type { Position } from "#core/geo/cell.ts";

const noLayers: readonly Layer[] = [];

/** Empty while cells are shown. */
export function useStreetsOnMap(view: HotspotsView, shown: StreetsShown, palette: Palette) {
  const known = useStore(shown.reply, (state) => state);
  const chosen = useStore(shown.chosen, (state) => state);
  const hovered = useStore(shown.hovered, (state) => state);
  const reply = view.by === "street" ? known : null;
  const rows = reply?.rows ?? null;
  const layers = useMemo(
    () => (rows ? streetLayers({ rows, chosen, hovered, palette }) : noLayers),
    [rows, chosen, hovered, palette],
  );
  const focus = useMemo(() => {
    const row = rows?.find(({ segment }) => segment === chosen);
    return row ? middleOfLine(row.line) : null;
  }, [rows, chosen]);
  const onHover = useCallback(
    (at: Position | null) => shown.hovered.set(() => (at && rows ? streetAt(rows, at) : null)),
    [rows, shown],
  );
  const onClick = useCallback(
    (at: Position) => {
      const under = rows && streetAt(rows, at);
      if (under !== null) shown.chosen.set((before) => (before === under ? null : under));
    },
    [rows, shown],
  );
  /** Required by the source of the streets, while they are drawn. */
  const attribution = reply?.attribution ?? null;
  return { reply, layers, attribution, focus, onHover, onClick };
}
