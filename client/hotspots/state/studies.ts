import { type MapResolution, wholeCommand } from "#client/hotspots/state/view.ts";
import { command as shownCommand } from "#client/state/command.ts";
import { capitalised } from "#client/ui/format.ts";
import type { SelectOption } from "#client/ui/Select.tsx";
import { cellAt, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import {
  findStudyArea,
  namedStudySet,
  ownBoroughs,
  studyAreaKey,
  unpackedCommand,
} from "#core/places/command.ts";
import { drawnName, middleOf, parseDrawn } from "#core/places/drawn-area.ts";
import { parentStudySet, type StudySet } from "#core/places/study-set.ts";
import type { PlacesReply, StudyArea } from "#core/places/wire/places.ts";

export function createStudies(
  places: PlacesReply,
  nameOf: (cell: H3Cell) => string,
): (area: string, resolution: MapResolution) => StudySet {
  const made = new Map<string, StudySet>();
  const keep = (key: string, make: () => StudySet) => {
    const known = made.get(key);
    if (known) return known;
    const study = make();
    made.set(key, study);
    return study;
  };
  return (area, resolution) => {
    const finest = keep(`${area} 10`, () => finestStudy({ places, nameOf }, area));
    return keep(`${area} ${resolution}`, () => parentStudySet(finest, resolution));
  };
}

interface Ground {
  readonly places: PlacesReply;
  readonly nameOf: (cell: H3Cell) => string;
}

function finestStudy({ places, nameOf }: Ground, area: string): StudySet {
  const command = unpackedCommand(places);
  if (area === wholeCommand) return command;
  const corners = parseDrawn(area);
  const around = corners && nameOf(cellAt(middleOf(corners), eventResolution));
  return namedStudySet(places, command, area, `${drawnName} around ${around}`) ?? command;
}

/** False for an area of a link or saved view that is not here; the whole command is shown. */
export function isKnownArea(places: PlacesReply, area: string): boolean {
  return (
    area === wholeCommand ||
    parseDrawn(area) !== null ||
    boroughNames(places).includes(area) ||
    findStudyArea(places.studyAreas, area) !== undefined
  );
}

/** All study area options: the command, boroughs, imported areas, and the one currently drawn. */
export function areaOptions(
  places: PlacesReply,
  area: string = wholeCommand,
): readonly SelectOption<string>[] {
  const boroughs = boroughNames(places);
  return [
    { value: wholeCommand, label: places.name },
    ...(parseDrawn(area) ? [{ value: area, label: drawnName }] : []),
    ...boroughs
      .filter((name) => boroughs.length > 1 || name !== places.name)
      .map((name) => ({ value: name, label: name })),
    ...groups().flatMap(({ kind, group }) =>
      places.studyAreas
        .filter((area) => area.kind === kind)
        .map((area) => ({ value: studyAreaKey(area), label: area.name, group })),
    ),
  ];
}

export function shownArea(options: readonly SelectOption<string>[], area: string): string {
  return options.some(({ value }) => value === area) ? area : wholeCommand;
}

function boroughNames(places: PlacesReply): readonly string[] {
  return ownBoroughs(places.areas)
    .map((area) => area.name)
    .sort();
}

const groups = (): readonly { readonly kind: StudyArea["kind"]; readonly group: string }[] => [
  { kind: "ward", group: capitalised(shownCommand.get().words.ward[1]) },
  { kind: "neighbourhood", group: "Neighbourhoods" },
  { kind: "lsoa", group: "LSOAs" },
  { kind: "beat", group: "Beats" },
];
