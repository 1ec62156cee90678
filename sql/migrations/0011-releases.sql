-- Releases: public figures that one person drafts, partners and the coordinator can hold, a second person approves, and
-- nobody can change. They are numbered without gaps in their own hash chain. Every form of a release is made from its
-- content alone, which includes notes on operations, licence lines and the mark of made-up data.

create table release_draft (
  id integer generated always as identity constraint release_draft_id_primary primary key,
  content text not null constraint release_draft_content_some check (length(content) between 2 and 50000000),
  area_set text not null constraint release_draft_area_set_written check (area_set ~ '^[0-9a-f]{64}$'),
  after_number integer not null constraint release_draft_after_number_not_negative check (after_number >= 0),
  drafted_on date not null, drafted_at timestamptz not null,
  drafted_by text not null constraint release_draft_drafted_by_present check (length(drafted_by) between 1 and 200),
  discarded_at timestamptz, discarded_by text,
  constraint release_draft_discarded_present check ((discarded_at is null) = (discarded_by is null))
);
comment on table release_draft is
  'What would be released, withheld and rounded: no exact figure. Its content never changes; another draft is another row.';
comment on column release_draft.content is 'The JSON as it would be served, octet for octet, without its number.';
comment on column release_draft.area_set is 'A hash of the areas counted: their parts, cells and outlines.';
comment on column release_draft.after_number is
  'The last release when this was made: it was checked against those up to here, and can only be the next one.';
select rights('release_draft', $$
  analyst, operator: select, update (discarded_at, discarded_by);
  analyst, operator: insert where drafted_by = (select acting_person()) and discarded_at is null;
  partner: select (id, content, after_number, drafted_on, drafted_at, discarded_at);
  coordinator, auditor: select $$);
create trigger release_draft_announced after insert or update on release_draft for each statement execute function announce();

create table release_objection (
  id integer generated always as identity constraint release_objection_id_primary primary key,
  draft_id integer not null constraint release_objection_draft_id_fkey references release_draft (id),
  by_role text not null,
  partner_id bigint constraint release_objection_partner_id_fkey references partner (id) on delete cascade,
  reason text not null,
  objected_at timestamptz not null, objected_by text not null,
  lifted_at timestamptz,
  constraint release_objection_partner_id_whose check ((partner_id is null) = (by_role <> 'partner')),
  constraint release_objection_by_role_known check (by_role in ('partner', 'coordinator', 'operator')),
  constraint release_objection_reason_length check (reason = btrim(reason) and length(reason) between 1 and 600)
);
create index release_objection_draft_id on release_objection (draft_id);
create index release_objection_partner_id on release_objection (partner_id);
comment on table release_objection is 'Holds a draft, and any made in its place, until whoever made it takes it back. Its reason is never published, and a partner reads its own alone.';
-- A partner must not learn that another exists. Police must not learn which partner objected or why: the reason may say
-- when outreach is where. The coordinator speaks to both. A partner that leaves takes its objections with it.
select rights('release_objection', $$
  analyst, auditor: select (id, draft_id, by_role, objected_at, lifted_at);
  partner: select, update (lifted_at) where partner_id = (select own_partner());
  partner: insert
    where partner_id = (select own_partner()) and objected_by = (select acting_person()) and lifted_at is null;
  coordinator: select (id, draft_id, by_role, reason, objected_at, objected_by, lifted_at);
  coordinator: insert where by_role = 'coordinator' and objected_by = (select acting_person()) and lifted_at is null;
  coordinator: update (lifted_at) where by_role = 'coordinator';
  operator: select (id, draft_id, by_role, objected_at, lifted_at);
  operator: insert where by_role = 'operator' and objected_by = (select acting_person()) and lifted_at is null;
  operator: update (lifted_at) where by_role = 'operator';
  keeper: select, delete $$);
create trigger release_objection_announced after insert or update or delete on release_objection
  for each statement execute function announce();

create table release (
  number integer not null constraint release_number_primary primary key,
  draft_id integer not null constraint release_draft_id_unique unique,
  content text not null,
  area_set text not null,
  drafted_by text not null,
  approved_on date not null, approved_at timestamptz not null,
  approved_by text not null,
  previous bytea not null constraint release_previous_unique unique,
  hash bytea not null constraint release_hash_unique unique,
  beside text,
  constraint release_hash_length check (length(hash) = 32 and length(previous) = 32),
  constraint release_approved_by_second check (lower(approved_by) <> lower(drafted_by)),
  constraint release_number_positive check (number >= 1),
  constraint release_draft_id_fkey foreign key (draft_id) references release_draft (id)
);
comment on table release is 'The public figures as they were approved: numbered without a gap, chained, and never changed or removed.';
comment on column release.previous is 'Hash of the release before; 32 zero octets before the first.';
comment on column release.hash is 'SHA-256 of previous and of release_text; server/release/hash.ts works it out by itself.';
comment on column release.beside is 'Licence lines and mark of a release from before these were in its content, as JSON; null for every later one, whose hash covers these.';
-- Which drafts became releases is public, and whoever objects has to know in time.
select rights('release', $$
  analyst: select;
  partner, coordinator: select (number, draft_id);
  auditor, operator: select;
  auditor, operator: insert where approved_by = (select acting_person());
  public: select (number, draft_id, content, area_set, approved_on, previous, hash, beside) $$);
create trigger release_announced after insert on release for each statement execute function announce();

create table release_withdrawal (
  number integer not null constraint release_withdrawal_number_primary primary key,
  notice text not null,
  withdrawn_on date not null, withdrawn_at timestamptz not null,
  withdrawn_by text not null,
  constraint release_withdrawal_number_fkey foreign key (number) references release (number),
  constraint release_withdrawal_notice_length check (notice = btrim(notice) and length(notice) between 1 and 600)
);
comment on table release_withdrawal is
  'A release whose figures are no longer served; its number stays, and this notice stands in their place.';
select rights('release_withdrawal', $$
  analyst, auditor, operator: select;
  analyst, auditor, operator: insert where withdrawn_by = (select acting_person());
  public: select (number, notice, withdrawn_on) $$);
create trigger release_withdrawal_announced after insert on release_withdrawal for each statement execute function announce();

-- The hash also covers what was frozen beside releases from before their content held it.
create function release_text(entry release) returns text language sql stable as $$
  select concat_ws(
    E'\n', entry.number, to_char(entry.approved_on, 'YYYY-MM-DD'), entry.area_set, entry.content,
    case when entry.beside is null then (
      select string_agg(earlier.beside, E'\n' order by earlier.number)
      from release as earlier
      where earlier.number < entry.number
    ) end
  )
$$;
comment on function release_text(release) is 'What the hash of a release covers beside the hash before it.';
-- One writer at a time, until the transaction ends: two releases must not follow the same one. The approver names the
-- draft and none of its content. A draft waits three days, to leave time for objections.
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
  -- Every form of a release is made of its content alone: notes on operations, licence lines and mark are in it.
  if draft.content::json -> 'movedNotes' is null or draft.content::json -> 'sources' is null
    or draft.content::json -> 'mark' is null
  then
    raise exception 'this draft does not hold all that a release shows'
      using errcode = '23514', constraint = 'release_draft_whole', table = 'release';
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
  -- Who may hold it needs time to read it. By the database's own clock; the demonstration's stands still.
  if now() < draft.drafted_at + interval '72 hours'
    and not exists (select from setting where setting.key = 'demo')
  then
    raise exception 'this draft can still be objected to'
      using errcode = '23514', constraint = 'release_time_to_object', table = 'release';
  end if;
  new.number := coalesce(last_number, 0) + 1;
  new.content := draft.content;
  new.area_set := draft.area_set;
  new.beside := null;
  new.drafted_by := draft.drafted_by;
  new.previous := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  new.hash := sha256(new.previous || convert_to(release_text(new), 'UTF8'));
  return new;
end
$$;
create trigger release_chained before insert on release for each row execute function chain_release();

-- An objection, an approval and a discard wait for each other. An objection that had to wait for an approval is too
-- late, and its writer is told.
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
  if exists (select from release where release.draft_id = new.draft_id) then
    raise exception 'this draft is a release'
      using errcode = '23514', constraint = 'release_objection_in_time', table = 'release_objection';
  end if;
  return new;
end
$$;
create trigger release_objection_ordered before insert on release_objection for each row execute function order_release_objection();

-- A draft with an open objection cannot be discarded.
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
create trigger release_draft_held before update of discarded_at on release_draft for each row execute function keep_held_draft();

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
