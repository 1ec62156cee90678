import { useEffect, useState } from "react";
import { unsaved } from "#client/protected-time/session-form/unsaved.ts";
import { address, replaceParams, step } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";

interface Doing {
  /** Empty: the start page; else what the form is for. */
  readonly doing: string;
  readonly leaving: {
    readonly isAsked: boolean;
    /** Leaves at once where nothing was typed. */
    readonly ask: () => void;
    readonly stay: () => void;
    readonly leave: () => void;
  };
}

/**
 * What the address says is being done. The phone's own Back must not throw away what was typed:
 * the form stays, its address comes back, and leaving is asked about.
 */
export function useDoing(): Doing {
  const wanted = useStore(address, (at) => at.params["do"] ?? "");
  const isUnsaved = useStore(unsaved, (state) => state);
  const [held, setHeld] = useState(wanted);
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (wanted === held) return;
    if (!isUnsaved) {
      setHeld(wanted);
      return;
    }
    step("outreach", { do: held });
    setAsked(true);
  }, [wanted, held, isUnsaved]);
  const leave = () => {
    unsaved.set(() => false);
    setAsked(false);
    replaceParams("outreach", {});
  };
  return {
    doing: isUnsaved ? held : wanted,
    leaving: {
      isAsked,
      ask: () => (unsaved.get() ? setAsked(true) : leave()),
      stay: () => setAsked(false),
      leave,
    },
  };
}
