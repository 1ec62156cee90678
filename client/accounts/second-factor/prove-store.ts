import { whenProofNeeded } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";

export const proofAsked = createStore<boolean>(false);

let waiting: {
  readonly proven: Promise<boolean>;
  readonly settle: (proven: boolean) => void;
} | null = null;

/** Concurrent calls wait for one answer. */
function askForProof(): Promise<boolean> {
  if (waiting === null) {
    let settle: (proven: boolean) => void = () => undefined;
    const proven = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    waiting = { proven, settle };
    proofAsked.set(() => true);
  }
  return waiting.proven;
}

export function answerProof(proven: boolean): void {
  waiting?.settle(proven);
  waiting = null;
  proofAsked.set(() => false);
}

whenProofNeeded(askForProof);
forgetOnSignOut(() => answerProof(false));
