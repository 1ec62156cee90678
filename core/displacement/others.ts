import type { Operation } from "#core/displacement/operation.ts";
import type { AssessmentWindows } from "#core/displacement/windows.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { dateName } from "#core/time/words.ts";

export interface OtherOperations {
  /** Cells that another operation treats within the periods compared, without the own treated ones. */
  readonly leftOut: ReadonlySet<H3Cell>;
  readonly notes: readonly string[];
}

/**
 * Operations that run within the periods compared: where they work, a change is theirs too, so their
 * cells are neither ring nor edge nor control. A treated area that is shared cannot be told apart.
 */
export function otherOperations(
  operation: Operation,
  others: readonly Operation[],
  { before, after }: AssessmentWindows,
  isCounted: (cell: H3Cell) => boolean,
): OtherOperations {
  const own = new Set(operation.cells);
  const leftOut = new Set<H3Cell>();
  const notes: string[] = [];
  for (const other of others) {
    const runs =
      other.startsOn <= after.to && (other.endsOn === null || other.endsOn >= before.from);
    if (!runs || other.name === operation.name) continue;
    const shared = other.cells.filter((cell) => own.has(cell)).length;
    const apart = other.cells.filter((cell) => !own.has(cell) && isCounted(cell));
    for (const cell of apart) leftOut.add(cell);
    if (apart.length > 0) {
      notes.push(
        `${named(other)} treats ${cellsName(apart.length)} around or in the control: they are left out of every comparison.`,
      );
    }
    if (shared > 0) {
      notes.push(
        `${named(other)} treats ${cellsName(shared)} of the same area: what each of the two did cannot be told apart.`,
      );
    }
  }
  return { leftOut, notes };
}

function named({ name, startsOn, endsOn }: Operation): string {
  const until = endsOn === null ? "" : ` to ${dateName(endsOn)}`;
  return `Another operation in the same time, "${name}" (from ${dateName(startsOn)}${until}),`;
}

function cellsName(count: number): string {
  return count === 1 ? "1 cell" : `${count} cells`;
}
