import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { roleWords } from "#client/records/import-choices.ts";
import { askProfiles, importProfiles, tell } from "#client/records/records-api.ts";
import { WideTable } from "#client/records/WideTable.tsx";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import type { TableColumn } from "#client/ui/SortableTable.tsx";
import { profiles } from "#core/records/profile.ts";
import { type ImportProfile, profileCalls } from "#core/records/wire/import-profile.ts";
import type { ColumnRole } from "#core/table/columns.ts";
import { formatDate } from "#core/time/words.ts";

/** Absent without any. */
export function ProfileList() {
  const resource = useShared(importProfiles);
  if (!hasValue(resource) || resource.value.profiles.length === 0) return null;
  return (
    <section className="records__batches" aria-labelledby="records-profiles">
      <h2 id="records-profiles">Saved import settings</h2>
      <WideTable
        caption="Saved import settings"
        columns={columns}
        rows={resource.value.profiles}
        rowKey={({ id }) => String(id)}
      />
    </section>
  );
}

const remove = ({ id, name }: ImportProfile) =>
  tell(async () => {
    await askProfiles(profileCalls.remove, { id });
    return `${name} removed`;
  });

const columns: readonly TableColumn<ImportProfile>[] = [
  {
    label: "Name",
    cell: ({ name, reading }) => (
      <>
        {name}
        <div className="quiet small">on {profiles[reading.profile].label}</div>
      </>
    ),
  },
  {
    label: "Columns",
    cell: ({ reading }) =>
      Object.entries(reading.map)
        .filter(([, heading]) => heading !== "")
        .map(([role, heading]) => `${roleWords[role as ColumnRole]}: ${heading}`)
        .join(", "),
  },
  {
    label: "Last changed",
    cell: ({ changedBy, changedAt }) => (
      <>
        {formatDate(changedAt.slice(0, 10))}
        <div className="quiet small">{changedBy}</div>
      </>
    ),
  },
  {
    label: "Change",
    cell: (profile) => (
      <AskedButton
        button={{ label: `Remove ${profile.name}`, children: "Remove" }}
        title={`Remove ${profile.name}?`}
        yes="Remove it"
        onYes={() => void remove(profile)}
      >
        Events imported with it are kept. The next file of this kind will be detected automatically.
      </AskedButton>
    ),
  },
];
