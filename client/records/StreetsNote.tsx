import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { places } from "#client/places/places.ts";
import { formatCount } from "#core/text/numbers.ts";

/** Which streets maps, ways and *By street* go by, where they are told of; without any, how they come. */
export function StreetsNote({ isTold }: { readonly isTold: boolean }) {
  const known = useShared(places);
  if (!hasValue(known)) return null;
  const { basemap } = known.value;
  if (basemap === null) {
    return (
      <p className="records__note quiet">
        The maps show no streets. Your administrator can see why with{" "}
        <code>boxster streets list</code>, and add them with <code>boxster streets get</code>.
      </p>
    );
  }
  if (!isTold) return null;
  const { segments, named, attribution } = basemap;
  return (
    <p className="records__note quiet">
      Streets: {formatCount(segments)} stretches, {named === 0 ? "none" : formatCount(named)} with a
      name. {attribution}
    </p>
  );
}
