import { isOutdated } from "#client/protected-time/session-form/draft.ts";
import { Banner } from "#client/ui/Banner.tsx";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";

export interface OutdatedProps {
  readonly places: readonly SavedPlaceReply[];
  /** Those that go on. */
  readonly sessions: readonly OutreachSessionReply[];
}

/** Places from before the lattice that something still closes: why and how each is chosen anew. */
export function Outdated({ places, sessions }: OutdatedProps) {
  const used = places.filter(
    (place) => isOutdated(place) && sessions.some(({ placeId }) => placeId === place.id),
  );
  if (used.length === 0) return null;
  const names = used.map(({ label }) => `"${label}"`).join(", ");
  return (
    <Banner kind="warning">
      Choose the place again: {names}. From the older outline more could be worked out than we
      promised. Open each session there, tap Change, and show its place once more: then police can
      tell an area about 350 m across, not where in it. Until then it stays closed as it was.
    </Banner>
  );
}
