/** Loaded data, undo steps, selections: nothing of it may outlive a session. */
const forgetters = new Set<() => void>();

export function forgetOnSignOut(forget: () => void): void {
  forgetters.add(forget);
}

/** Runs when the person leaves, not when a session ends by itself. */
const removers = new Set<() => void>();

export function removeOnLeaving(remove: () => void): void {
  removers.add(remove);
}

export function removeEverything(): void {
  for (const remove of removers) remove();
  try {
    window.localStorage.clear();
    window.sessionStorage.clear();
  } catch {
    // Without storage nothing was kept.
  }
}

export function forgetEverything(): void {
  for (const forget of forgetters) forget();
}
