import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { inbox } from "#client/records/records-api.ts";
import { useInterval } from "#client/state/use-interval.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

const askEveryMs = 30_000;

/** Files of the server's inbox that a person must see to; nothing where there are none. */
export function Inbox() {
  const resource = useShared(inbox);
  useInterval(inbox.reload, askEveryMs);
  const { waiting, refused } = (hasValue(resource) && resource.value.inbox) || empty;
  if (waiting.length + refused.length === 0) return null;
  return (
    <section className="stack gap-2" aria-labelledby="records-inbox">
      <h2 id="records-inbox">Inbox</h2>
      {waiting.length > 0 ? (
        <Banner kind="note">
          {formatQuantity(waiting.length, "file waits", "files wait")} to be understood:{" "}
          {waiting.join(", ")}. Import one such file here and save its settings; the inbox then
          takes every file with these headings.
        </Banner>
      ) : null}
      {refused.map(({ fileName, refusedAt, report }) => (
        <details key={`${fileName} ${refusedAt}`}>
          <summary>
            {fileName}: refused {formatDate(refusedAt.slice(0, 10))} {formatTimeOfDay(refusedAt)}
          </summary>
          <ul>
            {report.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

const empty = { waiting: [], refused: [] };
