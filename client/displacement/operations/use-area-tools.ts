import { useCallback, useState } from "react";
import type { AreaDraft, OperationDraft } from "#client/displacement/operations/operation-draft.ts";
import { useDrawing } from "#client/hotspots/drawn-area/use-drawing.tsx";
import { cellsInDrawn, type OperationArea } from "#core/displacement/operation-area.ts";
import { cellAt, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";
import { formatDrawn, parseDrawn } from "#core/places/drawn-area.ts";
import { type Result, success } from "#core/result.ts";

export type AreaTools = ReturnType<typeof useAreaTools>;
export type AreaToolSet = ReturnType<typeof useTools>;

export function useAreaTools(
  { treated: treatedDraft, control: controlDraft }: Pick<OperationDraft, "treated" | "control">,
  change: (part: Partial<OperationDraft>) => void,
) {
  const treated = useTools(treatedDraft, (draft) => change({ treated: draft }));
  const control = useTools(controlDraft, (draft) => change({ control: draft }));
  // The control area where both are picked: it is set last.
  const picking = [control, treated].find(({ draft }) => draft?.tool === "picked");
  return {
    treated,
    control,
    sketch: treated.drawArea.sketch ?? control.drawArea.sketch,
    isPicked: picking !== undefined,
    onClick: (at: Position) => picking?.pick(at),
  };
}

function useTools(draft: AreaDraft | null, onChange: (draft: AreaDraft) => void) {
  const [fault, setFault] = useState<string | null>(null);
  const drawn = useCallback(
    (corners: readonly Position[]) => {
      if (!draft) return;
      const area = drawnArea(corners);
      setFault(area.ok ? null : area.reason);
      if (area.ok) onChange({ ...draft, area: area.value });
    },
    [draft, onChange],
  );
  const drawArea = useDrawing(drawn);
  /** Toggles the cell. */
  const pick = (at: Position) => {
    if (draft) onChange({ ...draft, area: toggled(draft.area, cellAt(at, eventResolution)) });
  };
  return { draft, onChange, drawArea, fault, pick };
}

function drawnArea(corners: readonly Position[]): Result<OperationArea> {
  const cells = cellsInDrawn(thin(corners));
  return cells.ok ? success({ by: "drawn", name: null, cells: cells.value }) : cells;
}

/** Thinned to what an address would hold, within ten metres. */
function thin(corners: readonly Position[]): readonly Position[] {
  return parseDrawn(formatDrawn(corners)) ?? corners;
}

function toggled(area: OperationArea | null, cell: H3Cell): OperationArea {
  const cells = area?.cells ?? [];
  const rest = cells.filter((other) => other !== cell);
  const isNew = rest.length === cells.length;
  return { by: "picked", name: null, cells: isNew ? [...cells, cell] : rest };
}
