/** What must not outlive a session: loaded data, undo steps, selections. */
const forgetters = new Set<() => void>();

/** Registers something to forget when the person changes. */
export function forgetOnSignOut(forget: () => void): void {
  forgetters.add(forget);
}

export function forgetEverything(): void {
  for (const forget of forgetters) forget();
}
