import { type ReactNode, useCallback, useState } from "react";
import type { AreaDraft } from "#client/displacement/operations/operation-draft.ts";
import { type Drawing, useDrawing } from "#client/hotspots/drawn-area/use-drawing.tsx";
import type { MapGround } from "#client/map/map-adapter.ts";
import { cellsInDrawn, type OperationArea } from "#core/displacement/operation-area.ts";
import { cellAt, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";
import { formatDrawn, parseDrawn } from "#core/places/drawn-area.ts";
import { type Result, success } from "#core/result.ts";

export interface AreaToolsInput {
  readonly treated: AreaDraft;
  readonly control: AreaDraft | null;
  readonly onTreated: (draft: AreaDraft) => void;
  readonly onControl: (draft: AreaDraft) => void;
}

export interface AreaToolSet {
  readonly drawArea: Drawing;
  readonly fault: string | null;
  /** Toggles the cell. */
  readonly pick: (at: Position) => void;
}

export interface AreaTools {
  readonly treated: AreaToolSet;
  readonly control: AreaToolSet;
  readonly sketch: ((ground: MapGround) => ReactNode) | null;
  readonly onClick: (at: Position) => void;
  readonly picks: "treated" | "control" | null;
}

export function useAreaTools(input: AreaToolsInput): AreaTools {
  const treated = useTools(input.treated, input.onTreated);
  const control = useTools(input.control, input.onControl);
  const all = [treated.drawArea, control.drawArea];
  const picks = picksOf(input);
  return {
    treated,
    control,
    sketch: all.find(({ isOn }) => isOn)?.sketch ?? null,
    picks,
    onClick: (at) => {
      if (picks === "treated") treated.pick(at);
      if (picks === "control") control.pick(at);
    },
  };
}

/** The control area where both are: it is set last. */
function picksOf({ treated, control }: AreaToolsInput): AreaTools["picks"] {
  if (control?.tool === "picked") return "control";
  return treated.tool === "picked" ? "treated" : null;
}

function useTools(draft: AreaDraft | null, onChange: (draft: AreaDraft) => void): AreaToolSet {
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
  const pick = (at: Position) => {
    if (draft) onChange({ ...draft, area: toggled(draft.area, cellAt(at, eventResolution)) });
  };
  return { drawArea, fault, pick };
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
