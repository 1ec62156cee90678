import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { describeLength } from "#client/hotspots/measures/presets.ts";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { viewVersion } from "#client/hotspots/state/view-versions.ts";
import { SavedViewRow } from "#client/hotspots/views/SavedViewRow.tsx";
import {
  canMoveOn,
  filtersOf,
  type OpenedView,
  openSaved,
} from "#client/hotspots/views/saved-view.ts";
import { saveAsStep, savedViews } from "#client/hotspots/views/saved-views.ts";
import { Button } from "#client/ui/Button.tsx";
import { Chip } from "#client/ui/Chip.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import type { SelectOption } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { type SavedView, savedViewName } from "#core/hotspots/wire/saved-views.ts";
import { daysIn } from "#core/time/zone.ts";

export interface ViewsPanelProps {
  readonly areas: readonly SelectOption<string>[];
  readonly onDone: () => void;
}

export function ViewsPanel({ areas, onDone }: ViewsPanelProps) {
  const { view, store } = useHotspotsParts();
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
    // A saved view without a camera does not move the map.
    store.open({ ...next, camera: next.camera ?? view.camera }, `open view "${name}"`);
    for (const note of notes) showToast(`${note}.`);
    onDone();
  };
  return (
    <>
      <CopyLink linkOf={store.link} />
      <Kept of={savedViews}>
        {({ views }) => (
          <>
            <Rows title="Saved views" views={views} isOwn onOpen={open} areas={areas} />
            <Rows title="Shared by colleagues" views={views} onOpen={open} areas={areas} />
            <SaveViewForm known={views} onDone={onDone} />
          </>
        )}
      </Kept>
    </>
  );
}

interface RowsProps {
  readonly title: string;
  readonly views: readonly SavedView[];
  readonly isOwn?: boolean;
  readonly areas: readonly SelectOption<string>[];
  readonly onOpen: (view: SavedView) => void;
}

function Rows({ title, views, isOwn = false, areas, onOpen }: RowsProps) {
  const mine = views.filter((each) => each.isOwn === isOwn);
  if (mine.length === 0) {
    return isOwn ? (
      <p className="quiet small">
        No saved views yet. Choose dates, sources and hours, then name the view below.
      </p>
    ) : null;
  }
  return (
    <section aria-label={title}>
      <h2 className="views-menu__title small medium">{title}</h2>
      <ul>
        {mine.map((each) => (
          <SavedViewRow key={each.id} saved={each} areas={areas} onOpen={() => onOpen(each)} />
        ))}
      </ul>
    </section>
  );
}

/** The link holds filters only: no records and no access. */
function CopyLink({ linkOf }: { readonly linkOf: () => string }) {
  const [shown, setShown] = useState<string | null>(null);
  const copy = async () => {
    const link = linkOf();
    try {
      await navigator.clipboard.writeText(link);
      showToast("Link copied");
    } catch {
      // Not allowed without TLS or by policy: show the link to copy by hand.
      setShown(link);
    }
  };
  return (
    <div className="views-menu__link line-below stack start gap-2">
      <Button icon="link" onClick={() => void copy()}>
        Copy a link to this view
      </Button>
      <p className="quiet small">
        The link holds your filters, no records. Anyone who opens it must sign in.
      </p>
      {shown === null ? null : (
        <TextField
          label="Copying is blocked in this browser. Select the link and copy it"
          value={shown}
          onChange={() => undefined}
        />
      )}
    </div>
  );
}

interface SaveViewFormProps {
  readonly known: readonly SavedView[];
  readonly onDone: () => void;
}

/** Replaces a view of the same name only when confirmed. */
function SaveViewForm({ known, onDone }: SaveViewFormProps) {
  const { view, store } = useHotspotsParts();
  const { usual } = store;
  const [typed, setName] = useState("");
  const [wantsMoving, setWantsMoving] = useState(true);
  const [isShared, setShared] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const checked = savedViewName.safeParse(typed);
  const name = checked.data ?? "";
  const taken =
    known.find((each) => each.isOwn && each.name.toLowerCase() === name.toLowerCase()) ?? null;
  const mayMove = canMoveOn(view, usual);
  const save = () =>
    run(async () => {
      const filters = filtersOf(view, usual, { movesOn: mayMove && wantsMoving });
      const body = { name, isShared, version: viewVersion, filters, replace: taken !== null };
      await saveAsStep(body, taken);
      showToast(`Saved: ${name}`);
      onDone();
    });
  return (
    <Form
      className="views-menu__save stack start gap-2"
      onSend={() => {
        if (checked.success) save();
      }}
      fault={fault}
    >
      <TextField
        label="Name this view"
        hint="Saves the filters, no records. Do not include names."
        value={typed}
        error={typed === "" ? undefined : checked.error?.issues[0]?.message}
        onChange={setName}
      />
      <div className="row wrap middle gap-2">
        {mayMove ? (
          <Chip checked={wantsMoving} onChange={setWantsMoving}>
            Always the last {describeLength(daysIn(view))}
          </Chip>
        ) : null}
        <Chip checked={isShared} onChange={setShared}>
          Share with colleagues
        </Chip>
      </div>
      <Button type="submit" look="filled" disabled={!checked.success || isPending}>
        {taken ? `Overwrite "${taken.name}"` : "Save view"}
      </Button>
    </Form>
  );
}
