import { useSession } from "#client/accounts/session-context.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { loadBeside } from "#client/patrols/staffing/staffing-api.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import type { BesideReply } from "#core/patrols/wire/staffing.ts";
import "#client/patrols/beside.css";

const mostShown = 4;

/** What may help where a patrol does not: no patrol and partner-led, or a change of the place. */
export function BesidePlan() {
  const { asAt } = useSession();
  const { resource, reload } = useFetched(`beside ${asAt}`, loadBeside);
  return (
    <Loaded resource={resource} onRetry={reload}>
      {({ partnerLed, changePlace }) => (
        <>
          <Part title="No patrol: partner-led" items={partnerLed} />
          <Part title="Change the place" items={changePlace} />
        </>
      )}
    </Loaded>
  );
}

function Part({
  title,
  items,
}: {
  readonly title: string;
  readonly items: readonly BesideReply["partnerLed"][number][];
}) {
  if (items.length === 0) return null;
  return (
    <section className="beside no-print" aria-label={title}>
      <h3>{title}</h3>
      <ul>
        {items.slice(0, mostShown).map(({ zone, place, sentence }) => (
          <li key={zone}>
            <strong>{place}</strong>
            <p className="quiet">{sentence}</p>
          </li>
        ))}
      </ul>
      {items.length > mostShown ? (
        <p className="quiet small">and {items.length - mostShown} more places.</p>
      ) : null}
    </section>
  );
}
