import type { Transaction } from "#server/db/database.ts";

export interface FootprintView {
  /** Partners whose footprints were among what was seen. */
  readonly partnerIds: readonly string[];
  readonly person: string;
  readonly role: string;
  /** London date. */
  readonly day: string;
}

/** One look more for each of these partners; in the order of their numbers, so that two lookers never wait crosswise. */
export async function addFootprintView(
  tx: Transaction,
  { partnerIds, person, role, day }: FootprintView,
): Promise<void> {
  await tx.query(
    `insert into footprint_viewer (partner_id, person)
     select given.id, $2::text
     from unnest($1::bigint[]) as given (id)
     order by given.id
     on conflict (partner_id, person) do nothing`,
    [partnerIds, person],
  );
  await tx.query(
    `insert into footprint_view (partner_id, day, role, alias)
     select partner_id, $4::date, $3::text, alias
     from footprint_viewer
     where partner_id = any($1::bigint[]) and person = $2::text
     order by partner_id
     on conflict (partner_id, day, alias, role) do update set times = footprint_view.times + 1`,
    [partnerIds, person, role, day],
  );
}

export interface FootprintViewRow {
  readonly day: string;
  readonly role: string;
  readonly viewer: string;
  readonly times: number;
}

/** Looks at a partner's own footprints since a day, newest first; a viewer is eight digits that say nothing. */
export function findFootprintViews(
  tx: Transaction,
  { partnerId, since }: { readonly partnerId: string; readonly since: string },
): Promise<FootprintViewRow[]> {
  return tx.query<FootprintViewRow>(
    `select day::text as "day",
            role as "role",
            left(alias::text, 8) as "viewer",
            times::int as "times"
     from footprint_view
     where partner_id = $1::bigint and day >= $2::date
     order by footprint_view.day desc, role, times desc, alias`,
    [partnerId, since],
  );
}

/** Through the keeper: which of its own accounts a partner's viewers are. */
export async function ownReaders(
  tx: Transaction,
  partnerId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ viewer: string; person: string }>(
    `select distinct left(footprint_viewer.alias::text, 8) as "viewer", footprint_viewer.person as "person"
     from footprint_viewer
     join footprint_view on footprint_view.partner_id = footprint_viewer.partner_id
       and footprint_view.alias = footprint_viewer.alias
     where footprint_viewer.partner_id = $1::bigint and footprint_view.role = 'partner'`,
    [partnerId],
  );
  return new Map(rows.map(({ viewer, person }) => [viewer, person]));
}
