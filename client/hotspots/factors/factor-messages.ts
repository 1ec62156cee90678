import type { H3Cell } from "#core/geo/cell.ts";
import { countNear, createFactorIndex } from "#core/places/layers/near.ts";
import type { FactorKind, LayerFeaturesReply } from "#core/places/wire/layers.ts";

/** Sent once per study area. */
export interface FactorRequest {
  readonly kinds: LayerFeaturesReply["kinds"];
  readonly cells: readonly H3Cell[];
}

export type FactorReply =
  | { readonly done: number; readonly of: number }
  | { readonly near: ReadonlyMap<FactorKind, Uint32Array> };

export function answerFactors(
  { kinds, cells }: FactorRequest,
  onReply: (reply: FactorReply) => void,
): void {
  const index = createFactorIndex({ kinds });
  onReply({ near: countNear(cells, index, (done) => onReply({ done, of: cells.length })) });
}
