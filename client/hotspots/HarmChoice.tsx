import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import type { ChangeView } from "#client/hotspots/view-store.ts";
import { harmTables } from "#client/records/harm-tables.ts";
import { Select } from "#client/ui/Select.tsx";
import { tableName, versionText } from "#core/records/harm.ts";
import { formatDate } from "#core/time/words.ts";

interface HarmChoiceProps {
  readonly view: HotspotsView;
  readonly onChange: ChangeView;
}

/** Which saved version of the harm weights the reports are weighted by; nothing where none is saved. */
export function HarmChoice({ view, onChange }: HarmChoiceProps) {
  const saved = useShared(harmTables);
  const versions = hasValue(saved) ? saved.value.versions : [];
  const [inUse] = versions;
  if (!inUse) return null;
  const shown = view.harm === null ? inUse : versions.find(({ version }) => version === view.harm);
  return (
    <Select
      label="Weights"
      value={shown ? versionText(shown.version) : ""}
      options={[
        ...(shown ? [] : [{ value: "", label: "Not saved here" }]),
        ...versions.map((table) => ({
          value: versionText(table.version),
          label: `${tableName(table)}${table === inUse ? " (in use)" : ""}`,
        })),
      ]}
      hint={shown && `Saved ${formatDate(shown.savedAt.slice(0, 10))} by ${shown.savedBy}.`}
      onChange={(chosen) => {
        const table = versions.find(({ version }) => versionText(version) === chosen);
        if (table) onChange({ harm: table.version });
      }}
    />
  );
}
