import { backToPlan } from "#client/patrols/plan-pages.ts";
import { Button } from "#client/ui/Button.tsx";
import "#client/patrols/plan-page-head.css";

export function BackToPlan() {
  return (
    <Button icon="back" onClick={backToPlan}>
      Plan
    </Button>
  );
}

export function PlanPageHead({ title }: { readonly title?: string }) {
  return (
    <header className="no-print row wrap middle still gap-2-3">
      <BackToPlan />
      {title === undefined ? null : <h2 className="title strong">{title}</h2>}
    </header>
  );
}
