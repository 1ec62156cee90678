import type { Resource } from "#client/api/resource.ts";
import { hasValue } from "#client/api/resource.ts";
import { Button } from "#client/ui/Button.tsx";
import type { BannersReply } from "#core/displacement/wire/displacement.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";

export interface MovedNotesProps {
  readonly resource: Resource<BannersReply["banners"]>;
  /** Absent on paper. */
  readonly onRetry?: () => void;
}

/**
 * A fall where an operation was with a rise at a line (SAFEGUARDS 11): on every slide, also on one that
 * is blanked, and on the first sheet, with its own dates, apart from the month's figures. There is no
 * way to close it, and when it cannot be read that is said.
 */
export function MovedNotes({ resource, onRetry }: MovedNotesProps) {
  const { say } = inEnglish;
  if (hasValue(resource)) {
    return resource.value.map(({ operation, text, basis }) => (
      <aside key={operation} className="panel__moved" aria-label={say("moved.note")}>
        <p>
          <strong>{text}</strong> <span className="panel__moved-basis">{basis}</span>
        </p>
      </aside>
    ));
  }
  // A handout that was printed too soon must not look like one to which nothing is to be added.
  if (resource.status !== "failed") {
    return <p className="panel__note-awaited print-only">{say("moved.awaited")}</p>;
  }
  return (
    <aside className="panel__moved" aria-label={say("moved.note")}>
      <p>{say("moved.unknown")}</p>
      {onRetry ? (
        <Button className="no-print" onClick={onRetry}>
          Retry
        </Button>
      ) : null}
    </aside>
  );
}
