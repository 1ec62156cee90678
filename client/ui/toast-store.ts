import { createStore } from "#client/state/store.ts";

export interface ToastMessage {
  readonly key: number;
  readonly text: string;
  readonly lang: string | undefined;
}

export const toasts = createStore<readonly ToastMessage[]>([]);
let nextKey = 1;

/** Gone after six seconds. */
export function showToast(text: string, lang?: string): void {
  const key = nextKey;
  nextKey += 1;
  toasts.set((shown) => [...shown.slice(-2), { key, text, lang }]);
  setTimeout(() => toasts.set((shown) => shown.filter((toast) => toast.key !== key)), 6000);
}

/** Removes messages that are no longer true. */
export function clearToasts(): void {
  toasts.set(() => []);
}
