import { useEffect, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { useShared } from "#client/api/use-resource.ts";
import { pickFile } from "#client/files/pick-file.ts";
import { createGazetteerImporter, type GazetteerRun } from "#client/places/geo/gazetteer-run.ts";
import { gazetteers, removeGazetteer } from "#client/places/geo/gazetteers.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatCount, formatDate, formatQuantity, formatTimeOfDay } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { gazetteerFormatLabels } from "#core/places/gazetteer/names.ts";
import type { Region } from "#core/places/place.ts";
import type { GazetteerImport } from "#core/places/wire/gazetteer.ts";

/** By which rows with only a street or a postcode are placed, and cells are named. */
export function GazetteerPanel({ region }: { readonly region: Region | null }) {
  const [importer] = useState(createGazetteerImporter);
  const run = useStore(importer.run, (state) => state);
  useEffect(() => importer.cancel, [importer]);
  const choose = async () => {
    const file = await pickFile(".csv,.txt,text/csv,text/plain");
    if (file && region) await importer.start(file, region);
  };
  return (
    <section className="records__batches" aria-labelledby="records-gazetteers">
      <header className="outcome__head">
        <h2 id="records-gazetteers">Names of streets and postcodes</h2>
        <Button
          icon="file"
          disabled={region === null || run.status === "running"}
          onClick={() => void choose()}
        >
          Bring names in
        </Button>
      </header>
      <p className="quiet">
        OS Open Names, or a street file of data.police.uk. Rows that have only a street or a
        postcode are placed by these names on this computer, and cells are called after them. The
        file stays here: only its names of this area are sent.
      </p>
      <RunState run={run} onCancel={importer.cancel} />
      <GazetteerList />
    </section>
  );
}

function RunState({
  run,
  onCancel,
}: {
  readonly run: GazetteerRun;
  readonly onCancel: () => void;
}) {
  switch (run.status) {
    case "idle":
      return null;
    case "running":
      return (
        <Progress label={run.label} share={run.share} detail={run.detail} onCancel={onCancel} />
      );
    case "cancelled":
      return <Banner kind="note">Cancelled. No names were stored.</Banner>;
    case "failed":
      return <ErrorNote title={run.title} detail={run.detail} />;
    case "done": {
      const { fileName, format, rows, streets, postcodes, outside, notKept } = run.result;
      return (
        <Banner kind="note">
          {fileName}, read as {gazetteerFormatLabels[format]}: {formatQuantity(streets, "street")}{" "}
          and {formatQuantity(postcodes, "postcode")} kept of {formatQuantity(rows, "row")},{" "}
          {formatCount(outside)} outside the area, {formatCount(notKept)} repeated or of other
          things.
        </Banner>
      );
    }
  }
}

function GazetteerList() {
  const resource = useShared(gazetteers);
  const [asked, setAsked] = useState<GazetteerImport | null>(null);
  const remove = async ({ id, fileName }: GazetteerImport) => {
    setAsked(null);
    try {
      const removed = await removeGazetteer(id);
      showToast(`${formatQuantity(removed, "name")} of ${fileName} removed`);
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
  };
  return (
    <Loaded resource={resource} onRetry={gazetteers.reload}>
      {(reply) => (
        <>
          {reply.gazetteers.length === 0 ? (
            <p className="quiet">No names have come in yet.</p>
          ) : (
            <div className="records__scroll">
              <SortableTable
                caption="Gazetteers, newest first"
                columns={[...plainColumns, removeColumn(setAsked)]}
                rows={reply.gazetteers}
                rowKey={({ id }) => String(id)}
              />
            </div>
          )}
          {asked ? (
            <Dialog
              title={`Remove the names of ${asked.fileName}?`}
              onClose={() => setAsked(null)}
              actions={
                <>
                  <Button onClick={() => setAsked(null)}>Keep them</Button>
                  <Button look="filled" onClick={() => void remove(asked)}>
                    Remove {formatQuantity(asked.kept, "name")}
                  </Button>
                </>
              }
            >
              <p>
                Events that were placed by them stay where they are. Cells are called as they were
                before. To have the names back, bring the file in again.
              </p>
            </Dialog>
          ) : null}
        </>
      )}
    </Loaded>
  );
}

const plainColumns: readonly TableColumn<GazetteerImport>[] = [
  {
    key: "file",
    label: "File",
    cell: ({ fileName, format }) => (
      <>
        {fileName}
        <div className="quiet small">read as {gazetteerFormatLabels[format]}</div>
      </>
    ),
  },
  {
    key: "when",
    label: "When",
    cell: ({ importedAt }) =>
      `${formatDate(importedAt.slice(0, 10))} ${formatTimeOfDay(importedAt)}`,
  },
  { key: "person", label: "By", cell: ({ person }) => person },
  { key: "kept", label: "Names", isNumber: true, cell: ({ kept }) => formatCount(kept) },
];

function removeColumn(ask: (gazetteer: GazetteerImport) => void): TableColumn<GazetteerImport> {
  return {
    key: "remove",
    label: "Remove",
    cell: (gazetteer) => (
      <Button onClick={() => ask(gazetteer)} label={`Remove the names of ${gazetteer.fileName}`}>
        Remove
      </Button>
    ),
  };
}
