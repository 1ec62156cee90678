/** One idea a slide. */
export const slides = ["map", "table", "months", "notes"] as const;
export type Slide = (typeof slides)[number];

export const slideNames: Readonly<Record<Slide, string>> = {
  map: "Map",
  table: "Table",
  months: "Month by month",
  notes: "How it is counted",
};

export function readSlide(text: string | undefined): Slide {
  return slides.find((slide) => slide === text) ?? "map";
}

/** The item before or after, staying within the list. */
export function stepWithin<Item>(items: readonly Item[], item: Item, by: number): Item {
  const index = items.indexOf(item) + by;
  return items[Math.max(0, Math.min(items.length - 1, index))] ?? item;
}
