import type { PreviewFormProps } from "#client/records/PreviewForm.tsx";
import { SaveProfile } from "#client/records/SaveProfile.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import type { ImportChoices } from "#core/records/import-choices.ts";
import type { ImportPreview } from "#core/records/preview.ts";
import { headingsToKeep, mapToKeep, type SavedReading } from "#core/records/saved-profile.ts";

interface StoreBarProps {
  readonly form: PreviewFormProps;
  readonly preview: ImportPreview | null;
  readonly headings: readonly string[];
  readonly isReady: boolean;
}

/** What is done with the file as it is read. */
export function StoreBar({ form, preview, headings, isReady }: StoreBarProps) {
  const { choices, saved, allOrNone, onAllOrNone, onSaved, onStore, onCancel } = form;
  const store = (dryRun: boolean) => onStore(dryRun, preview ? foundByValues(preview) : {});
  return (
    <>
      {preview ? (
        <Segmented
          label="If rows are refused"
          value={allOrNone ? "none" : "good"}
          options={[
            { value: "good", label: "Store the good rows" },
            { value: "none", label: "Store nothing" },
          ]}
          onChange={(value) => onAllOrNone(value === "none")}
        />
      ) : null}
      <footer className="preview__actions">
        {preview ? (
          <SaveProfile
            reading={readingToSave(headings, choices, preview)}
            current={saved}
            onSaved={onSaved}
          />
        ) : null}
        <Button onClick={onCancel}>Close</Button>
        <Button disabled={!isReady} onClick={() => store(true)}>
          Try without storing
        </Button>
        <Button look="filled" disabled={!isReady} onClick={() => store(false)}>
          Import this file
        </Button>
      </footer>
    </>
  );
}

/** Columns that no heading told: the server is told of them, so that it reads what was shown. */
function foundByValues({ outline }: ImportPreview): Readonly<Record<string, string>> {
  return Object.fromEntries(
    outline.guesses.flatMap(({ role, by }) => {
      const column = outline.mapping[role];
      return by === "values" && column !== undefined ? [[role, column]] : [];
    }),
  );
}

function readingToSave(
  headings: readonly string[],
  { map, kind, source, dates, words, midnight }: ImportChoices,
  { outline }: ImportPreview,
): SavedReading {
  return {
    profile: outline.profile,
    map: mapToKeep(outline.mapping, map),
    headings: headingsToKeep(headings),
    kind,
    source,
    dates,
    words,
    midnight,
  };
}
