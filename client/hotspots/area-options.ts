import { boroughNames } from "#client/hotspots/studies.ts";
import { wholeCommand } from "#client/hotspots/view.ts";
import type { SelectOption } from "#client/ui/Select.tsx";
import { studyAreaKey } from "#core/geo/study-area.ts";
import type { PlacesReply, StudyArea } from "#core/wire/places.ts";

/** Every area that can be chosen as study area: the command, boroughs, then what was imported. */
export function areaOptions(places: PlacesReply): readonly SelectOption<string>[] {
  const boroughs = boroughNames(places);
  return [
    { value: wholeCommand, label: boroughs.join(" and ") },
    ...boroughs.map((name) => ({ value: name, label: name })),
    ...groups.flatMap(({ kind, group }) =>
      places.studyAreas
        .filter((area) => area.kind === kind)
        .map((area) => ({ value: studyAreaKey(area), label: area.name, group })),
    ),
  ];
}

const groups: readonly { readonly kind: StudyArea["kind"]; readonly group: string }[] = [
  { kind: "ward", group: "Wards" },
  { kind: "neighbourhood", group: "Neighbourhoods" },
  { kind: "lsoa", group: "LSOAs" },
  { kind: "beat", group: "Beats" },
];
