-- An approved release shows only what was frozen with it: its notes on operations, licence lines and the mark of made-up
-- data are part of its content from here on.

-- Releases from before keep their content, number and hash, which are public. What their forms took from elsewhere is
-- frozen beside them once, here: the licence lines and the mark as they are now. Their notes are those that their own
-- answers hold (core/releases/stored-content.ts).
alter table release add column beside text null;
comment on column release.beside is
  'Licence lines and mark of a release from before these were in its content, as JSON; null for every later one, whose hash covers these.';

alter table release no force row level security;
alter table setting no force row level security;
alter table batch no force row level security;
alter table release disable trigger release_frozen;
update release set beside = json_build_object(
  'sources', coalesce(
    (select setting.value -> 'pack' -> 'attributions' from setting where setting.key = 'places'),
    '["Contains National Statistics data and OS data © Crown copyright and database right, Open Government Licence v3", "Street points: data.police.uk, road lines also Department for Transport, Open Government Licence v3", "Place names: GeoNames, CC BY 4.0"]'::jsonb
  ),
  'mark', case
    when not (release.content::json ->> 'madeUp')::boolean then null
    when exists (select from batch where batch.profile <> 'demonstration' and batch.undone_at is null)
      then 'MADE-UP AND IMPORTED DATA'
    else 'MADE-UP DATA'
  end
)::text;
alter table release enable trigger release_frozen;
alter table release force row level security;
alter table setting force row level security;
alter table batch force row level security;

grant select (beside) on release to boxster_public;

-- A release from here on covers what was frozen beside those from before.
create or replace function release_text(entry release) returns text language sql stable as $$
  select concat_ws(
    E'\n', entry.number, to_char(entry.approved_on, 'YYYY-MM-DD'), entry.area_set, entry.content,
    case when entry.beside is null then (
      select string_agg(earlier.beside, E'\n' order by earlier.number)
      from release as earlier
      where earlier.number < entry.number
    ) end
  )
$$;

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
