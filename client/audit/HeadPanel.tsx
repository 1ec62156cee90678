import { useFetched } from "#client/api/use-resource.ts";
import { loadHead } from "#client/audit/audit-api.ts";
import { HeadFacts, HeadSheet } from "#client/audit/HeadSheet.tsx";
import type { Verification } from "#client/audit/use-verification.ts";
import { printInLight } from "#client/state/print.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";

/** The last row, to be kept elsewhere: on paper or in a file. */
export function HeadPanel({ verification }: { readonly verification: Verification }) {
  // After a verification the head is another: the verification is in the log too.
  const key = verification.status === "done" ? String(verification.at) : "first";
  const { resource, reload } = useFetched(key, loadHead);
  return (
    <section className="chain" aria-labelledby="audit-head">
      <h2 id="audit-head">Head of the chain</h2>
      <Loaded resource={resource} onRetry={reload}>
        {({ head, readAt }) =>
          head === null ? (
            <EmptyState title="Nothing was recorded yet" />
          ) : (
            <>
              <HeadFacts head={head} />
              <HeadSheet head={head} readAt={readAt} verification={verification} />
            </>
          )
        }
      </Loaded>
      <div className="chain__acts">
        <Button icon="print" onClick={() => void printInLight()}>
          Print the head
        </Button>
        <Download format="ndjson">All rows, with the head</Download>
        <Download format="csv">All rows, as a table</Download>
      </div>
    </section>
  );
}

/** A link, so that a long chain goes straight to the disk. */
function Download({
  format,
  children,
}: {
  readonly format: "ndjson" | "csv";
  readonly children: string;
}) {
  return (
    <a className="button button--plain" href={`/api/audit/export?format=${format}`} download>
      <Icon name="download" />
      {children}
    </a>
  );
}
