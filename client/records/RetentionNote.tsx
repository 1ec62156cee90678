import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { retention } from "#client/records/records-api.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

/** What will go of what came in, and when: said a week ahead. */
export function RetentionNote() {
  const resource = useShared(retention);
  if (!hasValue(resource)) return null;
  const { announced, eventYears, isOn, done } = resource.value;
  if (!isOn) return null;
  const kept = `Events are kept for ${formatQuantity(eventYears, "year")}.`;
  if (announced) {
    return (
      <Banner kind="warning">
        On {formatDate(announced.dueOn)} {formatQuantity(announced.count, "event")} from before{" "}
        {formatDate(announced.before)} will be permanently deleted. {kept} Whoever runs Boxster can
        extend this.
      </Banner>
    );
  }
  return (
    <p className="quiet">
      {kept}{" "}
      {done
        ? `${formatQuantity(done.count, "event")} from before ${formatDate(done.before)} went on ${formatDate(done.on)}.`
        : "Deletions are announced here a week before."}
    </p>
  );
}
