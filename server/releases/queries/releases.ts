import { readStoredContent } from "#core/releases/stored-content.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import type { Transaction } from "#server/db/database.ts";

/** A release as whoever is a resident may read it. */
export interface StoredRelease {
  readonly number: number;
  readonly draftId: number;
  readonly content: string;
  readonly areaSet: string;
  /** `YYYY-MM-DD` */
  readonly approvedOn: string;
  /** In hexadecimal. */
  readonly previous: string;
  readonly hash: string;
  /** What was frozen beside one from before 0061-frozen-forms.sql; null for those since. */
  readonly beside: string | null;
  /** What stands beside earlier releases, which the hash of one since then covers; null where there is nothing. */
  readonly besideEarlier: string | null;
  readonly withdrawnOn: string | null;
  readonly notice: string | null;
}

/** Everything that a release says; nothing is read elsewhere. */
export function contentOf({
  content,
  beside,
}: Pick<StoredRelease, "content" | "beside">): ReleaseContent {
  return readStoredContent(content, beside);
}

const releaseColumns = `
  release.number as "number",
  release.draft_id as "draftId",
  release.content as "content",
  release.area_set as "areaSet",
  to_char(release.approved_on, 'YYYY-MM-DD') as "approvedOn",
  encode(release.previous, 'hex') as "previous",
  encode(release.hash, 'hex') as "hash",
  release.beside as "beside",
  case when release.beside is null then (
    select string_agg(earlier.beside, E'\\n' order by earlier.number)
    from release as earlier
    where earlier.number < release.number
  ) end as "besideEarlier",
  to_char(release_withdrawal.withdrawn_on, 'YYYY-MM-DD') as "withdrawnOn",
  release_withdrawal.notice as "notice"`;

/** All of them, the first one first, withdrawn ones too. */
export function loadReleases(tx: Transaction): Promise<StoredRelease[]> {
  return tx.query<StoredRelease>(
    `select ${releaseColumns}
     from release left join release_withdrawal on release_withdrawal.number = release.number
     order by release.number`,
  );
}

/** A release without what it says. */
export interface ReleaseHead
  extends Pick<
    StoredRelease,
    "number" | "draftId" | "approvedOn" | "hash" | "withdrawnOn" | "notice"
  > {
  /** `YYYY-MM`, its first month and its last. */
  readonly from: string;
  readonly to: string;
}

/** All of them, the first one first, withdrawn ones too: the documents stay in the database. */
export function loadReleaseHeads(tx: Transaction): Promise<ReleaseHead[]> {
  return tx.query<ReleaseHead>(
    `select
       release.number as "number",
       release.draft_id as "draftId",
       to_char(release.approved_on, 'YYYY-MM-DD') as "approvedOn",
       encode(release.hash, 'hex') as "hash",
       release.content::json #>> '{months,0}' as "from",
       release.content::json #>> '{months,-1}' as "to",
       to_char(release_withdrawal.withdrawn_on, 'YYYY-MM-DD') as "withdrawnOn",
       release_withdrawal.notice as "notice"
     from release left join release_withdrawal on release_withdrawal.number = release.number
     order by release.number`,
  );
}

/** One by its number; null: the last that stands. */
export async function findRelease(
  tx: Transaction,
  number: number | null,
): Promise<StoredRelease | null> {
  const rows = await tx.query<StoredRelease>(
    `select ${releaseColumns}
     from release left join release_withdrawal on release_withdrawal.number = release.number
     where case
       when $1::integer is null then release_withdrawal.number is null
       else release.number = $1::integer
     end
     order by release.number desc
     limit 1`,
    [number],
  );
  return rows[0] ?? null;
}

/** The hash of a release in hexadecimal; null where there is none of that number. */
export async function hashOfRelease(tx: Transaction, number: number): Promise<string | null> {
  const rows = await tx.query<{ hash: string }>(
    `select encode(hash, 'hex') as "hash" from release where number = $1::integer`,
    [number],
  );
  return rows[0]?.hash ?? null;
}

/** The release that a draft has become; null while it is none. */
export async function numberOfDraft(tx: Transaction, draftId: number): Promise<number | null> {
  const rows = await tx.query<{ number: number }>(
    `select number as "number" from release where draft_id = $1::integer`,
    [draftId],
  );
  return rows[0]?.number ?? null;
}

export interface NewDraft {
  readonly content: string;
  readonly areaSet: string;
  readonly afterNumber: number;
  readonly draftedOn: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly by: string;
}

export async function insertDraft(tx: Transaction, draft: NewDraft): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `insert into release_draft (content, area_set, after_number, drafted_on, drafted_at, drafted_by)
     values ($1::text, $2::text, $3::integer, $4::date, $5::timestamptz, $6::text)
     returning id as "id"`,
    [
      draft.content,
      draft.areaSet,
      draft.afterNumber,
      draft.draftedOn,
      new Date(draft.at),
      draft.by,
    ],
  );
  return rows[0]?.id ?? 0;
}

export interface StoredDraft {
  readonly id: number;
  readonly content: string;
  readonly afterNumber: number;
  readonly draftedOn: string;
  /** Epoch milliseconds. */
  readonly draftedAt: number;
  /** Null where the caller may not read it. */
  readonly draftedBy: string | null;
  readonly isDiscarded: boolean;
}

/** As the caller's role may: a partner reads no name. */
export function loadDrafts(
  tx: Transaction,
  { withNames, id = null }: { readonly withNames: boolean; readonly id?: number | null },
): Promise<StoredDraft[]> {
  return tx.query<StoredDraft>(
    `select
       id as "id",
       content as "content",
       after_number as "afterNumber",
       to_char(drafted_on, 'YYYY-MM-DD') as "draftedOn",
       (extract(epoch from drafted_at) * 1000)::float8 as "draftedAt",
       ${withNames ? "drafted_by" : "null::text"} as "draftedBy",
       discarded_at is not null as "isDiscarded"
     from release_draft
     where case
       when $1::integer is null then discarded_at is null
       else id = $1::integer
     end
     order by id desc`,
    [id],
  );
}

export async function discardDraft(
  tx: Transaction,
  { id, at, by }: { readonly id: number; readonly at: number; readonly by: string },
): Promise<boolean> {
  const rows = await tx.query(
    `update release_draft set discarded_at = $2::timestamptz, discarded_by = $3::text
     where id = $1::integer and discarded_at is null
     returning id`,
    [id, new Date(at), by],
  );
  return rows.length > 0;
}

/** Which draft, when and by whom: number, content and hash are the database's own (chain_release). */
export async function insertRelease(
  tx: Transaction,
  approval: {
    readonly draftId: number;
    readonly on: string;
    readonly at: number;
    readonly by: string;
  },
): Promise<{ readonly number: number; readonly hash: string }> {
  const rows = await tx.query<{ number: number; hash: string }>(
    `insert into release (draft_id, approved_on, approved_at, approved_by)
     values ($1::integer, $2::date, $3::timestamptz, $4::text)
     returning number as "number", encode(hash, 'hex') as "hash"`,
    [approval.draftId, approval.on, new Date(approval.at), approval.by],
  );
  const [row] = rows;
  if (!row) throw new Error("The release that was approved has no row");
  return row;
}

export async function insertWithdrawal(
  tx: Transaction,
  withdrawal: {
    readonly number: number;
    readonly notice: string;
    readonly on: string;
    readonly at: number;
    readonly by: string;
  },
): Promise<void> {
  await tx.query(
    `insert into release_withdrawal (number, notice, withdrawn_on, withdrawn_at, withdrawn_by)
     values ($1::integer, $2::text, $3::date, $4::timestamptz, $5::text)`,
    [withdrawal.number, withdrawal.notice, withdrawal.on, new Date(withdrawal.at), withdrawal.by],
  );
}

export interface StoredObjection {
  readonly draftId: number;
  readonly byRole: "partner" | "coordinator" | "operator";
  /** Null to whom the partner's words are not for. */
  readonly reason: string | null;
  /** Epoch milliseconds. */
  readonly objectedAt: number;
}

/** Those not taken back, as far as the caller may know of them. */
export function loadObjections(
  tx: Transaction,
  { withReasons }: { readonly withReasons: boolean },
): Promise<StoredObjection[]> {
  return tx.query<StoredObjection>(
    `select
       draft_id as "draftId",
       by_role as "byRole",
       ${withReasons ? "reason" : "null"} as "reason",
       (extract(epoch from objected_at) * 1000)::float8 as "objectedAt"
     from release_objection
     where lifted_at is null
     order by id`,
  );
}

export async function insertReleaseObjection(
  tx: Transaction,
  objection: {
    readonly draftId: number;
    readonly byRole: StoredObjection["byRole"];
    readonly reason: string;
    readonly at: number;
    readonly by: string;
  },
): Promise<void> {
  await tx.query(
    `insert into release_objection (draft_id, by_role, partner_id, reason, objected_at, objected_by)
     values (
       $1::integer, $2::text, ${objection.byRole === "partner" ? "own_partner()" : "null"},
       $3::text, $4::timestamptz, $5::text
     )`,
    [objection.draftId, objection.byRole, objection.reason, new Date(objection.at), objection.by],
  );
}

/** Of those that the caller may take back; says how many there were. */
export async function liftObjections(
  tx: Transaction,
  { draftId, at }: { readonly draftId: number; readonly at: number },
): Promise<number> {
  const rows = await tx.query(
    `update release_objection set lifted_at = $2::timestamptz
     where draft_id = $1::integer and lifted_at is null
     returning id`,
    [draftId, new Date(at)],
  );
  return rows.length;
}
