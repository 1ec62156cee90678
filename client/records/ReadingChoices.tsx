import { sourceWords } from "#client/records/kind-words.ts";
import { Select } from "#client/ui/Select.tsx";
import { eventSources } from "#core/records/event.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";
import { eventKinds, kinds } from "#core/records/kinds.ts";
import type { MidnightReading, MidnightSpike } from "#core/records/midnight.ts";
import { profileNames, profiles } from "#core/records/profile.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface ReadingChoicesProps {
  readonly choices: ImportChoices;
  readonly savedNames: readonly string[];
  readonly saved: string | null;
  readonly onSaved: (name: string) => void;
  readonly midnightSpike: MidnightSpike | null;
  readonly needsKind: boolean;
  /** Its dates can be read both ways. */
  readonly needsOrder: boolean;
  readonly onChoices: (choices: ImportChoices) => void;
}

const orderWords = {
  "day-first": "Day first: 31/12",
  "month-first": "Month first: 12/31",
} as const;
const orders = ["day-first", "month-first"] as const;

const midnights: readonly { readonly value: MidnightReading; readonly label: string }[] = [
  { value: "as-written", label: "00:00 is a time" },
  { value: "unknown", label: "Time unknown: the whole day" },
];
/** Marks saved profiles; no built-in name begins so. */
const savedPrefix = "saved:";

/** What a file cannot say by itself; "as found" wherever it can. */
export function ReadingChoices(props: ReadingChoicesProps) {
  const { choices, saved, savedNames, needsKind, needsOrder, midnightSpike, onChoices } = props;
  const pick = <Value extends string>(value: string, all: readonly Value[]) =>
    all.find((each) => each === value) ?? null;
  return (
    <div className="tiles tiles--small">
      <Select
        label="File format"
        value={saved === null ? choices.profile : savedPrefix + saved}
        options={[
          { value: "auto", label: "Automatic" },
          ...profileNames.map((name) => ({ value: name as string, label: profiles[name].label })),
          ...savedNames.map((name) => ({ value: savedPrefix + name, label: `${name} (saved)` })),
        ]}
        onChange={(value) => {
          if (value.startsWith(savedPrefix)) props.onSaved(value.slice(savedPrefix.length));
          else onChoices({ ...choices, profile: pick(value, profileNames) ?? "auto" });
        }}
      />
      <Select
        label="Kind of event"
        value={choices.kind ?? "found"}
        error={needsKind ? "Not in the file. Choose one." : undefined}
        options={[
          { value: "found", label: "As in the file" },
          ...eventKinds.map((kind) => ({ value: kind, label: kinds[kind].label })),
        ]}
        onChange={(value) => onChoices({ ...choices, kind: pick(value, eventKinds) })}
      />
      <Select
        label="Reported by"
        value={choices.source ?? "found"}
        hint="Where the file is silent: complaints by residents, all else by police."
        options={[
          { value: "found", label: "As in the file" },
          ...eventSources.map((source) => ({ value: source, label: sourceWords[source] })),
        ]}
        onChange={(value) => onChoices({ ...choices, source: pick(value, eventSources) })}
      />
      <Select
        label="Order of dates"
        value={choices.dates ?? "found"}
        error={needsOrder ? "These dates fit both orders. Choose one." : undefined}
        options={[
          { value: "found", label: needsOrder ? "Open" : "Automatic" },
          ...orders.map((order) => ({ value: order, label: orderWords[order] })),
        ]}
        onChange={(value) => onChoices({ ...choices, dates: pick(value, orders) })}
      />
      <Select
        label="Midnights"
        value={choices.midnight}
        hint={
          midnightSpike
            ? `Time unknown? ${formatQuantity(midnightSpike.rows, "row")} of ${formatCount(midnightSpike.timed)} are 00:00.`
            : undefined
        }
        options={midnights}
        onChange={(midnight) => onChoices({ ...choices, midnight })}
      />
    </div>
  );
}
