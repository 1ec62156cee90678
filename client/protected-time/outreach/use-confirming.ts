import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { confirmCalendar, ownCalendar } from "#client/protected-time/outreach/outreach-api.ts";
import { showToast } from "#client/ui/toast-store.ts";

/** Says that the calendar is complete, and perhaps that nothing changes until a day. */
export function useConfirming(): {
  readonly isBusy: boolean;
  readonly confirm: (pausedUntil: string | null) => Promise<void>;
} {
  const [isBusy, setBusy] = useState(false);
  const confirm = async (pausedUntil: string | null) => {
    setBusy(true);
    try {
      ownCalendar.accept(await confirmCalendar(pausedUntil));
      showToast("Thank you. Patrol planning knows that your sessions are complete.");
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    setBusy(false);
  };
  return { isBusy, confirm };
}
