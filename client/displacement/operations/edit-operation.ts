import { navigate } from "#client/state/url.ts";

/** Opens an operation to be changed, a new one, or the list. */
export function editOperation(which: number | "new" | null): void {
  navigate("displacement", {
    part: "operations",
    ...(which === null ? {} : { edit: String(which) }),
  });
}
