import { leaveQuickly, quickExit } from "#client/state/quick-exit.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";

/** One tap away, also within modal dialogs. */
export function QuickExit() {
  const { isOffered, endSession } = useStore(quickExit, (state) => state);
  if (!isOffered) return null;
  return (
    <Button
      className="quick-exit"
      lang="en"
      title="Leave this page at once (press Esc twice)"
      onClick={() => leaveQuickly(endSession)}
    >
      Leave quickly
    </Button>
  );
}
