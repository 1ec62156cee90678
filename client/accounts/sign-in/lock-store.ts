import { lockSession, session } from "#client/accounts/session.ts";
import { ApiError } from "#client/api/api-error.ts";
import { createStore } from "#client/state/store.ts";

/** Covered locally, before the server has heard of it. */
export const lock = createStore<{ readonly isCovered: boolean }>({ isCovered: false });

/** Covers at once, then locks the session; tries again until the server answers. */
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

/** A locked session sends nothing: `ask` sends what is waiting first, and says whether it could. */
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
