import { Suspense, useState } from "react";
import type { MorePart, MoreProps } from "#client/protected-time/outreach/MoreInside.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/protected-time/outreach/more.css";

const MoreInside = lazily(loadMoreInside);

export function More(props: MoreProps) {
  return (
    <section className="more" aria-label="More">
      <h2>More</h2>
      {parts.map(({ id, title }) => (
        <Part key={id} {...props} part={id} title={title} />
      ))}
    </section>
  );
}

const parts = [
  { id: "calendar", title: "Calendar and map" },
  { id: "record", title: "Your record" },
  { id: "places", title: "Your places" },
  { id: "residents", title: "Coordinator and residents" },
  { id: "phones", title: "Phones and accounts" },
  { id: "leaving", title: "Leave for good" },
] as const;

interface PartProps extends MoreProps {
  readonly part: MorePart;
  readonly title: string;
}

/** Loads nothing before it is opened: what is not looked at must not be logged as read. */
function Part({ title, ...inside }: PartProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="more__part" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {title} <Icon name={isOpen ? "up" : "down"} />
      </summary>
      {isOpen ? (
        <div className="more__inside stack gap-5">
          <Suspense fallback={<Skeleton lines={4} />}>
            <MoreInside {...inside} />
          </Suspense>
        </div>
      ) : null}
    </details>
  );
}

/** Prefetched, since it may be opened offline. */
export async function loadMoreInside() {
  return (await import("#client/protected-time/outreach/MoreInside.tsx")).MoreInside;
}
