import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownAttended } from "#client/protected-time/outreach/outreach-api.ts";
import { useHere } from "#client/protected-time/outreach/use-here.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { dayMs } from "#core/time/zone.ts";

/** Police who answered an emergency at a session of today or last night: told as soon as they log it. */
export function Attended() {
  const { now } = useHere();
  const resource = useShared(ownAttended);
  if (!hasValue(resource)) return null;
  const fresh = resource.value.attended.filter(({ to }) => Date.parse(to) > now - dayMs);
  // One emergency can touch two sessions at one place.
  const sentences = [...new Set(fresh.map(({ sentence }) => sentence))];
  if (sentences.length === 0) return null;
  return (
    <div className="outreach__attended">
      {sentences.map((sentence) => (
        <Banner key={sentence} kind="warning">
          {sentence} It does not count as kept clear.
        </Banner>
      ))}
    </div>
  );
}
