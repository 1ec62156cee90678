import type { Upload } from "#client/protected-time/upload/upload-rows.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { formatQuantity } from "#core/text/numbers.ts";

/** What could not be read, why, and what follows. */
export function UnreadEntries({ rejected }: Pick<Upload, "rejected">) {
  if (rejected.length === 0) return null;
  return (
    <section className="upload__unread" aria-label="Entries that could not be read">
      <p>
        <Icon name="warning" /> {formatQuantity(rejected.length, "entry", "entries")} could not be
        read. Add {rejected.length === 1 ? "it" : "them"} by hand, then confirm your calendar: until
        you do, no patrols are suggested.
      </p>
      <ul>
        {rejected.map(({ line, title, reason }) => (
          <li key={line}>
            {title === "" ? `Line ${line}` : title}: {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}
