import type { Resource } from "#client/api/resource.ts";
import { hasValue } from "#client/api/resource.ts";
import { Button } from "#client/ui/Button.tsx";
import type { BannersReply } from "#core/wire/displacement.ts";

/**
 * A fall where an operation was with a rise at a line (SAFEGUARDS 11): on every slide and on the
 * first sheet, with its own dates, apart from the month's figures. There is no way to close it, and
 * when it cannot be read that is said.
 */
export function MovedNotes({
  resource,
  onRetry,
}: {
  readonly resource: Resource<BannersReply["banners"]>;
  readonly onRetry: () => void;
}) {
  if (hasValue(resource)) {
    return resource.value.map(({ operation, text, basis }) => (
      <aside key={operation} className="panel__moved" aria-label="About the operation">
        <p>
          <strong>{text}</strong> {basis}
        </p>
      </aside>
    ));
  }
  // A handout that was printed too soon must not look like one to which nothing is to be added.
  if (resource.status !== "failed") {
    return (
      <p className="panel__note-awaited print-only">
        It was not read yet whether reports rose near a line while they fell in the streets of an
        operation. Print this again.
      </p>
    );
  }
  return (
    <aside className="panel__moved" aria-label="About the operation">
      <p>
        It could not be read whether reports rose near a line while they fell in the streets of an
        operation.
      </p>
      <Button className="no-print" onClick={onRetry}>
        Retry
      </Button>
    </aside>
  );
}
