import { useState } from "react";
import type { ZoneChoiceProps } from "#client/neighbours/ZoneMap.tsx";
import { ZoneMap } from "#client/neighbours/ZoneMap.tsx";
import { Check } from "#client/ui/Check.tsx";
import { TextField } from "#client/ui/TextField.tsx";

/** Parts of the own side of the edge: on a small map with a click, or in the list beside it by name and key; or an area that is drawn. */
export function ZoneChoice(props: ZoneChoiceProps) {
  const { area, chosen, onToggle, drawn } = props;
  const [sought, setSought] = useState("");
  const words = sought.trim().toLowerCase();
  const shown = area.zones.filter(
    ({ name }) => chosen.has(name) || name.toLowerCase().includes(words),
  );
  return (
    <div className="zone-choice">
      <ZoneMap {...props} />
      <fieldset className="zone-choice__list">
        <legend>
          {drawn === null ? `Parts of your side, ${chosen.size} chosen` : "Parts of your side"}
        </legend>
        <TextField label="Find by name" value={sought} onChange={setSought} />
        <ul>
          {shown.map(({ name }) => (
            <li key={name}>
              <Check isChecked={drawn === null && chosen.has(name)} onChange={() => onToggle(name)}>
                {name}
              </Check>
            </li>
          ))}
        </ul>
      </fieldset>
    </div>
  );
}
