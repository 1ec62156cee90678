import { keptCount } from "#client/api/kept-item.ts";
import { untold } from "#client/api/untold.ts";
import { useStore } from "#client/state/use-store.ts";

/**
 * On sign-in, lock and offline screens: that unsent entries are not lost, and what sends them.
 * Never what they are: anyone with the phone can read it.
 */
export function WaitingNote() {
  const waiting = useStore(untold, (list) => list.length);
  const kept = useStore(keptCount, (count) => count);
  const count = Math.max(waiting, kept);
  if (count === 0) return null;
  const isOne = count === 1;
  return (
    <p role="status" lang="en">
      <strong>{isOne ? "1 entry is not sent yet." : `${count} entries are not sent yet.`}</strong>{" "}
      {isOne ? "It is" : "They are"} kept on this{" "}
      {kept < waiting ? "page only: do not close it" : "phone"}. Open it here and{" "}
      {isOne ? "it goes out by itself" : "they go out by themselves"}.
    </p>
  );
}
