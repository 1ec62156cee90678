import { useMemo } from "react";
import type { AreaDraft } from "#client/displacement/operations/operation-draft.ts";
import { areaOptions } from "#client/hotspots/area-options.ts";
import { wholeCommand } from "#client/hotspots/view.ts";
import { Select } from "#client/ui/Select.tsx";
import type { OperationArea } from "#core/displacement/operation-area.ts";
import { eventResolution } from "#core/geo/cell.ts";
import { cellsInside } from "#core/places/fill.ts";
import { findStudyArea, studyAreaKey, studySetOf } from "#core/places/study-area.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

export interface NamedAreaFieldProps {
  readonly draft: AreaDraft;
  readonly places: PlacesReply;
  readonly command: StudySet;
  readonly onChange: (draft: AreaDraft) => void;
}

const nothing = "";

/** A borough, ward or other area that has a name. */
export function NamedAreaField({ draft, places, command, onChange }: NamedAreaFieldProps) {
  const options = useMemo(
    () => [
      { value: nothing, label: "Choose an area" },
      ...areaOptions(places).filter(({ value }) => value !== wholeCommand),
    ],
    [places],
  );
  const chosen = useMemo(() => chosenKey(draft, places), [draft, places]);
  return (
    <Select
      label="Ward or other area"
      value={chosen}
      options={options}
      onChange={(key) => onChange({ ...draft, area: namedArea(key, places, command) })}
    />
  );
}

function chosenKey({ area }: AreaDraft, places: PlacesReply): string {
  if (area?.by !== "named" || area.name === null) return nothing;
  const found = findStudyArea(places.studyAreas, area.name);
  return found ? studyAreaKey(found) : area.name;
}

function namedArea(key: string, places: PlacesReply, command: StudySet): OperationArea | null {
  const borough = places.areas.find(({ kind, name }) => kind === "borough" && name === key);
  if (borough) {
    const inside = cellsInside([borough], eventResolution);
    const cells = inside.filter((cell) => command.indexOf.has(cell));
    return { by: "named", name: borough.name, cells };
  }
  const area = findStudyArea(places.studyAreas, key);
  if (!area) return null;
  return { by: "named", name: area.name, cells: studySetOf(area, command).cells };
}
