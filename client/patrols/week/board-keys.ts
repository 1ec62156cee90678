/** What a key does to the window that has the focus; null for one that does nothing to it. */
export type BoardKey =
  | { readonly act: "stretch"; readonly startBy: number; readonly endBy: number }
  | { readonly act: "day"; readonly by: number }
  | { readonly act: "unit"; readonly unit: number }
  | { readonly act: "remove" | "split" | "add" | "lock" };

export const stepMinutes = 15;

interface Pressed {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/**
 * Alt with an arrow moves by 15 minutes or a day, with Shift as well it moves the end; a number gives it
 * to that unit; S splits, L locks, N adds, Delete removes. Plain arrows go from window to window.
 */
export function boardKey({ key, altKey, ctrlKey, metaKey, shiftKey }: Pressed): BoardKey | null {
  if (ctrlKey || metaKey) return null;
  if (altKey) return movedBy(key, shiftKey);
  if (/^[1-9]$/.test(key)) return { act: "unit", unit: Number(key) };
  switch (key.toLowerCase()) {
    case "delete":
    case "backspace":
      return { act: "remove" };
    case "s":
      return { act: "split" };
    case "l":
      return { act: "lock" };
    case "n":
    case "insert":
      return { act: "add" };
    default:
      return null;
  }
}

function movedBy(key: string, shiftKey: boolean): BoardKey | null {
  const by = { ArrowUp: -stepMinutes, ArrowDown: stepMinutes }[key];
  if (by !== undefined) return { act: "stretch", startBy: shiftKey ? 0 : by, endBy: by };
  const days = { ArrowLeft: -1, ArrowRight: 1 }[key];
  return days === undefined ? null : { act: "day", by: days };
}
