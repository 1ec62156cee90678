import { lockSession, session } from "#client/accounts/session.ts";
import { ApiError } from "#client/api/api-error.ts";
import { createStore } from "#client/state/store.ts";

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

let mayLock = () => Promise.resolve(true);

/** A locked session sends nothing: what has to go out first says whether it has. */
export function askBeforeLocking(ask: () => Promise<boolean>): void {
  mayLock = ask;
}

async function tellServer(): Promise<void> {
  while (lock.get().isCovered) {
    try {
      if (await mayLock()) {
        await lockSession();
        return;
      }
    } catch (cause) {
      if (cause instanceof ApiError && cause.status === 401) return session.reload();
    }
    await new Promise((resolve) => setTimeout(resolve, tryAgainMs));
  }
}
