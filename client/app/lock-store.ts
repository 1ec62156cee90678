import { ApiError } from "#client/api/api-error.ts";
import { lockSession, session } from "#client/api/session.ts";
import { createStore } from "#client/state/store.ts";
import { sendUntold } from "#client/state/untold.ts";

/** Covered here, before and whether or not the server has heard of it. */
export const lock = createStore<{ readonly isCovered: boolean }>({ isCovered: false });

/** Covers at once, then locks the session; where the server does not answer, it is told again. */
export function lockScreen(): void {
  if (lock.get().isCovered) return;
  lock.set(() => ({ isCovered: true }));
  void tellServer();
}

export function uncover(): void {
  lock.set(() => ({ isCovered: false }));
}

const tryAgainMs = 10_000;

async function tellServer(): Promise<void> {
  while (lock.get().isCovered) {
    try {
      // A locked session sends nothing: what waited for a signal goes out first.
      if (await sendUntold()) {
        await lockSession();
        return;
      }
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 401) return session.reload();
    }
    await new Promise((resolve) => setTimeout(resolve, tryAgainMs));
  }
}
