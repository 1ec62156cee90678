import type { Reading } from "#core/records/detect.ts";
import { type Header, nameOfColumn } from "#core/table/columns.ts";
import { normaliseWords } from "#core/text/normalise.ts";

const mostNamed = 20;

/** Which columns were left alone, and which headings stand there more than once. */
export function columnNotes(header: Header, reading: Reading): string[] {
  const doubled = doubledHeadings(header);
  const later = new Set(doubled.flatMap((places) => places.slice(1)));
  return [
    ...doubled.map((places) => doubledNote(header, places)),
    ...unusedNote(header, reading, later),
  ];
}

/** Positions of each heading that stands there more than once. */
function doubledHeadings(header: Header): (readonly number[])[] {
  const places = new Map<string, number[]>();
  header.words.forEach((words, at) => {
    if (words === "" || header.personal.has(at)) return;
    places.set(words, [...(places.get(words) ?? []), at]);
  });
  return [...places.values()].filter((all) => all.length > 1);
}

function doubledNote(header: Header, places: readonly number[]): string {
  const numbers = places.map((at) => at + 1);
  return `The heading "${nameOfColumn(header, places[0] ?? 0)}" stands over columns ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}: only the first can be read.`;
}

function unusedNote(
  header: Header,
  { profile, columns }: Reading,
  later: ReadonlySet<number>,
): string[] {
  const used = new Set(columns.values());
  // These tell rows apart; nothing of them is stored.
  const compared = new Set([...(profile.sourceId ?? []), ...profile.detail].map(normaliseWords));
  const unused = header.names.flatMap((_, at) =>
    used.has(at) || later.has(at) || header.personal.has(at) || compared.has(header.words[at] ?? "")
      ? []
      : [nameOfColumn(header, at)],
  );
  if (unused.length === 0) return [];
  const more = unused.length > mostNamed ? ` and ${unused.length - mostNamed} more` : "";
  return [`Not used: ${unused.slice(0, mostNamed).join(", ")}${more}.`];
}
