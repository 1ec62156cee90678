import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import {
  type LawfulBasesReply,
  type LawfulBasisBody,
  lawfulBasesReply,
} from "#core/outcomes/wire/tallies.ts";

/** On what lawful basis sensitive breakdowns of totals may be typed; no figure. */
export const lawfulBases = createResource<LawfulBasesReply>((signal) =>
  fetchJson("/api/lawful-bases", lawfulBasesReply, { signal }),
);

export async function recordLawfulBasis(body: LawfulBasisBody): Promise<void> {
  lawfulBases.accept(
    await fetchJson("/api/lawful-bases", lawfulBasesReply, { method: "POST", body }),
  );
}

forgetOnSignOut(lawfulBases.reset);
