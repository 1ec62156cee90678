import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { places } from "#client/places/places.ts";

/** Where the maps have no streets: how they get them. */
export function StreetsNote() {
  const known = useShared(places);
  if (!hasValue(known) || known.value.basemap !== null) return null;
  return (
    <p className="records__note quiet">
      The maps show no streets yet. Your administrator can add them:{" "}
      <code>boxster streets get</code>.
    </p>
  );
}
