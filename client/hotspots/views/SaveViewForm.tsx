import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { daysIn, describeLength } from "#client/hotspots/presets.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import { canMoveOn, filtersOf } from "#client/hotspots/views/saved-view.ts";
import { saveAsStep } from "#client/hotspots/views/saved-view-steps.ts";
import { viewVersion } from "#client/hotspots/views/view-versions.ts";
import { Button } from "#client/ui/Button.tsx";
import { Chip } from "#client/ui/Chip.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { type SavedView, savedViewName } from "#core/hotspots/wire/saved-views.ts";

export interface SaveViewFormProps {
  readonly view: HotspotsView;
  readonly usual: HotspotsView;
  readonly known: readonly SavedView[];
  readonly onDone: () => void;
}

/** Keeps what is chosen now. A name that is there already is saved over only where that is said. */
export function SaveViewForm({ view, usual, known, onDone }: SaveViewFormProps) {
  const [typed, setName] = useState("");
  const [wantsMoving, setWantsMoving] = useState(true);
  const [isShared, setShared] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const checked = savedViewName.safeParse(typed);
  const name = checked.data ?? "";
  const taken = known.find((each) => each.isOwn && isSameName(each.name, name)) ?? null;
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
    <form
      className="views-menu__save"
      onSubmit={(event) => {
        event.preventDefault();
        if (checked.success) save();
      }}
    >
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <TextField
        label="Save what is chosen now as"
        hint="Keeps the filters, no records. Name what it shows, never a person."
        value={typed}
        error={typed === "" ? undefined : checked.error?.issues[0]?.message}
        onChange={setName}
      />
      <div className="views-menu__acts">
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
        {taken ? `Save over "${taken.name}"` : "Save view"}
      </Button>
    </form>
  );
}

/** As the server compares them. */
function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
