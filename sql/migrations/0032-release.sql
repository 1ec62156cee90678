-- Releases: public figures that one person drafts, partners and the coordinator may hold, a second person
-- approves, and nobody changes. Numbered without a gap, in a hash chain of their own.

-- What a resident may read, and nothing else: the role behind the routes that ask nobody who they are.
do $$
begin
  begin
    create role boxster_public nologin noinherit;
  exception when duplicate_object or unique_violation then null;
  end;
  if not pg_has_role(current_user, 'boxster_public', 'set') then
    grant boxster_public to current_user with set true, inherit false;
  end if;
  begin
    if not pg_has_role('boxster_app', 'boxster_public', 'set') then
      grant boxster_public to boxster_app with set true, inherit false;
    end if;
  exception when unique_violation or internal_error then null;
  end;
end
$$;

create table release_draft (
  id integer generated always as identity,
  content text not null,
  area_set text not null,
  after_number integer not null,
  drafted_on date not null,
  drafted_at timestamptz not null,
  drafted_by text not null,
  discarded_at timestamptz null,
  discarded_by text null,
  constraint release_draft_id_primary primary key (id),
  constraint release_draft_content_some check (length(content) between 2 and 50000000),
  constraint release_draft_area_set_written check (area_set ~ '^[0-9a-f]{64}$'),
  constraint release_draft_after_number_not_negative check (after_number >= 0),
  constraint release_draft_drafted_by_present check (length(drafted_by) between 1 and 200),
  constraint release_draft_discarded_present check ((discarded_at is null) = (discarded_by is null))
);
comment on table release_draft is
  'What would be released, withheld and rounded: no exact figure. Its content never changes; another draft is another row.';
comment on column release_draft.content is 'The JSON as it would be served, octet for octet, without its number.';
comment on column release_draft.area_set is 'A hash of the areas counted: their parts, cells and outlines.';
comment on column release_draft.after_number is
  'The last release when this was made: it was checked against those up to here, and can only be the next one.';

create table release_objection (
  id integer generated always as identity,
  draft_id integer not null,
  by_role text not null,
  partner_id bigint null,
  reason text not null,
  objected_at timestamptz not null,
  objected_by text not null,
  lifted_at timestamptz null,
  constraint release_objection_id_primary primary key (id),
  constraint release_objection_draft_id_fkey foreign key (draft_id) references release_draft (id),
  constraint release_objection_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade,
  constraint release_objection_by_role_known check (by_role in ('partner', 'coordinator', 'operator')),
  constraint release_objection_partner_id_whose check ((partner_id is null) = (by_role <> 'partner')),
  constraint release_objection_reason_length
    check (reason = btrim(reason) and length(reason) between 1 and 600)
);
create index release_objection_draft_id on release_objection (draft_id);
create index release_objection_partner_id on release_objection (partner_id);
comment on table release_objection is
  'Holds a draft, and any made in its place, until whoever made it takes it back. Its reason is never published, and a partner reads its own alone.';

create table release (
  number integer not null,
  draft_id integer not null,
  content text not null,
  area_set text not null,
  drafted_by text not null,
  approved_on date not null,
  approved_at timestamptz not null,
  approved_by text not null,
  previous bytea not null,
  hash bytea not null,
  constraint release_number_primary primary key (number),
  constraint release_number_positive check (number >= 1),
  constraint release_draft_id_unique unique (draft_id),
  constraint release_draft_id_fkey foreign key (draft_id) references release_draft (id),
  constraint release_hash_unique unique (hash),
  constraint release_previous_unique unique (previous),
  constraint release_hash_length check (length(hash) = 32 and length(previous) = 32),
  constraint release_approved_by_second check (lower(approved_by) <> lower(drafted_by))
);
comment on table release is
  'The public figures as they were approved: numbered without a gap, chained, and never changed or removed.';
comment on column release.previous is 'Hash of the release before; 32 zero octets before the first.';
comment on column release.hash is
  'SHA-256 of previous and of release_text; server/release/hash.ts works it out by itself.';

create table release_withdrawal (
  number integer not null,
  notice text not null,
  withdrawn_on date not null,
  withdrawn_at timestamptz not null,
  withdrawn_by text not null,
  constraint release_withdrawal_number_primary primary key (number),
  constraint release_withdrawal_number_fkey foreign key (number) references release (number),
  constraint release_withdrawal_notice_length
    check (notice = btrim(notice) and length(notice) between 1 and 600)
);
comment on table release_withdrawal is
  'A release whose figures are no longer served; its number stays, and this notice stands in their place.';

create function release_text(entry release) returns text language sql stable as $$
  select concat_ws(E'\n', entry.number, to_char(entry.approved_on, 'YYYY-MM-DD'), entry.area_set, entry.content)
$$;
comment on function release_text(release) is 'What the hash of a release covers beside the hash before it.';

-- One at a time, from here to the end of the transaction: two releases must not follow the same one. Whoever
-- approves says which draft, and nothing of what is in it.
create function chain_release() returns trigger language plpgsql as $$
declare
  draft release_draft;
  last_number integer;
  last_hash bytea;
begin
  -- A restore brings rows as they were, and "boxster release check" verifies the chain.
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7322);
  select * into draft from release_draft where release_draft.id = new.draft_id;
  select release.number, release.hash into last_number, last_hash
  from release order by release.number desc limit 1;
  if draft.id is null or draft.discarded_at is not null then
    raise exception 'this draft is gone'
      using errcode = '23514', constraint = 'release_draft_stands', table = 'release';
  end if;
  if draft.after_number <> coalesce(last_number, 0) then
    raise exception 'another release was approved since this draft was made'
      using errcode = '23514', constraint = 'release_draft_is_next', table = 'release';
  end if;
  -- One to a draft that never became a release holds every other as well: a draft made anew is no answer to it.
  if exists (
    select from release_objection
    where release_objection.lifted_at is null
      and not exists (select from release where release.draft_id = release_objection.draft_id)
  ) then
    raise exception 'an objection holds this draft'
      using errcode = '23514', constraint = 'release_not_held', table = 'release';
  end if;
  new.number := coalesce(last_number, 0) + 1;
  new.content := draft.content;
  new.area_set := draft.area_set;
  new.drafted_by := draft.drafted_by;
  new.previous := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  new.hash := sha256(new.previous || convert_to(release_text(new), 'UTF8'));
  return new;
end
$$;
create trigger release_chained before insert on release
  for each row execute function chain_release();

-- An objection, an approval and a discard wait for each other: one made first is seen.
create function order_release_objection() returns trigger language plpgsql as $$
begin
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7322);
  if exists (
    select from release_draft
    where release_draft.id = new.draft_id and release_draft.discarded_at is not null
  ) then
    raise exception 'this draft is gone'
      using errcode = '23514', constraint = 'release_draft_stands', table = 'release_objection';
  end if;
  return new;
end
$$;
create trigger release_objection_ordered before insert on release_objection
  for each row execute function order_release_objection();

-- A draft that somebody holds stays in sight until the objection is taken back.
create function keep_held_draft() returns trigger language plpgsql as $$
begin
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7322);
  if exists (
    select from release_objection
    where release_objection.draft_id = new.id and release_objection.lifted_at is null
  ) then
    raise exception 'an objection holds this draft'
      using errcode = '23514', constraint = 'release_draft_held', table = 'release_draft';
  end if;
  return new;
end
$$;
create trigger release_draft_held before update of discarded_at on release_draft
  for each row execute function keep_held_draft();

create function refuse_release_change() returns trigger language plpgsql as $$
begin
  raise exception 'a release is never changed'
    using errcode = '42501', constraint = tg_table_name || '_frozen', table = tg_table_name;
end
$$;
create trigger release_frozen before update or delete or truncate on release
  for each statement execute function refuse_release_change();
create trigger release_withdrawal_frozen before update or delete or truncate on release_withdrawal
  for each statement execute function refuse_release_change();
create trigger release_draft_kept before delete or truncate on release_draft
  for each statement execute function refuse_release_change();
create trigger release_draft_frozen
  before update of id, content, area_set, after_number, drafted_on, drafted_at, drafted_by on release_draft
  for each statement execute function refuse_release_change();

select fence(name) from unnest(array[
  'release_draft', 'release_objection', 'release', 'release_withdrawal'
]) as every_table (name);

select allow('release_draft', 'select', '{analyst,auditor,coordinator,operator}');
select allow('release_draft', 'select', '{partner}', 'true',
  'id, content, after_number, drafted_on, drafted_at, discarded_at');
select allow('release_draft', 'insert', '{analyst,operator}',
  'drafted_by = (select acting_person()) and discarded_at is null');
select allow('release_draft', 'update', '{analyst,operator}', 'true', 'discarded_at, discarded_by');

-- A partner cannot learn that there is another, and who is police neither which partner it was nor why: its words may
-- say when outreach is where. The coordinator speaks to both.
select allow('release_objection', 'select', '{partner}', 'partner_id = (select own_partner())');
select allow('release_objection', 'select', '{coordinator}', 'true',
  'id, draft_id, by_role, reason, objected_at, objected_by, lifted_at');
select allow('release_objection', 'select', '{analyst,auditor,operator}', 'true',
  'id, draft_id, by_role, objected_at, lifted_at');
select allow('release_objection', 'insert', '{partner}',
  'partner_id = (select own_partner()) and objected_by = (select acting_person()) and lifted_at is null');
select allow('release_objection', 'insert', '{coordinator}',
  'by_role = ''coordinator'' and objected_by = (select acting_person()) and lifted_at is null');
select allow('release_objection', 'insert', '{operator}',
  'by_role = ''operator'' and objected_by = (select acting_person()) and lifted_at is null');
select allow('release_objection', 'update', '{partner}', 'partner_id = (select own_partner())', 'lifted_at');
select allow('release_objection', 'update', '{coordinator}', 'by_role = ''coordinator''', 'lifted_at');
select allow('release_objection', 'update', '{operator}', 'by_role = ''operator''', 'lifted_at');

-- A partner that leaves takes its words along, and with them what they hold.
select allow('release_objection', verb, '{keeper}') from unnest(array['select', 'delete']) as verbs (verb);

select allow('release', 'select', '{analyst,auditor,operator}');
select allow('release', 'select', '{public}', 'true',
  'number, draft_id, content, area_set, approved_on, previous, hash');
select allow('release', 'insert', '{auditor,operator}', 'approved_by = (select acting_person())');

select allow('release_withdrawal', 'select', '{analyst,auditor,operator}');
select allow('release_withdrawal', 'select', '{public}', 'true', 'number, notice, withdrawn_on');
select allow('release_withdrawal', 'insert', '{analyst,auditor,operator}',
  'withdrawn_by = (select acting_person())');

-- Whether a table was ever worked with is read from its counter (server/queries/emptiness.ts).
grant select on all sequences in schema public to boxster_operator, boxster_system;
