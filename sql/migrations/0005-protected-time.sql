-- Protected time: who meets women where and when, and what that closes to police. No column holds the exact venue.

-- Places -----------------------------------------------------------------------------------------------------------
-- A place is snapped to cells of a fixed lattice and a class of radius (DEFINITIONS, Protected footprint). The wider
-- class is the seven cells of resolution 9 under one parent. An area or route with two cells of a parent takes all
-- seven, so that no corner gives away its middle. Bits 52 to 55 of an H3 index are its resolution; a finer digit is 0
-- to 6, or 7 for none.
create function parent_cell(cell bigint) returns bigint language sql immutable as $$
  select (cell | (7::bigint << 18)) - (1::bigint << 52)
$$;
comment on function parent_cell(bigint) is 'The H3 cell at resolution 8 that has this one, of resolution 9, under it.';
create function cells_whole(parent bigint) returns setof bigint language sql immutable as $$
  select parent + (1::bigint << 52) - ((7 - finest)::bigint << 18) from generate_series(0, 6) as finest
$$;
comment on function cells_whole(bigint) is 'The seven H3 cells at resolution 9 that have this one, of resolution 8, as their parent.';
create function cells_under(cell bigint) returns setof bigint language sql immutable as $$
  select cell + (1::bigint << 52) - ((7 - finest)::bigint << 15) from generate_series(0, 6) as finest
$$;
comment on function cells_under(bigint) is 'The H3 cells at resolution 10 that have this one, of resolution 9, as their parent.';
create function lattice_fault(lattice bigint[], kind text) returns text language sql immutable as $$
  select case
    when cardinality(lattice) = 0 then 'there is no cell'
    when lattice <> array(select distinct cell from unnest(lattice) as given (cell) order by 1)
      or array_position(lattice, null) is not null then 'each cell stands once, in order'
    when exists (
      select from unnest(lattice) as given (cell) where (cell >> 59) & 15 <> 1 or (cell >> 52) & 15 <> 9
    ) then 'a cell is not of the lattice'
    when kind = 'circle' and cardinality(lattice) > 1
      and lattice <> array(select whole from cells_whole(parent_cell(lattice[1])) as whole order by 1)
      then 'a place lies in one cell or in the seven under one parent'
    when kind <> 'circle' and exists (
      select from unnest(lattice) as given (cell) group by parent_cell(cell) having count(*) between 2 and 6
    ) then 'a parent of two cells is not whole'
  end
$$;
comment on function lattice_fault(bigint[], text) is 'What is wrong with the lattice of a place; null when nothing is.';

create table saved_place (
  id bigint generated always as identity constraint saved_place_id_pkey primary key,
  key uuid not null default gen_random_uuid() constraint saved_place_key_key unique,
  partner_id bigint not null constraint saved_place_partner_id_fkey references partner (id) on delete cascade,
  label text not null constraint saved_place_label_check check (label = btrim(label) and length(label) between 1 and 60),
  footprint bigint[] not null constraint saved_place_footprint_not_empty check (cardinality(footprint) > 0),
  saved_at timestamptz not null,
  kind text not null default 'circle' constraint saved_place_kind_known check (kind in ('circle', 'area', 'corridor')),
  lattice bigint[],
  class_m integer,
  constraint saved_place_partner_id_key unique (partner_id, id),
  constraint saved_place_class_known check (class_m in (100, 150, 200, 300, 400) and (kind = 'circle' or class_m = 100)),
  constraint saved_place_lattice_whole check ((lattice is null) = (class_m is null)),
  constraint saved_place_lattice_form check (lattice_fault(lattice, kind) is null),
  constraint saved_place_label_plain check (label = plain_name(label))
);
comment on table saved_place is 'Where a partner meets women, as the H3 cells (resolution 10) of its protected footprint; never a point.';
comment on column saved_place.key is 'The only number that leaves the database: running numbers would tell a partner that others exist.';
comment on column saved_place.label is 'Written by its partner and readable by that partner alone.';
comment on column saved_place.footprint is
  'A function of lattice and class alone (core/blackouts/footprint.ts): equal ones are equal byte for byte.';
comment on column saved_place.lattice is 'The H3 cells of resolution 9 that it lies in: one, or the seven under one parent where its partner chose wider; of an area or a route all that it overlaps, with every parent whole of which those are two. Null for a place that was saved before there was a lattice.';
comment on column saved_place.class_m is 'How far around the lattice is kept clear.';
select rights('saved_place', $$
  partner: select, insert, update (label), delete where partner_id = (select own_partner());
  operator: select, insert;
  system: select (id, partner_id), delete;
  keeper: select (id, key, partner_id, footprint, saved_at), update (label), delete $$);
create trigger saved_place_announced after insert or update or delete on saved_place
  for each row execute function announce_partner();

-- A restored backup may hold places from before the lattice.
create function check_place_lattice() returns trigger language plpgsql as $$
begin
  if new.lattice is null then
    raise exception 'a place is saved by its lattice cells'
      using errcode = '23502', constraint = 'saved_place_lattice_given', table = 'saved_place';
  end if;
  if exists (
    select under.cell
    from unnest(new.lattice) as given (cell), cells_under(given.cell) as under (cell)
    except
    select unnest(new.footprint)
  ) then
    raise exception 'the footprint of a place leaves out a part of its lattice cells'
      using errcode = '23514', constraint = 'saved_place_lattice_inside', table = 'saved_place';
  end if;
  return new;
end
$$;
create trigger saved_place_lattice_checked before insert on saved_place
  for each row when (current_user <> 'boxster_copier') execute function check_place_lattice();

-- Two footprints of one place could be compared, so only the label may change.
create function refuse_moved_place() returns trigger language plpgsql as $$
begin
  raise exception 'a saved place keeps its lattice cells and its footprint: save a new place instead'
    using errcode = '23514', constraint = 'saved_place_footprint_fixed', table = 'saved_place';
end
$$;
create trigger saved_place_footprint_fixed before update on saved_place
  for each row when (
    old.footprint is distinct from new.footprint or old.lattice is distinct from new.lattice
    or old.class_m is distinct from new.class_m or old.kind is distinct from new.kind
  )
  execute function refuse_moved_place();

-- Sessions ---------------------------------------------------------------------------------------------------------
-- Equal start and end times mean 24 hours; the page asks before saving that.
create table outreach_session (
  id bigint generated always as identity constraint outreach_session_id_pkey primary key,
  key uuid not null default gen_random_uuid() constraint outreach_session_key_key unique,
  partner_id bigint not null,
  place_id bigint not null,
  repeats text not null constraint outreach_session_repeats_known check (repeats in ('once', 'weekly')),
  every_weeks integer not null default 1,
  first_date date not null,
  starts_local time not null, ends_local time not null,
  until_date date,
  created_at timestamptz not null,
  ended_at timestamptz,
  calendar_key text constraint outreach_session_calendar_key_hex check (calendar_key ~ '^[0-9a-f]{64}$'),
  closed_until timestamptz,
  recorded_until timestamptz,
  weekdays integer[] not null default '{}',
  moved_from_id bigint constraint outreach_session_moved_from_id_fkey references outreach_session (id) on delete set null,
  moved_from_date date,
  sealed_at timestamptz,
  constraint outreach_session_place_id_fkey
    foreign key (partner_id, place_id) references saved_place (partner_id, id) on delete cascade,
  constraint outreach_session_every_weeks_check
    check (every_weeks between 1 and 8 and (repeats = 'weekly' or every_weeks = 1)),
  constraint outreach_session_until_date_check
    check (until_date is null or (repeats = 'weekly' and until_date >= first_date)),
  constraint outreach_session_weekdays_check check (
    weekdays <@ array[1, 2, 3, 4, 5, 6, 7]
    and cardinality(weekdays) <= 7
    and (
      weekdays = '{}'
      or (repeats = 'weekly' and extract(isodow from first_date)::int = any (weekdays))
    )
  ),
  constraint outreach_session_moved_from_check
    check (moved_from_id is null or (moved_from_date is not null and repeats = 'once'))
);
create index outreach_session_partner on outreach_session (partner_id, calendar_key);
create index outreach_session_place on outreach_session (place_id);
create index outreach_session_moved_from on outreach_session (moved_from_id) where moved_from_id is not null;
comment on table outreach_session is 'A visit as its partner gave it: London wall-clock times on one date or every so many weeks. An end before the start lies on the next day.';
comment on column outreach_session.until_date is 'Last date on which it may start; null goes on.';
comment on column outreach_session.ended_at is 'When the partner called it off; what starts within 24 hours of that stays closed.';
comment on column outreach_session.calendar_key is
  'SHA-256 of the identity of its entry in an imported calendar, so that a second import replaces it.';
comment on column outreach_session.closed_until is 'How far its occupancy rows reach.';
comment on column outreach_session.recorded_until is
  'Visits whose protected time ended by then are in kept_clear, and nothing else of them is left.';
comment on column outreach_session.weekdays is
  'ISO weekdays (Monday 1 to Sunday 7) on which it repeats, that of first_date among them; none: that one alone.';
comment on column outreach_session.moved_from_date is 'The date of a repeating session that takes place as this one instead.';
comment on column outreach_session.sealed_at is
  'When it was erased: no role reads it from then on, and it is gone for good 7 days later.';
select rights('outreach_session', $$
  partner: select, insert, update where partner_id = (select own_partner());
  operator: select, insert, update, delete;
  system: select (id, partner_id, recorded_until, sealed_at), update (recorded_until, sealed_at), delete;
  keeper: select, update (calendar_key, closed_until), delete $$);
-- Columns that the partner reads. closed_until changes every day, and no screen shows it.
create trigger outreach_session_announced after insert or delete or update of ended_at, recorded_until on outreach_session
  for each row execute function announce_partner();
create trigger outreach_session_sealed_announced after update of sealed_at on outreach_session
  for each row execute function announce_partner();

create table session_exception (
  session_id bigint not null,
  occurs_on date not null,
  told_at timestamptz,
  sealed_at timestamptz,
  constraint session_exception_session_id_pkey primary key (session_id, occurs_on),
  constraint session_exception_session_id_fkey foreign key (session_id) references outreach_session (id) on delete cascade
);
comment on table session_exception is 'Dates on which a repeating session does not take place.';
comment on column session_exception.told_at is 'When it was called off, if after saving: within 24 hours of its start it stays closed.';
-- The subquery runs with the caller's rights: a partner sees its own sessions.
select rights('session_exception', $$
  partner: select, insert, delete where exists (select from outreach_session where outreach_session.id = session_id);
  operator: select, insert, delete;
  system: select (session_id, occurs_on, told_at, sealed_at), update (sealed_at), delete;
  keeper: select $$);
create trigger session_exception_announced after insert or delete on session_exception
  for each row execute function announce_session();

create table session_notice (
  id bigint generated always as identity constraint session_notice_id_pkey primary key,
  key uuid not null default gen_random_uuid() constraint session_notice_key_key unique,
  session_id bigint not null constraint session_notice_session_id_fkey references outreach_session (id) on delete cascade,
  told_at timestamptz not null,
  window_ids bigint[] not null,
  confirmed_at timestamptz, confirmed_by text,
  constraint session_notice_confirmed_by_check check ((confirmed_at is null) = (confirmed_by is null))
);
create index session_notice_session on session_notice (session_id);
create index session_notice_open on session_notice (told_at) where confirmed_at is null;
comment on table session_notice is 'A late session tells the duty contact: the partner reads when police were told and when they confirmed; police read which of their own windows are no longer available, never why.';
select rights('session_notice', $$
  partner: select where exists (select from outreach_session where outreach_session.id = session_id);
  system: select (id, told_at), delete;
  keeper: select, insert, update $$);
create trigger session_notice_announced after insert or update or delete on session_notice
  for each row execute function announce_session();

create table police_came (
  session_id bigint not null constraint police_came_session_id_fkey references outreach_session (id) on delete cascade,
  occurs_on date not null,
  reported_at timestamptz not null,
  key uuid not null default gen_random_uuid() constraint police_came_key_unique unique,
  read_at timestamptz, read_by text,
  sealed_at timestamptz,
  constraint police_came_session_id_pkey primary key (session_id, occurs_on),
  constraint police_came_read_at_present check ((read_at is null) = (read_by is null))
);
comment on table police_came is 'A partner''s report that police came to a session: it was not kept clear.';
comment on column police_came.key is 'What the coordinator calls the report: not the session, not its day.';
-- The coordinator reads these through the keeper, because it has no right to sessions.
select rights('police_came', $$
  partner: select, insert, delete where exists (select from outreach_session where outreach_session.id = session_id);
  system: select (session_id, occurs_on, sealed_at), update (sealed_at), delete;
  keeper: select, update (read_at, read_by) $$);
create trigger police_came_announced after insert or delete on police_came for each row execute function announce_session();

-- A large closure takes effect at once, like every other. A colleague at the same partner is asked to check it, and
-- police never hear of that.
create table second_word (
  session_id bigint not null constraint second_word_session_id_primary primary key,
  asked_by text not null, asked_at timestamptz not null,
  confirmed_by text, confirmed_at timestamptz,
  constraint second_word_confirmed_at_present check ((confirmed_at is null) = (confirmed_by is null)),
  constraint second_word_confirmed_by_another check (confirmed_by <> asked_by),
  constraint second_word_session_id_fkey foreign key (session_id) references outreach_session (id) on delete cascade
);
comment on table second_word is 'Sessions that close much or for long: who saved it, and who else of the same partner said that it is right. Unanswered it stays closed.';
select rights('second_word', $$
  partner: select, insert, update (confirmed_by, confirmed_at)
    where exists (select from outreach_session where outreach_session.id = session_id);
  operator: select, insert;
  keeper: select $$);

-- What a session closes --------------------------------------------------------------------------------------------

create table occupancy (
  cell bigint not null constraint occupancy_cell_resolution check (((cell >> 52) & 15) = 10),
  during tstzrange not null,
  kind text not null constraint occupancy_kind_known check (kind in ('protected', 'patrol')),
  active boolean not null default true,
  session_id bigint constraint occupancy_session_id_fkey references outreach_session (id) on delete cascade,
  window_id bigint,
  constraint occupancy_session_id_check check ((kind = 'protected') = (session_id is not null)),
  constraint occupancy_window_id_check check ((kind = 'patrol') = (window_id is not null)),
  -- No agreed patrol touches protected time, whoever writes and in whatever order.
  constraint occupancy_no_patrol_in_protected
    exclude using gist (cell with =, during with &&, kind with <>) where (active),
  constraint occupancy_during_bounded check (
    not isempty(during) and lower_inc(during) and not upper_inc(during)
    and not lower_inf(during) and not upper_inf(during)
  )
);
create index occupancy_session on occupancy (session_id) where session_id is not null;
create index occupancy_window on occupancy (window_id) where window_id is not null;
comment on table occupancy is 'Who has a cell when: a row per footprint cell and protected interval, a row per cell of an agreed patrol and its whole window. Writers take pg_advisory_xact_lock(7310) first and insert cells sorted.';
-- Police read footprints through the keeper only, and only as far ahead as SAFEGUARDS allows. The tool's own role may
-- delete past protected time and nothing else.
select rights('occupancy', $$
  system: select (during, kind) where kind = 'protected';
  system: delete where kind = 'protected' and upper(during) <= (select clock_mark_at('erased')) - interval '14 days';
  keeper: select, insert, update, delete $$);

-- Calendars --------------------------------------------------------------------------------------------------------

create table calendar_report (
  id bigint generated always as identity constraint calendar_report_id_pkey primary key,
  partner_id bigint not null constraint calendar_report_partner_id_fkey references partner (id) on delete cascade,
  reported_at timestamptz not null,
  state text not null constraint calendar_report_state_known check (state in ('confirmed', 'unreadable')),
  detail text,
  paused_until date,
  constraint calendar_report_paused_until_check check (paused_until is null or state = 'confirmed')
);
create index calendar_report_latest on calendar_report (partner_id, reported_at desc, id desc);
comment on table calendar_report is 'Each time a partner''s calendar was confirmed as complete or found unreadable; the latest counts. A partner without a row has never given one.';
comment on column calendar_report.paused_until is 'Last London date up to which the partner has said that nothing will change.';
select rights('calendar_report', $$
  partner: select, insert where partner_id = (select own_partner());
  coordinator: select (id, partner_id, reported_at, state, paused_until);
  operator: select, insert;
  keeper: select, delete $$);
create trigger calendar_report_announced after insert on calendar_report for each row execute function announce_partner();

create table calendar_reminder (
  partner_id bigint not null constraint calendar_reminder_partner_id_primary primary key,
  asked_at timestamptz not null, asked_by text not null,
  constraint calendar_reminder_partner_id_fkey foreign key (partner_id) references partner (id) on delete cascade
);
comment on table calendar_reminder is
  'When the coordinator last asked a partner to confirm its calendar; the partner reads it until it has.';
select rights('calendar_reminder', $$
  partner: select where partner_id = (select own_partner());
  coordinator: select, insert, update;
  auditor: select;
  keeper: select (partner_id), delete $$);

-- Emergencies ------------------------------------------------------------------------------------------------------
-- Police who answered an emergency. Never requested, blocked or delayed: this is outside occupancy and its constraint,
-- and takes no lock. A session that it overlaps was not kept clear.
create table police_attended (
  id bigint generated always as identity constraint police_attended_id_primary primary key,
  key uuid not null default gen_random_uuid() constraint police_attended_key_unique unique,
  cell bigint not null constraint police_attended_cell_resolution check (((cell >> 52) & 15) = 10),
  starts_at timestamptz not null, ends_at timestamptz not null,
  logged_at timestamptz not null, logged_by text not null,
  place text constraint police_attended_place_short check (place = btrim(place) and length(place) between 1 and 200),
  constraint police_attended_ends_at_after_start check (ends_at > starts_at),
  constraint police_attended_length_range check (ends_at - starts_at <= interval '12 hours')
);
create index police_attended_ends_at on police_attended (ends_at);
comment on table police_attended is 'Where police attended an emergency, as they logged it: a cell and a time, and nothing of whom or why. Partners read the time where it touched a session of theirs; police never read whether it did.';
comment on column police_attended.place is 'A name of the list of places, never free words; null where a cell of the map was chosen.';
select rights('police_attended', $$
  sergeant: select, insert, delete;
  system: select (id, ends_at), delete;
  keeper: select $$);
create trigger police_attended_announced after insert or delete on police_attended for each statement execute function announce();

-- Who looked -------------------------------------------------------------------------------------------------------
-- How often a partner's footprints were seen, by day and role, under a random alias.
create table footprint_viewer (
  partner_id bigint not null constraint footprint_viewer_partner_id_fkey references partner (id) on delete cascade,
  person text not null,
  alias uuid not null default gen_random_uuid() constraint footprint_viewer_alias_unique unique,
  constraint footprint_viewer_person_primary primary key (partner_id, person)
);
comment on table footprint_viewer is 'The opaque name of a viewer, another for each partner, so that partners cannot compare.';
select rights('footprint_viewer', $$
  system: select (partner_id, alias), delete;
  keeper: select, insert, delete $$);

create table footprint_view (
  partner_id bigint not null constraint footprint_view_partner_id_fkey references partner (id) on delete cascade,
  day date not null,
  role text not null,
  alias uuid not null,
  times integer not null default 1 constraint footprint_view_times_positive check (times > 0),
  constraint footprint_view_alias_primary primary key (partner_id, day, alias, role)
);
comment on table footprint_view is 'How often the footprints of a partner were shown or planned around on a London day, by role.';
select rights('footprint_view', $$
  partner: select where partner_id = (select own_partner());
  system: select (partner_id, day, alias), delete;
  keeper: select, insert, update, delete $$);

-- Objections -------------------------------------------------------------------------------------------------------

create table objection (
  id bigint generated always as identity constraint objection_id_primary primary key,
  key uuid not null default gen_random_uuid() constraint objection_key_unique unique,
  partner_id bigint not null constraint objection_partner_id_fkey references partner (id) on delete cascade,
  about text not null constraint objection_about_known check (about in ('patrols', 'panel', 'other')),
  words text not null constraint objection_words_length check (length(words) between 1 and 500),
  raised_at timestamptz not null, raised_by text not null,
  answer text constraint objection_answer_length check (length(answer) between 1 and 500),
  answered_at timestamptz, answered_by text,
  constraint objection_answered_at_present
    check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create index objection_partner_id on objection (partner_id);
comment on table objection is 'What a partner objects to, in its own words, to the coordinator alone; and the answer.';
select rights('objection', $$
  partner: select, insert where partner_id = (select own_partner());
  coordinator: select, update (answer, answered_at, answered_by);
  auditor: select (id, key, partner_id, about, raised_at, answered_at);
  system: select (id, answered_at), delete;
  keeper: select (id, partner_id), delete $$);

-- Leaving ----------------------------------------------------------------------------------------------------------
-- A partner that asks to leave is erased a day later, so that no one person can remove its protection (SAFEGUARDS 13).
-- Until then everything stays closed, and anyone at the partner can cancel. The day is counted by the database's clock,
-- not the server's.
create table leaving (
  partner_id bigint not null constraint leaving_partner_id_primary primary key,
  asked_by text not null, asked_at timestamptz not null,
  due_at timestamptz not null,
  constraint leaving_due_at_a_day_later check (due_at >= asked_at + interval '24 hours'),
  constraint leaving_partner_id_fkey foreign key (partner_id) references partner (id) on delete cascade
);
comment on table leaving is 'Partners that somebody of theirs asked to erase, from when on. By the real clock, in the demonstration too.';
-- Coordinator and auditor see that a partner is leaving and when, not who asked.
select rights('leaving', $$
  partner: select, insert, delete where partner_id = (select own_partner());
  coordinator, auditor: select (partner_id, due_at);
  system: select;
  keeper: select, delete $$);
create trigger leaving_announced after insert or delete on leaving for each row execute function announce_partner();

create function date_leaving() returns trigger language plpgsql as $$
begin
  new.asked_at := greatest(clock_timestamp(), clock_mark_at('seen'));
  new.due_at := new.asked_at + interval '24 hours';
  return new;
end
$$;
create trigger leaving_dated before insert on leaving
  for each row when (current_user = 'boxster_partner') execute function date_leaving();
create function refuse_early_leaving() returns trigger language plpgsql as $$
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
create trigger partner_leaves_a_day_later before update of left_at on partner
  for each row when (old.left_at is null and new.left_at is not null) execute function refuse_early_leaving();

-- Erasure ----------------------------------------------------------------------------------------------------------
-- Sessions are erased 14 days after they end, and only the count of those kept clear remains. They are sealed first: no
-- role can read them, and they are deleted 7 days later (SAFEGUARDS 14).
create table kept_clear (
  partner_id bigint not null constraint kept_clear_partner_id_fkey references partner (id) on delete cascade,
  kept boolean not null,
  visits integer not null constraint kept_clear_visits_not_negative check (visits >= 0),
  constraint kept_clear_kept_primary primary key (partner_id, kept)
);
comment on table kept_clear is 'All that is left of sessions that were erased: how many visits of a partner were kept clear and how many were not. No place, no day, no time.';
select rights('kept_clear', $$
  partner: select where partner_id = (select own_partner());
  keeper: select, insert, update $$);

create table sealed_count (
  id bigint generated always as identity constraint sealed_count_id_primary primary key,
  session_id bigint not null constraint sealed_count_session_id_fkey references outreach_session (id) on delete cascade,
  partner_id bigint not null,
  sealed_at timestamptz not null default sure_time(),
  kept integer not null,
  not_kept integer not null,
  recorded_before timestamptz,
  constraint sealed_count_kept_not_negative check (kept >= 0 and not_kept >= 0)
);
create index sealed_count_session on sealed_count (session_id);
comment on table sealed_count is 'How many visits of a session an erasure counted, and up to when they were counted before: for 7 days, so that it can be taken back.';
select rights('sealed_count', $$ system: select, insert, delete $$);

create policy outreach_session_unsealed on outreach_session as restrictive
  for all to boxster_partner, boxster_operator, boxster_keeper using (sealed_at is null);
create policy session_exception_unsealed on session_exception as restrictive
  for all to boxster_partner, boxster_operator, boxster_keeper using (sealed_at is null);
create policy police_came_unsealed on police_came as restrictive
  for all to boxster_partner, boxster_operator, boxster_keeper using (sealed_at is null);
create policy saved_place_delete_left on saved_place as restrictive for delete to boxster_system
  using (exists (
    select from partner
    where partner.id = saved_place.partner_id and partner.left_at + interval '72 hours' <= sure_time()
  ));

-- The 24-hour rule. The database does not know the deployment's time zone. Local time is at most 14 hours ahead of UTC,
-- so this takes the earliest possible start: a visit may stay closed for longer than needed, never shorter.
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
-- 14 days in any time zone, plus a day for sessions past midnight.
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

-- Visits up to recorded_until are counted as kept clear, and only if they are over by the database's clock too.
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
