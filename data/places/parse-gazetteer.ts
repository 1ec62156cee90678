import { type Gazetteer, gazetteer } from "#core/places/wire/places.ts";

/** The gazetteer from its file: one JSON object a line, each with the list that it belongs to. */
export function parseGazetteer(text: string): Gazetteer {
  const lists: Record<keyof Gazetteer, unknown[]> = {
    roads: [],
    corners: [],
    streets: [],
    stations: [],
    neighbourhoods: [],
  };
  text.split("\n").forEach((line, index) => {
    if (line === "") return;
    const { kind, ...item } = JSON.parse(line) as { readonly kind: keyof Gazetteer };
    const list = lists[kind] as unknown[] | undefined;
    if (!list) throw new RangeError(`Line ${index + 1} of the gazetteer: no list "${kind}"`);
    list.push(item);
  });
  return gazetteer.parse(lists);
}
