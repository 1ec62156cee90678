import type { ScreenEntry } from "#client/app/screens.ts";
import { navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";

export interface NarrowNoticeProps {
  readonly label: string;
  /** The screens of this role that are complete on a phone. */
  readonly narrow: readonly ScreenEntry[];
}

/** On a phone, a screen that needs width says so and names the ones that are there. */
export function NarrowNotice({ label, narrow }: NarrowNoticeProps) {
  return (
    <EmptyState
      title={`${label} needs a wider screen`}
      action={narrow.map((screen) => (
        <Button
          key={screen.id}
          look="filled"
          icon={screen.icon}
          onClick={() => navigate(screen.id)}
        >
          {screen.label}
        </Button>
      ))}
    >
      {narrow.length > 0
        ? `Turn the phone, or open it on a tablet or desk computer. On a phone you have: ${narrow
            .map((screen) => screen.label)
            .join(", ")}.`
        : "Turn the phone, or open it on a tablet or desk computer. On a phone Boxster has Outreach for partners and the patrol briefing for sergeants."}
    </EmptyState>
  );
}
