import { useState } from "react";
import { ZoneMap } from "#client/displacement/neighbours/ZoneMap.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { AgreedArea } from "#core/wire/exchange.ts";

export interface ZoneChoiceProps {
  readonly area: AgreedArea;
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (name: string) => void;
}

/** Parts of the own side of the edge: on a small map with a click, or in the list beside it by name and key. */
export function ZoneChoice({ area, chosen, onToggle }: ZoneChoiceProps) {
  const [sought, setSought] = useState("");
  const words = sought.trim().toLowerCase();
  const shown = area.zones.filter(
    ({ name }) => chosen.has(name) || name.toLowerCase().includes(words),
  );
  return (
    <div className="zone-choice">
      <ZoneMap area={area} chosen={chosen} onToggle={onToggle} />
      <fieldset className="zone-choice__list">
        <legend>Parts of your side, {chosen.size} chosen</legend>
        <TextField label="Find by name" value={sought} onChange={setSought} />
        <ul>
          {shown.map(({ name }) => (
            <li key={name}>
              <label>
                <input type="checkbox" checked={chosen.has(name)} onChange={() => onToggle(name)} />{" "}
                {name}
              </label>
            </li>
          ))}
        </ul>
      </fieldset>
    </div>
  );
}
