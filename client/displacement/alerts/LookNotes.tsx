import { Banner } from "#client/ui/Banner.tsx";
import { formatDate, formatTimeOfDay } from "#client/ui/format.ts";
import type { WatchedOperation } from "#core/displacement/wire/alerts.ts";

/** Of each operation when it was last looked at, at what, and with what answer. */
export function LookNotes({ operations }: { readonly operations: readonly WatchedOperation[] }) {
  return (
    <ul className="alerts__looks" aria-label="When it was last looked">
      {operations.map((watched) => (
        <li key={watched.operation}>
          {watched.isBehind && watched.look ? (
            <Banner kind="stale">
              {watched.operation}: records have come in or a day has begun since the last look. They
              are looked at within a minute or so; what stands below is from before.
            </Banner>
          ) : null}
          <span>
            <strong>{watched.operation}</strong> {lookWords(watched)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function lookWords({ look, isRunning }: WatchedOperation): string {
  if (!isRunning) {
    const last = look ? ` Last looked at ${formatDate(look.asAt)}. ${look.sentence}` : "";
    return `has ended and is not watched any more.${last}`;
  }
  if (!look) return "has not been looked at yet; the first look takes a minute or so.";
  const many = look.falseAlertsPerYear.toFixed(1);
  const rare = `Chance alone brings about ${many === "1.0" ? "one such alert" : `${many} such alerts`} a year at most.`;
  return `looked at ${formatDate(look.asAt)}, ${formatTimeOfDay(look.at)}. ${look.sentence} ${rare}`;
}
