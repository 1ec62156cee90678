import type { ChartPictureTerms } from "#client/outcomes/charts/ChartSection.tsx";
import type { OutcomesReply } from "#core/outcomes/wire/outcomes.ts";
import { formatDateRange } from "#core/time/words.ts";

/** A picture leaves only of figures that may; of exact ones there is none. */
export function pictureTerms(
  { isExact, from, to, notes }: OutcomesReply,
  name: string,
  mark: string | null,
): ChartPictureTerms | null {
  return isExact ? null : { name, from, to, mark, foot: [formatDateRange(from, to), ...notes] };
}
