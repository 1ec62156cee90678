import { errorFromFailure } from "#client/api/api-error.ts";
import { browserSource, pickFile } from "#client/files/browser-source.ts";
import { askGazetteers, gazetteers, sendGazetteer } from "#client/places/geo/geo-api.ts";
import { ImportedList } from "#client/places/geo/ImportedList.tsx";
import { RunState, useRun } from "#client/places/geo/use-run.tsx";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { timeLeft } from "#client/ui/format.ts";
import { gazetteerFormatLabels } from "#core/places/gazetteer/names.ts";
import { readGazetteer } from "#core/places/gazetteer/read-gazetteer.ts";
import type { Region } from "#core/places/place.ts";
import type { GazetteerResult } from "#core/places/wire/gazetteer.ts";
import { gazetteerCalls } from "#core/places/wire/imports.ts";
import { FileFault, faultText } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export function GazetteerPanel({ region }: { readonly region: Region | null }) {
  const { run, start, cancel } = useRun<GazetteerResult>();
  const choose = async () => {
    const file = await pickFile(".csv,.txt,text/csv,text/plain");
    if (!file || !region) return;
    const label = "Reading names";
    await start({
      first: { label, share: 0 },
      work: async (signal, show) => {
        const from = performance.now();
        const read = await readGazetteer(browserSource(file), region, (bytes, rows) => {
          signal.throwIfAborted();
          const share = bytes / file.size;
          const words = [formatQuantity(rows, "row"), timeLeft(from, share)];
          show({ label, share, detail: words.filter(Boolean).join(", ") });
        });
        const detail = formatQuantity(read.names.length, "name");
        show({ label: "Storing names", share: null, detail });
        return sendGazetteer(file.name, read, signal);
      },
      refusalOf: (cause) => refusalOf(cause, file.name),
    });
  };
  return (
    <section className="records__batches" aria-labelledby="records-gazetteers">
      <header className="outcome__head between">
        <h2 id="records-gazetteers">Street and postcode names</h2>
        <Button
          icon="file"
          disabled={region === null || run.status === "running"}
          onClick={() => void choose()}
        >
          Import names
        </Button>
      </header>
      <p className="quiet">
        OS Open Names, or a data.police.uk street file. Rows with only a street or postcode are
        located with these names, on this computer. The file stays here; only names in this area are
        sent.
      </p>
      <RunState run={run} onCancel={cancel} cancelled="Cancelled. No names were stored.">
        {({ fileName, format, rows, streets, postcodes, outside, notKept }) => (
          <Banner kind="note">
            {fileName}, read as {gazetteerFormatLabels[format]}: {formatQuantity(streets, "street")}{" "}
            and {formatQuantity(postcodes, "postcode")} saved from {formatQuantity(rows, "row")},{" "}
            {formatCount(outside)} outside the area, {formatCount(notKept)} repeated or not
            relevant.
          </Banner>
        )}
      </RunState>
      <ImportedList
        resource={gazetteers}
        rowsOf={(reply) => reply.gazetteers}
        keyOf={({ id }) => String(id)}
        caption="Gazetteers, newest first"
        heading="File"
        nameOf={({ fileName }) => fileName}
        linesOf={({ format }) => [`read as ${gazetteerFormatLabels[format]}`]}
        numbers={[["Names", ({ kept }) => kept]]}
        removal={{
          label: ({ fileName }) => `Remove the names of ${fileName}`,
          title: ({ fileName }) => `Remove the names of ${fileName}?`,
          effect: () =>
            "Events located with them stay where they are. To get the names back, import the file again.",
          button: ({ kept }) => `Remove ${formatQuantity(kept, "name")}`,
          run: async ({ id, fileName }) => {
            const { removed } = await askGazetteers(gazetteerCalls.remove, { id });
            return `${formatQuantity(removed, "name")} of ${fileName} removed`;
          },
        }}
        empty={<p className="quiet">No names imported yet.</p>}
      />
    </section>
  );
}

function refusalOf(cause: unknown, fileName: string) {
  if (!(cause instanceof FileFault)) return errorFromFailure(cause);
  return {
    title: "This file is not a gazetteer",
    detail: `${cleanFileName(fileName)}: ${faultText(cause, "page")} Nothing was sent.`,
  };
}
