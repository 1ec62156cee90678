import { untold } from "#client/api/untold.ts";
import { useStore } from "#client/state/use-store.ts";
import { formatQuantity } from "#core/text/numbers.ts";

/**
 * Where a page is shut while something waits in it: that it is not lost, and what sends it. No word of what it
 * is, for whoever holds the phone reads this.
 */
export function WaitingNote() {
  const waiting = useStore(untold, (list) => list.length);
  if (waiting === 0) return null;
  return (
    <p role="status">
      <strong>{formatQuantity(waiting, "entry", "entries")} not sent yet.</strong>{" "}
      {waiting === 1 ? "It is" : "They are"} kept on this page only: do not close it. Open it here
      and {waiting === 1 ? "it goes" : "they go"} out by {waiting === 1 ? "itself" : "themselves"}.
    </p>
  );
}
