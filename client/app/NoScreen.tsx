import { EmptyState } from "#client/ui/EmptyState.tsx";

/** A role whose screens are not part of this version. */
export function NoScreen() {
  return (
    <EmptyState title="No screen for this role">
      This version of Boxster has nothing for this role to see. Sign out from the menu at the top
      right to choose another one.
    </EmptyState>
  );
}
