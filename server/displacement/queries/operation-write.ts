import type { Operation } from "#core/displacement/operation.ts";
import type { AreaWay } from "#core/displacement/operation-area.ts";

/** How an area was said: by which way, and its name where it has one. */
export interface AreaSaid {
  readonly by: AreaWay;
  readonly name: string | null;
}

/** An operation as it is written: how its areas were said, by whom, when. */
export interface OperationWrite extends Operation {
  readonly treatedArea: AreaSaid;
  readonly controlArea: AreaSaid | null;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Null: whoever acts in the transaction. */
  readonly person: string | null;
}
