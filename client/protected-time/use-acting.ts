import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { translated } from "#client/protected-time/words/diary.tsx";

/** A refusal is kept as one sentence, unless `tell` takes it. */
export function useActing(tell?: (refusal: string) => void) {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  /** What `work` answers; null where it was refused. */
  const act = async <Value>(work: () => Promise<Value>): Promise<Value | null> => {
    setBusy(true);
    setRefusal(null);
    try {
      return await work();
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      (tell ?? setRefusal)(translated(`${title}. ${detail}`));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, refusal, forgetRefusal: () => setRefusal(null), act };
}
