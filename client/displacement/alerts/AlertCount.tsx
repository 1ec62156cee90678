import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { alerts } from "#client/displacement/alerts/alerts-api.ts";
import { formatCount } from "#client/ui/format.ts";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";

/** On the tab: alerts that nobody has decided about. Nothing where there is none. */
export function AlertCount() {
  const resource = useShared(alerts);
  const open = hasValue(resource) ? resource.value.open : 0;
  if (open === 0) return null;
  return (
    <span className="parts-nav__mark">
      {formatCount(open)}
      <VisuallyHidden> open</VisuallyHidden>
    </span>
  );
}
