import { Button } from "#client/ui/Button.tsx";
import { Chip } from "#client/ui/Chip.tsx";
import { typeKey, wordsOfTypes } from "#core/records/types.ts";

export interface TypeFilterProps {
  /** The words that there are. */
  readonly types: readonly string[];
  /** Keys; all where none is chosen. */
  readonly chosen: readonly string[];
  readonly onChoose: (keys: readonly string[]) => void;
}

/** What happened in the sources' own words, as many as are wanted. Nothing where no source has any. */
export function TypeFilter({ types, chosen, onChoose }: TypeFilterProps) {
  const known = types.map(typeKey);
  // A link may name one that no record has: it is there to be let go of.
  const keys = [...known, ...chosen.filter((key) => !known.includes(key))];
  if (keys.length === 0) return null;
  const words = wordsOfTypes(types, keys);
  return (
    <details className="hotspots__types">
      <summary>
        {chosen.length === 0 ? "Types: all" : `Types: ${wordsOfTypes(types, chosen).join(", ")}`}
      </summary>
      <fieldset className="hotspots__kinds">
        <legend>Only records of these types</legend>
        {keys.map((key, at) => (
          <Chip
            key={key}
            checked={chosen.includes(key)}
            onChange={(isChosen) =>
              onChoose(keys.filter((each) => (each === key ? isChosen : chosen.includes(each))))
            }
          >
            {words[at]}
          </Chip>
        ))}
        {chosen.length === 0 ? null : <Button onClick={() => onChoose([])}>All types</Button>}
      </fieldset>
    </details>
  );
}
