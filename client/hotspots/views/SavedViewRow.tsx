import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { useHotspotsParts } from "#client/hotspots/ranked/hotspots-parts.ts";
import { describeSaved } from "#client/hotspots/views/saved-view.ts";
import { askOfViews, removeAsStep } from "#client/hotspots/views/saved-views.ts";
import { Button } from "#client/ui/Button.tsx";
import { Chip } from "#client/ui/Chip.tsx";
import { Form } from "#client/ui/Form.tsx";
import type { SelectOption } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { type SavedView, savedViewCalls, savedViewName } from "#core/hotspots/wire/saved-views.ts";

const { change } = savedViewCalls;

export interface SavedViewRowProps {
  readonly saved: SavedView;
  readonly areas: readonly SelectOption<string>[];
  readonly onOpen: () => void;
}

export function SavedViewRow({ saved, areas, onOpen }: SavedViewRowProps) {
  const { usual } = useHotspotsParts().store;
  const [isChanging, setChanging] = useState(false);
  const labelOf = (area: string) => areas.find(({ value }) => value === area)?.label ?? area;
  return (
    <li className="views-menu__item">
      <div className="row middle gap-1">
        <button
          type="button"
          className="views-menu__open bare target rounded grow shrinks stack start"
          onClick={onOpen}
        >
          <span className="views-menu__name breaks medium">{saved.name}</span>
          <span className="small quiet">{describeSaved({ saved, usual, labelOf })}</span>
        </button>
        {saved.isOwn ? (
          <Button
            look="quiet"
            icon="down"
            label={`Change "${saved.name}"`}
            aria-expanded={isChanging}
            onClick={() => setChanging(!isChanging)}
          />
        ) : null}
      </div>
      {isChanging ? <ChangeForm saved={saved} onDone={() => setChanging(false)} /> : null}
    </li>
  );
}

function ChangeForm({ saved, onDone }: { readonly saved: SavedView; readonly onDone: () => void }) {
  const [name, setName] = useState(saved.name);
  const { fault, isPending, run } = useSubmit();
  const checked = savedViewName.safeParse(name);
  const hasNewName = checked.success && checked.data !== saved.name;
  return (
    <Form
      className="views-menu__form stack start gap-2"
      onSend={() => {
        if (!checked.success || !hasNewName) return;
        run(async () => {
          await askOfViews(change, { id: saved.id, body: { name: checked.data } });
          onDone();
        });
      }}
      fault={fault}
    >
      <TextField
        label="Name"
        value={name}
        error={checked.error?.issues[0]?.message}
        onChange={setName}
      />
      <div className="row wrap middle gap-2">
        <Button type="submit" disabled={!hasNewName || isPending}>
          Rename
        </Button>
        <Chip
          checked={saved.isShared}
          disabled={isPending}
          onChange={(isShared) =>
            run(async () => {
              await askOfViews(change, { id: saved.id, body: { isShared } });
            })
          }
        >
          Shared
        </Chip>
        <Button
          icon="trash"
          label={`Remove "${saved.name}"`}
          disabled={isPending}
          onClick={() => run(() => removeAsStep(saved))}
        />
      </div>
    </Form>
  );
}
