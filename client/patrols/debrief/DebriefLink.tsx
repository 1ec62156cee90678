import { hasValue } from "#client/api/resource.ts";
import { useDebriefs } from "#client/patrols/debrief/use-debriefs.ts";
import { address, navigate } from "#client/state/url.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatQuantity } from "#core/text/numbers.ts";

/** Leads to what was done, and says how many shifts wait for it. */
export function DebriefLink() {
  const { resource } = useDebriefs();
  const waiting = hasValue(resource) ? resource.value.totals.waiting : 0;
  return (
    <Button
      icon="check"
      onClick={() => navigate("plan", { ...address.get().params, view: "debrief" })}
    >
      Debrief{waiting > 0 ? `: ${formatQuantity(waiting, "shift")} to do` : ""}
    </Button>
  );
}
