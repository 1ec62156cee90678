import { useShared } from "#client/api/use-resource.ts";
import { savedViews } from "#client/hotspots/saved-views.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import type { ViewStore } from "#client/hotspots/view-store.ts";
import { CopyLink } from "#client/hotspots/views/CopyLink.tsx";
import { SavedViewRow } from "#client/hotspots/views/SavedViewRow.tsx";
import { SaveViewForm } from "#client/hotspots/views/SaveViewForm.tsx";
import { type OpenedView, openSaved } from "#client/hotspots/views/saved-view.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import type { SelectOption } from "#client/ui/Select.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { SavedView } from "#core/hotspots/wire/saved-views.ts";
import "#client/hotspots/views/views-menu.css";

export interface ViewsMenuProps {
  readonly view: HotspotsView;
  readonly store: ViewStore;
  readonly areas: readonly SelectOption<string>[];
}

/** Views that are kept, to open and to add to, and this one as a link. */
export function ViewsMenu(props: ViewsMenuProps) {
  return (
    <Popover name="Saved views and link" label="Views" icon="bookmark">
      {(close) => <ViewsPanel {...props} onDone={close} />}
    </Popover>
  );
}

function ViewsPanel({
  view,
  store,
  areas,
  onDone,
}: ViewsMenuProps & { readonly onDone: () => void }) {
  const resource = useShared(savedViews);
  const shared = { areas, usual: store.usual };
  const open = (saved: SavedView) => {
    const opened = openSaved({
      saved,
      usual: store.usual,
      hasArea: (area) => areas.some(({ value }) => value === area),
    });
    if (!opened.ok) {
      showToast(`"${saved.name}" was not opened. ${opened.reason}`);
      return;
    }
    show(opened.value, saved.name);
  };
  const show = ({ view: next, notes }: OpenedView, name: string) => {
    // What somebody else kept does not move the map when it says nothing of it.
    store.open({ ...next, camera: next.camera ?? view.camera }, `open view "${name}"`);
    for (const note of notes) showToast(`${note}.`);
    onDone();
  };
  return (
    <div className="views-menu">
      <CopyLink linkOf={store.link} />
      <Loaded resource={resource} onRetry={savedViews.reload}>
        {({ views }) => (
          <>
            <Rows title="Saved views" views={views} isOwn onOpen={open} {...shared} />
            <Rows title="Shared by colleagues" views={views} onOpen={open} {...shared} />
            <SaveViewForm view={view} usual={store.usual} known={views} onDone={onDone} />
          </>
        )}
      </Loaded>
    </div>
  );
}

interface RowsProps {
  readonly title: string;
  readonly views: readonly SavedView[];
  readonly isOwn?: boolean;
  readonly usual: HotspotsView;
  readonly areas: readonly SelectOption<string>[];
  readonly onOpen: (view: SavedView) => void;
}

function Rows({ title, views, isOwn = false, usual, areas, onOpen }: RowsProps) {
  const mine = views.filter((each) => each.isOwn === isOwn);
  if (mine.length === 0) {
    return isOwn ? (
      <p className="quiet small">
        No view is saved yet. Choose dates, kinds and hours, then give them a name below.
      </p>
    ) : null;
  }
  return (
    <section aria-label={title}>
      <h2 className="views-menu__title">{title}</h2>
      <ul className="views-menu__list">
        {mine.map((each) => (
          <SavedViewRow
            key={each.id}
            saved={each}
            usual={usual}
            areas={areas}
            onOpen={() => onOpen(each)}
          />
        ))}
      </ul>
    </section>
  );
}
