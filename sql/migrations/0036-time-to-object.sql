-- An objection that nobody had the time to make protects nobody: a draft waits three days before it can be approved.

create or replace function chain_release() returns trigger language plpgsql as $$
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
  new.drafted_by := draft.drafted_by;
  new.previous := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  new.hash := sha256(new.previous || convert_to(release_text(new), 'UTF8'));
  return new;
end
$$;

-- Which drafts are releases is public, and whoever objects has to be told in time.
select allow('release', 'select', '{partner,coordinator}', 'true', 'number, draft_id');

-- An objection that waited for an approval to end comes too late, and its writer is told.
create or replace function order_release_objection() returns trigger language plpgsql as $$
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
