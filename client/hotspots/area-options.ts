import { boroughNames } from "#client/hotspots/studies.ts";
import { wholeCommand } from "#client/hotspots/view.ts";
import type { SelectOption } from "#client/ui/Select.tsx";
import { drawnName, parseDrawn } from "#core/places/drawn-area.ts";
import { studyAreaKey } from "#core/places/study-area.ts";
import type { PlacesReply, StudyArea } from "#core/places/wire/places.ts";

/**
 * Every area that can be chosen as study area: the command, boroughs, then what was imported; and the
 * one that is drawn just now.
 */
export function areaOptions(
  places: PlacesReply,
  area: string = wholeCommand,
): readonly SelectOption<string>[] {
  const boroughs = boroughNames(places);
  return [
    { value: wholeCommand, label: boroughs.join(" and ") },
    ...(parseDrawn(area) ? [{ value: area, label: drawnName }] : []),
    ...boroughs.map((name) => ({ value: name, label: name })),
    ...groups.flatMap(({ kind, group }) =>
      places.studyAreas
        .filter((area) => area.kind === kind)
        .map((area) => ({ value: studyAreaKey(area), label: area.name, group })),
    ),
  ];
}

/** The option that stands for an area; one that is not here is shown as the whole command. */
export function shownArea(options: readonly SelectOption<string>[], area: string): string {
  return options.some(({ value }) => value === area) ? area : wholeCommand;
}

const groups: readonly { readonly kind: StudyArea["kind"]; readonly group: string }[] = [
  { kind: "ward", group: "Wards" },
  { kind: "neighbourhood", group: "Neighbourhoods" },
  { kind: "lsoa", group: "LSOAs" },
  { kind: "beat", group: "Beats" },
];
