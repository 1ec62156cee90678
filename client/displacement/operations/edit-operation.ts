import { step } from "#client/state/url.ts";

/** Opens an operation to be changed, a new one, or the list. */
export function editOperation(which: number | "new" | null): void {
  step("displacement", {
    part: "operations",
    ...(which === null ? {} : { edit: String(which) }),
  });
}
