import { type MapResolution, wholeCommand } from "#client/hotspots/view.ts";
import { eventResolution } from "#core/geo/cell.ts";
import { unpackedCommand } from "#core/geo/command.ts";
import { cellsInside } from "#core/geo/fill.ts";
import { findStudyArea, studySetOf } from "#core/geo/study-area.ts";
import { createStudySet, parentStudySet, type StudySet } from "#core/geo/study-set.ts";
import type { PlacesReply } from "#core/wire/places.ts";

/** The study set of an area at a resolution, made when first asked for and kept. */
export function createStudies(
  places: PlacesReply,
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
    const finest = keep(`${area} 10`, () => finestStudy(places, area));
    return keep(`${area} ${resolution}`, () => parentStudySet(finest, resolution));
  };
}

/** The boroughs of the command, by name. */
export function boroughNames(places: PlacesReply): readonly string[] {
  return places.areas
    .filter((area) => area.kind === "borough" && area.inCommand)
    .map((area) => area.name)
    .sort();
}

function finestStudy(places: PlacesReply, area: string): StudySet {
  const borough = places.areas.find(
    ({ name, kind, inCommand }) => name === area && kind === "borough" && inCommand,
  );
  if (borough) {
    return createStudySet(borough.name, eventResolution, cellsInside([borough], eventResolution));
  }
  const command = unpackedCommand(places);
  const part = area === wholeCommand ? undefined : findStudyArea(places.studyAreas, area);
  return part ? studySetOf(part, command) : command;
}
