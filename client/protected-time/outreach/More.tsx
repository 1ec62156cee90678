import { Suspense, useState } from "react";
import type { MorePart, MoreProps } from "#client/protected-time/outreach/MoreInside.tsx";
import { say, Unchecked } from "#client/protected-time/words/diary.tsx";
import { diaryLanguage } from "#client/state/language.ts";
import { useStore } from "#client/state/use-store.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { languageCodes, ownNames } from "#core/text/languages.ts";
import "#client/protected-time/outreach/more.css";

const MoreInside = lazily(loadMoreInside);

export function More(props: MoreProps) {
  const language = useStore(diaryLanguage.chosen, (code) => code);
  return (
    <section className="more stack" aria-label={say("more")}>
      <h2>{say("more")}</h2>
      {parts.map((id) => (
        <Part
          key={id}
          {...props}
          part={id}
          title={say(id === "leaving" ? "leaving.title" : `more.${id}`)}
        />
      ))}
      <div className="more__part line-above stack gap-2 pad-3">
        <Select
          label={say("language")}
          value={language}
          options={languageCodes.map((value) => ({ value, label: ownNames[value] }))}
          onChange={diaryLanguage.choose}
        />
        <Unchecked />
      </div>
    </section>
  );
}

const parts = ["calendar", "record", "places", "residents", "phones", "leaving"] as const;

interface PartProps extends MoreProps {
  readonly part: MorePart;
  readonly title: string;
}

/** Loads nothing before it is opened: what is not looked at must not be logged as read. */
function Part({ title, ...inside }: PartProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details
      className="more__part line-above"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
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
