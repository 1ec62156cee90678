import type { EventFilter } from "#core/hotspots/filter.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventCategories, eventSources } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";

/** Whether a row passes by kind, source and category: three table look-ups, whatever is chosen. */
export function matchTable(
  columns: EventColumns,
  filter: Pick<EventFilter, "kinds" | "sources" | "categories">,
): (row: number) => boolean {
  const kinds = flags(eventKinds, filter.kinds);
  const sources = flags(eventSources, filter.sources);
  const categories = flags(eventCategories, filter.categories ?? eventCategories);
  const { kind, source, category } = columns;
  return (row) =>
    kinds[kind[row] as number] === 1 &&
    sources[source[row] as number] === 1 &&
    categories[category[row] as number] === 1;
}

function flags<Item>(all: readonly Item[], chosen: readonly Item[]): Uint8Array {
  return Uint8Array.from(all, (item) => (chosen.includes(item) ? 1 : 0));
}
