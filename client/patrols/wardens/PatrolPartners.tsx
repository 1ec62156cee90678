import { useState } from "react";
import type { z } from "zod";
import { accounts } from "#client/accounts/admin/admin-api.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { kindNames, patrolPartners } from "#client/patrols/wardens/patrol-partners.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Check } from "#client/ui/Check.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { fieldOf } from "#client/ui/field-of.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import {
  type PatrolPartner,
  type PatrolPartnerKind,
  patrolPartnerCalls,
  patrolPartnerKinds,
  type patrolPartnersReply,
} from "#core/patrols/wire/patrol-partners.ts";
import { looksAlikeType } from "#core/text/problem-types.ts";

type PatrolPartnersReply = z.infer<typeof patrolPartnersReply>;

/** Who patrols beside police; read-only for auditors. */
export function PatrolPartners() {
  const mayWrite = useSession().role === "admin";
  const resource = useShared(patrolPartners);
  const [open, setOpen] = useState<string | "new" | null>(null);
  return (
    <section className="stack gap-3" aria-labelledby="patrol-partners">
      <h2 id="patrol-partners">Patrol partners</h2>
      <Loaded resource={resource} onRetry={patrolPartners.reload}>
        {(reply) => (
          <>
            <PartnerTable reply={reply} onOpen={mayWrite ? setOpen : null} />
            {mayWrite ? (
              <div>
                <Button icon="plus" onClick={() => setOpen("new")}>
                  Add a patrol partner
                </Button>
              </div>
            ) : null}
            {open === null ? null : (
              <PartnerDialog
                partner={reply.patrolPartners.find(({ code }) => code === open) ?? null}
                choices={reply.choices}
                onClose={() => setOpen(null)}
              />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

interface PartnerTableProps {
  readonly reply: PatrolPartnersReply;
  /** Null: read-only. */
  readonly onOpen: ((code: string) => void) | null;
}

function PartnerTable({ reply: { patrolPartners: all, choices }, onOpen }: PartnerTableProps) {
  if (all.length === 0) {
    return (
      <EmptyState title="No patrol partners yet">
        Council wardens, street marshals or security who patrol the same streets.
      </EmptyState>
    );
  }
  const nameOf = (code: string) => choices.find((one) => one.code === code)?.name ?? code;
  const columns: TableColumn<PatrolPartner>[] = [
    { key: "name", label: "Name", cell: ({ name }) => <strong>{name}</strong> },
    { key: "kind", label: "Kind", cell: ({ kind }) => kindNames[kind] },
    { key: "kmh", label: "Walks", cell: ({ kmh }) => `${kmh} km/h` },
    {
      key: "areas",
      label: "Areas",
      cell: ({ areas }) => areas.map(nameOf).join(", ") || "Everywhere",
    },
  ];
  const change = ({ code, name }: PatrolPartner) => (
    <Button onClick={() => onOpen?.(code)} aria-label={`Change ${name}`}>
      Change
    </Button>
  );
  return (
    <div className="still scroll-x">
      <SortableTable
        caption="Patrol partners"
        columns={onOpen ? [...columns, { key: "change", label: "Change", cell: change }] : columns}
        rows={all}
        rowKey={({ code }) => code}
      />
    </div>
  );
}

const kinds = patrolPartnerKinds.map((value) => ({ value, label: kindNames[value] }));

function draftOf(partner: PatrolPartner | null) {
  return {
    name: partner?.name ?? "",
    kind: partner?.kind ?? ("wardens" satisfies PatrolPartnerKind),
    kmh: String(partner?.kmh ?? 4.5),
    areas: partner?.areas ?? [],
  };
}

function PartnerDialog({
  partner,
  choices,
  onClose,
}: {
  /** Null: a new one. */
  readonly partner: PatrolPartner | null;
  readonly choices: PatrolPartnersReply["choices"];
  readonly onClose: () => void;
}) {
  const [draft, setDraft] = useState(() => draftOf(partner));
  const { fault, isPending, run } = useSubmit();
  const kmh = Number(draft.kmh.replace(",", "."));
  const isWalk = kmh >= 2 && kmh <= 7;
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const field = fieldOf(draft, change, { kmh: isWalk ? undefined : "2 to 7" });
  const save = (evenAlike?: true) => {
    if (!isWalk) return;
    run(async () => {
      const body = { ...draft, areas: [...draft.areas], kmh: Math.round(kmh * 10) / 10, evenAlike };
      const { name } = partner
        ? await ask(patrolPartnerCalls.change, { code: partner.code, body })
        : await ask(patrolPartnerCalls.add, { body });
      undoHistory.end();
      patrolPartners.reload();
      accounts.reload();
      showToast(partner ? `${name} is changed.` : `${name} added.`);
      onClose();
    });
  };
  return (
    <Dialog title={partner?.name ?? "Add a patrol partner"} onClose={onClose}>
      <Form className="stack gap-3" aria-label="Patrol partner" onSend={() => save()}>
        {fault ? (
          <ErrorNote
            title={fault.title}
            detail={fault.detail}
            retry="Save anyway"
            onRetry={fault.type === looksAlikeType ? () => save(true) : undefined}
          />
        ) : null}
        <TextField label="Name" {...field("name")} />
        <Select label="Kind" options={kinds} {...field("kind")} />
        <TextField label="Walking speed, km/h" {...field("kmh")} />
        <fieldset className="stack gap-1">
          <legend className="small medium">Areas (none: everywhere)</legend>
          {choices.map(({ code, name }) => (
            <Check
              key={code}
              isChecked={draft.areas.includes(code)}
              onChange={(isIn) =>
                change({
                  areas: isIn
                    ? [...draft.areas, code]
                    : draft.areas.filter((other) => other !== code),
                })
              }
            >
              {name}
            </Check>
          ))}
        </fieldset>
        <div className="row wrap gap-2">
          <Button look="filled" type="submit" disabled={isPending}>
            {partner ? "Save" : "Add"}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
