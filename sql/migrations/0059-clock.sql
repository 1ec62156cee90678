-- A wrong clock loses nothing (SAFEGUARDS 14). The database remembers by when it was seen at work, how far it has erased and
-- until when a person has said that the clock is right. What lies beyond these is not erased, whatever the code asks for. What
-- is erased is sealed for 7 days first: no role reads it, and it can be taken back.

create table clock_mark (
  name text not null,
  at timestamptz,
  constraint clock_mark_name_primary primary key (name),
  constraint clock_mark_name_known check (name in ('seen', 'erased', 'said'))
);
comment on table clock_mark is
  'Moments of the database''s clock. seen: the newest of the audit chain and of the hourly look, which no gap of more than 3 days moves; erased: as at when the last erasure went through; said: until when a person has said that the clock is right.';
insert into clock_mark (name, at) values
  ('seen', (
    select at - coalesce((detail ->> 'clockBehindSeconds')::bigint, 0) * interval '1 second'
    from audit order by id desc limit 1
  )),
  ('erased', null), ('said', null);

create function clock_mark_at(mark text) returns timestamptz language sql stable as
  $$ select at from clock_mark where name = mark $$;

create function sure_time() returns timestamptz language sql volatile as $$
  select case
    when clock_timestamp() > clock_mark_at('seen') + interval '3 days' then clock_mark_at('seen')
    else clock_timestamp()
  end
$$;
comment on function sure_time() is
  'The database''s clock; where that is more than 3 days past the last time it was seen at work, that time, until a person says that the clock is right.';

create function is_demonstration() returns boolean language sql stable as
  $$ select exists (select from setting where key = 'demo') $$;

create function check_clock_mark() returns trigger language plpgsql as $$
begin
  if current_user in ('boxster_admin', 'boxster_operator') then
    -- A person's word is about now.
    new.at := clock_timestamp();
  elsif new.name = 'seen' and (
    new.at > clock_timestamp()
    or new.at > old.at + interval '3 days' and not is_demonstration()
  ) then
    raise exception 'only a person says that the clock is right after a gap'
      using errcode = '23514', constraint = 'clock_mark_seen_step', table = 'clock_mark';
  elsif new.name = 'erased' and new.at > sure_time() then
    raise exception 'nothing is erased of what the database''s clock has not passed'
      using errcode = '23514', constraint = 'clock_mark_erased_sure', table = 'clock_mark';
  elsif new.name = 'erased' and old.at is not null
    and new.at > interval '1 day' + greatest(
      old.at,
      -- What was said by a clock that has been set back since counts no longer.
      case when clock_mark_at('said') <= clock_timestamp() then clock_mark_at('said') end
    ) then
    raise exception 'an erasure of more than one day waits for a person'
      using errcode = '23514', constraint = 'clock_mark_erased_day', table = 'clock_mark';
  end if;
  return new;
end
$$;
create trigger clock_mark_checked before update on clock_mark
  for each row when (
    current_user in ('boxster_clerk', 'boxster_system', 'boxster_admin', 'boxster_operator')
  )
  execute function check_clock_mark();

select fence('clock_mark');
select allow('clock_mark', 'select', '{partner,admin,operator,system,keeper,clerk}');
select allow('clock_mark', 'update', '{clerk}', 'name = ''seen''', 'at');
select allow('clock_mark', 'update', '{system}', 'name in (''seen'', ''erased'')', 'at');
select allow('clock_mark', 'update', '{admin,operator}', 'name in (''seen'', ''said'')', 'at');
select allow('setting', 'select', '{clerk}', 'key = ''demo''');

-- As 0042 has it; each row is also a time at which the database was seen.
create or replace function chain_audit() returns trigger language plpgsql as $$
declare
  last_id bigint;
  last_at timestamptz;
  last_hash bytea;
begin
  -- A restore brings rows as they were, and verifies the chain afterwards.
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7320);
  select audit.id, audit.at, audit.hash into last_id, last_at, last_hash
  from audit order by audit.id desc limit 1;
  new.id := coalesce(last_id, 0) + 1;
  new.at := greatest(clock_timestamp(), last_at);
  if last_at - clock_timestamp() > interval '1 minute' then
    new.detail := new.detail || jsonb_build_object(
      'clockBehindSeconds', floor(extract(epoch from last_at - clock_timestamp()))::bigint
    );
  end if;
  new.previous := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  new.hash := sha256(new.previous || convert_to(audit_text(new), 'UTF8'));
  update clock_mark set at = clock_timestamp()
  where name = 'seen' and (
    at is null
    or at < clock_timestamp() - interval '1 minute'
      and (clock_timestamp() <= at + interval '3 days' or is_demonstration())
  );
  return new;
end
$$;

-- Sealed away: read by no role of the tool, erased for good 7 days later.
alter table outreach_session add column sealed_at timestamptz;
alter table session_exception add column sealed_at timestamptz;
alter table police_came add column sealed_at timestamptz;
comment on column outreach_session.sealed_at is
  'When it was erased: no role reads it from then on, and it is gone for good 7 days later.';
do $$
declare
  name text;
begin
  foreach name in array array['outreach_session', 'session_exception', 'police_came'] loop
    execute format(
      'create policy %I on %I as restrictive for all to boxster_partner, boxster_operator, boxster_keeper using (sealed_at is null)',
      name || '_unsealed', name
    );
    execute format('grant select (sealed_at), update (sealed_at) on %I to boxster_system', name);
  end loop;
end
$$;
grant select (partner_id) on outreach_session to boxster_system;
grant select (told_at) on session_exception to boxster_system;
create policy session_exception_update_system on session_exception for update to boxster_system
  using ((select acting_person()) is not null) with check ((select acting_person()) is not null);
create policy police_came_update_system on police_came for update to boxster_system
  using ((select acting_person()) is not null) with check ((select acting_person()) is not null);
create trigger outreach_session_sealed_announced after update of sealed_at on outreach_session
  for each row execute function announce_partner();

-- The 24-hour rule. A time of the wall clock comes 14 hours before that of UTC at most, whatever the time zone of the
-- deployment, which no database knows: by that first reading a visit stays closed that by its own may be open.
create function stays_closed(starts timestamp, called_off_at timestamptz) returns boolean
language sql immutable as
  $$ select starts at time zone 'UTC' - interval '14 hours' <= called_off_at + interval '24 hours' $$;

create function visits_since(session outreach_session, since date) returns boolean
language sql stable as $$
  select case
    when session.repeats = 'weekly' and session.until_date is null and session.ended_at is null then true
    else exists (
      select from generate_series(
        greatest(since, session.first_date)::timestamp,
        least(
          coalesce(session.until_date, case session.repeats when 'once' then session.first_date end),
          -- No later date stays closed.
          (session.ended_at at time zone 'UTC')::date + 2
        ),
        interval '1 day'
      ) as given (day)
      where (
          session.repeats = 'once'
          or extract(isodow from day)::int = any (
            session.weekdays || case session.weekdays
              when '{}' then array[extract(isodow from session.first_date)::int] else '{}' end
          )
          and (date_trunc('week', day)::date - date_trunc('week', session.first_date)::date)
            / 7 % session.every_weeks = 0
        )
        and (session.ended_at is null or stays_closed(day + session.starts_local, session.ended_at))
        and not exists (
          select from session_exception
          where session_exception.session_id = session.id and session_exception.occurs_on = day::date
            and stays_closed(day + session.starts_local, told_at) is not true
        )
    )
  end
$$;
comment on function visits_since(outreach_session, date) is
  'Whether a visit of it may start on this day or later; worked out once more, beside core/protected-time/occurrences.ts.';

-- 14 days by any time zone, and a day for the night: a visit of a later date is not 14 days over.
create function last_erasable_date() returns date language sql stable as
  $$ select (clock_mark_at('erased') at time zone 'UTC')::date - 13 $$;

create function check_sealed_session() returns trigger language plpgsql as $$
begin
  if new.sealed_at is null then
    return new;
  end if;
  if last_erasable_date() is null or visits_since(old, last_erasable_date() + 1) then
    raise exception 'a session is erased 14 days after it ended, by the database''s clock'
      using errcode = '23514', constraint = 'outreach_session_over', table = 'outreach_session';
  end if;
  new.sealed_at := sure_time();
  return new;
end
$$;
create trigger outreach_session_over before update of sealed_at on outreach_session
  for each row when (current_user = 'boxster_system') execute function check_sealed_session();

create function check_sealed_date() returns trigger language plpgsql as $$
begin
  if new.sealed_at is null then
    return new;
  end if;
  if old.occurs_on > coalesce(last_erasable_date(), '-infinity') then
    raise exception 'a date is erased 14 days after it, by the database''s clock'
      using errcode = '23514', constraint = tg_table_name || '_over', table = tg_table_name;
  end if;
  new.sealed_at := sure_time();
  return new;
end
$$;
create trigger session_exception_over before update of sealed_at on session_exception
  for each row when (current_user = 'boxster_system') execute function check_sealed_date();
create trigger police_came_over before update of sealed_at on police_came
  for each row when (current_user = 'boxster_system') execute function check_sealed_date();

create function refuse_unsealed_erasure() returns trigger language plpgsql as $$
begin
  if old.sealed_at is null or old.sealed_at > sure_time() - interval '7 days' then
    raise exception 'what is erased is sealed for 7 days first'
      using errcode = '23514', constraint = tg_table_name || '_sealed_a_week', table = tg_table_name;
  end if;
  return old;
end
$$;
create trigger outreach_session_sealed_a_week before delete on outreach_session
  for each row when (current_user = 'boxster_system') execute function refuse_unsealed_erasure();
create trigger session_exception_sealed_a_week before delete on session_exception
  for each row when (current_user = 'boxster_system') execute function refuse_unsealed_erasure();
create trigger police_came_sealed_a_week before delete on police_came
  for each row when (current_user = 'boxster_system') execute function refuse_unsealed_erasure();

-- Visits are counted as kept clear up to recorded_until: never one that is not over by this clock too.
create function check_recorded_until() returns trigger language plpgsql as $$
begin
  if new.recorded_until > coalesce(old.recorded_until, '-infinity')
    and new.recorded_until > coalesce(clock_mark_at('erased'), '-infinity') - interval '14 days' then
    raise exception 'a visit counts as kept clear for good 14 days after it ended, by the database''s clock'
      using errcode = '23514', constraint = 'outreach_session_recorded_sure', table = 'outreach_session';
  end if;
  return new;
end
$$;
create trigger outreach_session_recorded_sure before update of recorded_until on outreach_session
  for each row when (current_user = 'boxster_system') execute function check_recorded_until();

-- What an erasure added to kept_clear, by session, as long as it can be taken back.
create table sealed_count (
  id bigint generated always as identity,
  session_id bigint not null,
  partner_id bigint not null,
  sealed_at timestamptz not null default sure_time(),
  kept integer not null,
  not_kept integer not null,
  recorded_before timestamptz,
  constraint sealed_count_id_primary primary key (id),
  constraint sealed_count_session_id_fkey foreign key (session_id)
    references outreach_session (id) on delete cascade,
  constraint sealed_count_kept_not_negative check (kept >= 0 and not_kept >= 0)
);
create index sealed_count_session on sealed_count (session_id);
comment on table sealed_count is
  'How many visits of a session an erasure counted, and up to when they were counted before: for 7 days, so that it can be taken back.';
select fence('sealed_count');
select allow('sealed_count', verb, '{system}') from unnest(array['select', 'insert', 'delete']) as verbs (verb);

-- Past protected time goes by the tool's own role, which reaches no other.
select allow('occupancy', 'select', '{system}', 'kind = ''protected''', 'kind, during');
select allow('occupancy', 'delete', '{system}',
  'kind = ''protected'' and upper(during) <= (select clock_mark_at(''erased'')) - interval ''14 days''');

create policy event_delete_announced on event as restrictive for delete to boxster_system
  using (ends_at < (
    select max(before + 1)::timestamptz from event_removal
    where erased_at is null and due_at <= clock_mark_at('erased')
  ));
create policy saved_place_delete_left on saved_place as restrictive for delete to boxster_system
  using (exists (
    select from partner
    where partner.id = saved_place.partner_id and partner.left_at + interval '72 hours' <= sure_time()
  ));

-- A partner leaves a day after it was asked, by this clock, however that of the server stands.
create function date_leaving() returns trigger language plpgsql as $$
begin
  new.asked_at := greatest(clock_timestamp(), clock_mark_at('seen'));
  new.due_at := new.asked_at + interval '24 hours';
  return new;
end
$$;
create trigger leaving_dated before insert on leaving
  for each row when (current_user = 'boxster_partner') execute function date_leaving();
create or replace function refuse_early_leaving() returns trigger language plpgsql as $$
begin
  if not exists (
    select from leaving where partner_id = new.id and due_at <= sure_time()
  ) then
    raise exception 'a partner leaves a day after it was asked'
      using errcode = '23514', constraint = 'partner_leaves_a_day_later', table = 'partner';
  end if;
  return new;
end
$$;
