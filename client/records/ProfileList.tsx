import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { roleWords } from "#client/records/import-choices.ts";
import { askProfiles, importProfiles } from "#client/records/records-api.ts";
import { WideBox } from "#client/records/WideBox.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { profiles } from "#core/records/profile.ts";
import {
  type ImportProfile,
  importProfileName,
  profileCalls,
} from "#core/records/wire/import-profile.ts";
import type { ColumnRole } from "#core/table/columns.ts";
import { formatDate } from "#core/time/words.ts";

/** Saved ways of reading a file, to be renamed or removed; nothing while there are none. */
export function ProfileList() {
  const resource = useShared(importProfiles);
  const [renamed, setRenamed] = useState<ImportProfile | null>(null);
  const [removed, setRemoved] = useState<ImportProfile | null>(null);
  if (!hasValue(resource) || resource.value.profiles.length === 0) return null;
  const columns: readonly TableColumn<ImportProfile>[] = [
    ...plainColumns,
    {
      key: "acts",
      label: "Change",
      cell: (profile) => (
        <div className="records__acts">
          <Button onClick={() => setRenamed(profile)} label={`Rename ${profile.name}`}>
            Rename
          </Button>
          <Button onClick={() => setRemoved(profile)} label={`Remove ${profile.name}`}>
            Remove
          </Button>
        </div>
      ),
    },
  ];
  const remove = async ({ id, name }: ImportProfile) => {
    setRemoved(null);
    try {
      await askProfiles(profileCalls.remove, { id });
      undoHistory.end();
      showToast(`${name} removed`);
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
  };
  return (
    <section className="records__batches" aria-labelledby="records-profiles">
      <h2 id="records-profiles">Saved import settings</h2>
      <WideBox label="Saved import settings">
        <SortableTable
          caption="Saved import settings"
          columns={columns}
          rows={resource.value.profiles}
          rowKey={({ id }) => String(id)}
        />
      </WideBox>
      {renamed ? <RenameDialog profile={renamed} onClose={() => setRenamed(null)} /> : null}
      {removed ? (
        <Dialog
          title={`Remove ${removed.name}?`}
          onClose={() => setRemoved(null)}
          actions={
            <>
              <Button onClick={() => setRemoved(null)}>Cancel</Button>
              <Button look="filled" onClick={() => void remove(removed)}>
                Remove it
              </Button>
            </>
          }
        >
          <p>
            Events imported with it are kept. The next file of this kind will be detected
            automatically.
          </p>
        </Dialog>
      ) : null}
    </section>
  );
}

function RenameDialog({
  profile,
  onClose,
}: {
  readonly profile: ImportProfile;
  readonly onClose: () => void;
}) {
  const [name, setName] = useState(profile.name);
  const [fault, setFault] = useState<string | null>(null);
  const checked = importProfileName.safeParse(name);
  const rename = async () => {
    if (!checked.success) return;
    try {
      await askProfiles(profileCalls.rename, { id: profile.id, body: { name: checked.data } });
      onClose();
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setFault(`${title}. ${detail}`);
    }
  };
  return (
    <Dialog
      title={`Rename ${profile.name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="filled" disabled={!checked.success} onClick={() => void rename()}>
            Rename
          </Button>
        </>
      }
    >
      <TextField
        label="New name"
        value={name}
        error={(checked.success ? fault : checked.error.issues[0]?.message) ?? undefined}
        onChange={(next) => {
          setName(next);
          setFault(null);
        }}
      />
    </Dialog>
  );
}

const plainColumns: readonly TableColumn<ImportProfile>[] = [
  {
    key: "name",
    label: "Name",
    cell: ({ name, reading }) => (
      <>
        {name}
        <div className="quiet small">on {profiles[reading.profile].label}</div>
      </>
    ),
  },
  {
    key: "columns",
    label: "Columns",
    cell: ({ reading }) =>
      Object.entries(reading.map)
        .filter(([, heading]) => heading !== "")
        .map(([role, heading]) => `${roleWords[role as ColumnRole]}: ${heading}`)
        .join(", "),
  },
  {
    key: "changed",
    label: "Last changed",
    cell: ({ changedBy, changedAt }) => (
      <>
        {formatDate(changedAt.slice(0, 10))}
        <div className="quiet small">{changedBy}</div>
      </>
    ),
  },
];
