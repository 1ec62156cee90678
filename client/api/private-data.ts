/** What must not outlive a session: loaded data, undo steps, selections. */
const forgetters = new Set<() => void>();

/** Registers something to forget when the person changes. */
export function forgetOnSignOut(forget: () => void): void {
  forgetters.add(forget);
}

/** What goes when its person leaves, and not when a session ends by itself. */
const removers = new Set<() => void>();

/** Registers something to remove when the person signs out or leaves in a hurry. */
export function removeOnLeaving(remove: () => void): void {
  removers.add(remove);
}

export function removeEverything(): void {
  for (const remove of removers) remove();
  try {
    window.localStorage.clear();
    window.sessionStorage.clear();
  } catch {
    // A browser that keeps nothing has kept nothing.
  }
}

export function forgetEverything(): void {
  for (const forget of forgetters) forget();
}
