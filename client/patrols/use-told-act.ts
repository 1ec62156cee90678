import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { showToast } from "#client/ui/toast-store.ts";

/** One at a time; the result, or the error, is shown in a toast. */
export function useToldAct(then: () => void) {
  const [isBusy, setBusy] = useState(false);
  const run = async (act: () => Promise<string>): Promise<void> => {
    setBusy(true);
    try {
      showToast(await act());
    } catch (cause) {
      showToast(failureWords(cause));
    }
    setBusy(false);
    then();
  };
  return { isBusy, run };
}

export function failureWords(cause: unknown): string {
  const { title, detail } = errorFromFailure(cause);
  return `${title}. ${detail}`;
}
