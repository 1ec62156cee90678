-- Patrols: plans, windows, stops and the routes between them, debriefs, positions, and who is on duty. What closes a
-- place to police is in 0005-protected-time.sql (occupancy).

-- Plans ------------------------------------------------------------------------------------------------------------

create table patrol_plan (
  id bigint generated always as identity constraint patrol_plan_id_primary primary key,
  revision integer not null default 1 constraint patrol_plan_revision_positive check (revision >= 1),
  status text not null default 'suggested',
  starts_on date not null,
  day_count integer not null constraint patrol_plan_day_count_range check (day_count between 1 and 28),
  unit_count integer not null constraint patrol_plan_unit_count_range check (unit_count between 1 and 12),
  shifts text[] not null constraint patrol_plan_shifts_some check (cardinality(shifts) >= 1),
  seed bigint not null,
  as_at date not null,
  expected_total double precision not null,
  objective double precision not null,
  bound double precision not null,
  gap double precision not null,
  greedy double precision not null,
  seconds double precision not null,
  stopped text not null constraint patrol_plan_stopped_known check (stopped in ('optimal', 'gap', 'time')),
  refused jsonb not null default '[]',
  calendars_as_at timestamptz,
  created_at timestamptz not null, created_by text not null,
  agreed_at timestamptz, agreed_by text,
  forecast jsonb constraint patrol_plan_forecast_object check (jsonb_typeof(forecast) = 'object'),
  options jsonb constraint patrol_plan_options_object check (jsonb_typeof(options) = 'object'),
  origin text not null default 'planner',
  constraint patrol_plan_agreed_at_complete check ((agreed_at is null) = (agreed_by is null)),
  constraint patrol_plan_agreed_at_present check (status <> 'agreed' or agreed_at is not null),
  constraint patrol_plan_status_known check (status in ('suggested', 'agreed', 'withdrawn')),
  constraint patrol_plan_origin_known check (origin in ('planner', 'last_week', 'by_hand'))
);
comment on table patrol_plan is 'One suggestion of the planner and what became of it; a suggestion occupies nothing.';
comment on column patrol_plan.revision is
  'Goes up with every change of its windows, so that the number on a printed sheet stops standing.';
comment on column patrol_plan.as_at is 'The London date whose knowledge made it; outside the demonstration only today''s can be agreed.';
comment on column patrol_plan.expected_total is 'Reports expected in the whole command over the plan''s days.';
comment on column patrol_plan.forecast is 'How expected reports were forecast, in words, the ranges of the total and of what the plan reaches, and under "chosen" which forecast an analyst had chosen; null for plans from before it was told.';
comment on column patrol_plan.options is
  'What the suggestion was asked for beside days, units and shifts; null for plans from before there were any.';
comment on column patrol_plan.origin is
  'By hand and copied plans were not compared with others: objective, bound and greedy say nothing of them.';
select rights('patrol_plan', $$
  sergeant, operator: select, insert, update;
  sergeant, operator: delete where status = 'suggested' and created_by = (select acting_person());
  analyst, auditor: select;
  keeper: select, update (revision) $$);
create trigger patrol_plan_announced after insert or update or delete on patrol_plan for each statement execute function announce();

create table patrol_window (
  id bigint generated always as identity constraint patrol_window_id_primary primary key,
  plan_id bigint not null constraint patrol_window_plan_id_fkey references patrol_plan (id) on delete cascade,
  label text not null,
  zone bigint not null constraint patrol_window_zone_resolution check (((zone >> 52) & 15) = 9),
  unit integer not null constraint patrol_window_unit_range check (unit between 1 and 12),
  starts_at timestamptz not null, ends_at timestamptz not null,
  shift_starts_at timestamptz not null, shift_ends_at timestamptz not null,
  status text not null default 'suggested',
  expected double precision not null,
  why_here text not null,
  why_now text not null,
  checked_at timestamptz not null,
  checked_ok boolean not null,
  closed_at timestamptz,
  expected_low double precision, expected_high double precision,
  locked boolean not null default false,
  mode text not null default 'foot' constraint patrol_window_mode_known check (mode in ('foot', 'cycle', 'vehicle')),
  purpose text not null default 'patrol' constraint patrol_window_purpose_known check (purpose in ('patrol', 'watch')),
  dismissed boolean not null default false,
  replaced_by bigint,
  constraint patrol_window_label_unique unique (plan_id, label),
  constraint patrol_window_ends_at_after_start check (ends_at > starts_at),
  constraint patrol_window_shift_holds check (shift_starts_at <= starts_at and ends_at <= shift_ends_at),
  constraint patrol_window_agreed_clear check (status <> 'agreed' or checked_ok),
  constraint patrol_window_closed_at_present
    check ((closed_at is not null) = (status in ('withdrawn', 'unavailable', 'called_off'))),
  constraint patrol_window_expected_range
    check ((expected_low is null) = (expected_high is null) and expected_low <= expected_high),
  constraint patrol_window_dismissed_lost check (not dismissed or status in ('unavailable', 'called_off')),
  constraint patrol_window_replaced_by_lost check (replaced_by is null or status in ('unavailable', 'called_off')),
  constraint patrol_window_status_known
    check (status in ('suggested', 'agreed', 'withdrawn', 'unavailable', 'called_off'))
);
create index patrol_window_starts_at on patrol_window (starts_at);
comment on table patrol_window is
  'One unit in one zone for one to two hours. Police read unavailable and called_off as "no longer available", never why.';
comment on column patrol_window.ends_at is 'A window called off while it ran ends at that moment.';
comment on column patrol_window.expected_low is 'Of ten such windows what is really to be expected lies between low and high in eight.';
comment on column patrol_window.locked is 'A new suggestion of the same person for these days keeps it as it is.';
comment on column patrol_window.purpose is 'watch: in an edge zone under alert, whether or not much is expected there.';
comment on column patrol_window.dismissed is 'A sergeant said that nothing needs to take the place of this lost patrol.';
comment on column patrol_window.replaced_by is
  'The patrol that was added in the place of this lost one; it counts while it stands, and it may be gone.';
-- A window that was withdrawn would show that something had got in its way.
select rights('patrol_window', $$
  sergeant, operator: select, insert, update;
  analyst, auditor: select where status = 'agreed';
  keeper: select, update (ends_at, status, closed_at) $$);
create trigger patrol_window_announced after insert or update or delete on patrol_window
  for each statement execute function announce();

-- A patrol's occupancy is deleted with its window. Added here, because occupancy is created before the windows.
alter table occupancy
  add constraint occupancy_window_id_fkey foreign key (window_id) references patrol_window (id) on delete cascade;

create table patrol_stop (
  window_id bigint not null constraint patrol_stop_window_id_fkey references patrol_window (id) on delete cascade,
  ordinal integer not null,
  cell bigint not null constraint patrol_stop_cell_resolution check (((cell >> 52) & 15) = 10),
  arrives_at timestamptz not null, departs_at timestamptz not null,
  constraint patrol_stop_ordinal_primary primary key (window_id, ordinal),
  constraint patrol_stop_cell_once unique (window_id, cell),
  constraint patrol_stop_departs_at_after_arrival check (departs_at > arrives_at)
);
comment on table patrol_stop is 'The stops of a window in walking order: about 15 minutes each, times approximate.';
select rights('patrol_stop', $$
  sergeant, operator: select, insert, update, delete;
  analyst, auditor: select where exists (select from patrol_window where patrol_window.id = window_id);
  keeper: select $$);

create table patrol_leg (
  window_id bigint not null,
  ordinal integer not null,
  line geometry(LineString, 4326),
  ground geometry(Geometry, 4326),
  cells bigint[] not null constraint patrol_leg_cells_some check (cardinality(cells) >= 1),
  metres double precision not null,
  seconds double precision not null,
  words text not null,
  attribution text,
  constraint patrol_leg_ordinal_primary primary key (window_id, ordinal),
  constraint patrol_leg_stop_fkey
    foreign key (window_id, ordinal) references patrol_stop (window_id, ordinal) on delete cascade,
  constraint patrol_leg_ground_known check ((ground is null) = (line is null)),
  -- A cell that the line enters and that is not among the cells leaves a gap in the ground. To a centimetre.
  constraint patrol_leg_line_on_ground check (line is null or st_covers(st_buffer(ground, 1e-7), line)),
  -- No cell of resolution 10 is larger than 20,000 square metres anywhere: the ground is not more than so many cells can be.
  constraint patrol_leg_ground_no_larger check (
    line is null
    or st_area(ground) * cos(radians(st_y(st_startpoint(line)))) * 111195.0 * 111195.0
      <= 20000.0 * cardinality(cells)
  )
);
comment on table patrol_leg is 'The way from a stop of a window to the next. A window without any was planned without streets: its ways are those of the grid between its stops.';
comment on column patrol_leg.ordinal is 'That of the stop where it begins.';
comment on column patrol_leg.line is 'Along streets; null as the crow flies, where no street leads.';
comment on column patrol_leg.ground is
  'What the cells cover, as they were outlined when the row was written: the database cannot tell an H3 cell from its number.';
comment on column patrol_leg.cells is 'Every cell that it enters, ends included: in occupancy with the window.';
comment on column patrol_leg.attribution is
  'Whom the streets of its line ask to be named, as they were then; null for nobody, and for ways from before this was kept.';
-- No rows for analyst and auditor, who read windows: a route that leads round a place would show that it was closed.
select rights('patrol_leg', $$
  sergeant, operator: select, insert, update, delete;
  analyst, auditor: select where false;
  keeper: select $$);

-- Checked when the transaction ends, whoever wrote and in whatever order: an agreed window with legs must occupy every
-- cell of its legs and stops for its whole time, so that occupancy_no_patrol_in_protected applies to all of them. The
-- keeper owns the function, because whoever approves a plan may not read occupancy.
create function hold_patrol_legs() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  judged bigint;
  person_before text := coalesce(current_setting('boxster.person', true), '');
  broken boolean;
begin
  if tg_table_name = 'patrol_window' then
    judged := new.id;
  elsif tg_op = 'DELETE' then
    judged := old.window_id;
  elsif tg_table_name = 'occupancy' then
    judged := old.window_id;
  else
    judged := new.window_id;
  end if;
  perform set_config('boxster.person', coalesce(nullif(person_before, ''), 'the database'), true);
  select exists (
    select from patrol_window
    where patrol_window.id = judged
      and patrol_window.status = 'agreed'
      and exists (select from patrol_leg where patrol_leg.window_id = judged)
      and (
        (select count(*) from patrol_leg where patrol_leg.window_id = judged)
          <> (select count(*) - 1 from patrol_stop where patrol_stop.window_id = judged)
        or exists (
          select from (
            select unnest(patrol_leg.cells) from patrol_leg where patrol_leg.window_id = judged
            union
            select patrol_stop.cell from patrol_stop where patrol_stop.window_id = judged
          ) as walked (cell)
          where not exists (
            select from occupancy
            where occupancy.window_id = judged
              and occupancy.cell = walked.cell
              and occupancy.active
              and occupancy.during @> tstzrange(patrol_window.starts_at, patrol_window.ends_at, '[)')
          )
        )
      )
  ) into broken;
  perform set_config('boxster.person', person_before, true);
  if broken then
    raise exception 'an agreed patrol holds every cell of its ways for all of its time'
      using errcode = '23514', constraint = 'patrol_leg_held', table = 'patrol_leg';
  end if;
  return null;
end
$$;
revoke execute on function hold_patrol_legs() from public;
create constraint trigger patrol_leg_held after insert or update on patrol_leg
  deferrable initially deferred for each row execute function hold_patrol_legs();
create constraint trigger patrol_leg_held_by_window after insert or update on patrol_window
  deferrable initially deferred for each row when (new.status = 'agreed') execute function hold_patrol_legs();
create constraint trigger patrol_leg_held_in_occupancy after update or delete on occupancy
  deferrable initially deferred for each row when (old.kind = 'patrol') execute function hold_patrol_legs();
-- After the triggers: whoever creates a trigger must be able to execute its function.
grant create on schema public to boxster_keeper;
alter function hold_patrol_legs() owner to boxster_keeper;
revoke create on schema public from boxster_keeper;

create table patrol_change (
  id bigint generated always as identity constraint patrol_change_id_primary primary key,
  plan_id bigint not null constraint patrol_change_plan_id_fkey references patrol_plan (id) on delete cascade,
  act text not null,
  changed_at timestamptz not null, changed_by text not null,
  windows jsonb not null constraint patrol_change_windows_some check (jsonb_typeof(windows) = 'array'),
  constraint patrol_change_act_known check (act in ('add', 'change', 'split', 'remove', 'restore', 'agree', 'take_back'))
);
create index patrol_change_plan on patrol_change (plan_id, id);
comment on table patrol_change is 'What a sergeant did to a plan and how its windows stood before and after. Never what a late session did: that would tell its hour.';
select rights('patrol_change', $$ sergeant, operator: select, insert $$);

-- A late session changes the plan's number once after a sheet has been issued: a new number for each session would give
-- away how many sessions there are.
create table sheet_issue (
  plan_id bigint not null constraint sheet_issue_plan_id_fkey references patrol_plan (id) on delete cascade,
  revision integer not null,
  constraint sheet_issue_plan_revision_primary primary key (plan_id, revision)
);
comment on table sheet_issue is 'Numbers of plans that left on paper or in a file, which cannot be recalled.';
select rights('sheet_issue', $$
  sergeant, operator: select, insert;
  keeper: select $$);

-- What was done ----------------------------------------------------------------------------------------------------

create table patrol_debrief (
  id bigint generated always as identity constraint patrol_debrief_id_primary primary key,
  shift_starts_at timestamptz not null, shift_ends_at timestamptz not null,
  logged_at timestamptz not null, logged_by text not null,
  constraint patrol_debrief_shift_once unique (shift_starts_at, shift_ends_at),
  constraint patrol_debrief_shift_length check (shift_ends_at > shift_starts_at)
);
comment on table patrol_debrief is
  'A shift whose sergeant has said what was done of it; saying it again takes the place of what was said.';
select rights('patrol_debrief', $$
  sergeant: select, insert, delete;
  operator: select $$);

-- A missed stop needs no reason: the sergeant may choose one, and nothing fills it in.
create table patrol_outcome (
  debrief_id bigint not null constraint patrol_outcome_debrief_id_fkey references patrol_debrief (id) on delete cascade,
  window_id bigint not null,
  ordinal integer not null,
  reason text,
  is_done boolean not null,
  constraint patrol_outcome_stop_primary primary key (window_id, ordinal),
  constraint patrol_outcome_stop_fkey
    foreign key (window_id, ordinal) references patrol_stop (window_id, ordinal) on delete cascade,
  constraint patrol_outcome_reason_missed check (reason is null or not is_done),
  constraint patrol_outcome_reason_known
    check (reason in ('emergency', 'short_staffed', 'other_duty', 'weather', 'other'))
);
create index patrol_outcome_debrief on patrol_outcome (debrief_id);
comment on table patrol_outcome is 'Each stop of a debriefed shift: done or not, and why not where somebody said so. Reasons are of a closed list, so that nobody is named.';
select rights('patrol_outcome', $$
  sergeant: select, insert, delete;
  operator: select $$);

-- The time that police spent in a place, as logged; what they found is set against it. A visit from a debrief stands
-- for its planned stop, so limits count only one of the two.
create table patrol_visit (
  id bigint generated always as identity constraint patrol_visit_id_primary primary key,
  cell bigint not null constraint patrol_visit_cell_resolution check (((cell >> 52) & 15) = 10),
  starts_at timestamptz not null, ends_at timestamptz not null,
  unit_count integer not null default 1 constraint patrol_visit_unit_count_range check (unit_count between 1 and 12),
  logged_at timestamptz not null default clock_timestamp(), logged_by text not null,
  debrief_id bigint constraint patrol_visit_debrief_id_fkey references patrol_debrief (id) on delete cascade,
  constraint patrol_visit_ends_at_after_start check (ends_at > starts_at),
  constraint patrol_visit_length_range check (ends_at - starts_at <= interval '12 hours'),
  constraint patrol_visit_cell_once unique (cell, starts_at, ends_at, unit_count)
);
create index patrol_visit_starts_at on patrol_visit (starts_at);
create index patrol_visit_debrief on patrol_visit (debrief_id) where debrief_id is not null;
comment on table patrol_visit is
  'A stay of police in a cell as logged. It leaves the server as minutes by cell and day, never by the hour.';
comment on column patrol_visit.unit_count is 'Units that were there together: the minutes count for each.';
comment on column patrol_visit.debrief_id is 'The debrief that says so; null for what was brought in as a list.';
select rights('patrol_visit', $$
  sergeant, operator: select, insert, delete;
  analyst: select $$);

-- Positions --------------------------------------------------------------------------------------------------------
-- Patrol time recorded by devices: minutes by cell and day, over all devices of an import. No device, track or time of
-- a fix is kept. A day with fewer than three devices, or a cell only passed through, would show one crew's track and is
-- refused here too (ADR 29). Protected time plays no part: a gap would show where it was.
create table position_import (
  id bigint generated always as identity constraint position_import_id_primary primary key,
  imported_at timestamptz not null, imported_by text not null,
  refresh_seconds real not null constraint position_import_refresh_seconds_range check (refresh_seconds between 1 and 120),
  file_hashes text[] not null,
  constraint position_import_file_hashes_some check (cardinality(file_hashes) between 1 and 500)
);
comment on table position_import is 'Files of positions that came in together. Neither their names nor any device of theirs is kept.';
comment on column position_import.refresh_seconds is 'Seconds from one fix of a device to the next, as given or the median.';
comment on column position_import.file_hashes is 'SHA-256 of each file in hexadecimal, so that none counts twice.';
select rights('position_import', $$
  operator: select, insert, delete;
  system: select, delete $$);

create table position_day (
  import_id bigint not null constraint position_day_import_id_fkey references position_import (id) on delete cascade,
  day date not null,
  device_count integer not null constraint position_day_device_count_least check (device_count >= 3),
  minutes real not null,
  low real not null, high real not null,
  constraint position_day_import_id_primary primary key (import_id, day),
  constraint position_day_low_to_high check (low >= 0 and low <= minutes and minutes <= high)
);
create index position_day_day on position_day (day);
comment on table position_day is 'A London day that was recorded, with all device minutes in the area and their 95% band.';
comment on column position_day.device_count is 'Devices recorded for half an hour or more.';
select rights('position_day', $$
  sergeant, analyst: select;
  operator: select, insert, delete;
  system: select, delete $$);

create table position_dose (
  import_id bigint not null,
  day date not null,
  cell bigint not null constraint position_dose_cell_resolution check (((cell >> 52) & 15) = 10),
  minutes real not null constraint position_dose_minutes_least check (minutes >= 3),
  low real not null, high real not null,
  visit_count integer not null constraint position_dose_visit_count_not_negative check (visit_count >= 0),
  constraint position_dose_cell_primary primary key (import_id, day, cell),
  constraint position_dose_day_fkey
    foreign key (import_id, day) references position_day (import_id, day) on delete cascade,
  constraint position_dose_low_to_high check (low >= 0 and low <= minutes and minutes <= high)
);
create index position_dose_day on position_dose (day, cell);
comment on table position_dose is 'Device minutes in a cell on a London day, with their 95% band. Never by the hour.';
select rights('position_dose', $$
  sergeant, analyst: select;
  operator: select, insert, delete;
  system: select, delete $$);

-- Staffing ---------------------------------------------------------------------------------------------------------
-- Who is on duty. A unit is a number; officers' names never leave the sergeant's browser.
create table staffing_duty (
  duty_date date not null,
  unit integer not null constraint staffing_duty_unit_range check (unit between 1 and 12),
  hours text not null,
  mode text not null constraint staffing_duty_mode_known check (mode in ('foot', 'cycle', 'vehicle')),
  constraint staffing_duty_hours_primary primary key (duty_date, unit, hours),
  constraint staffing_duty_hours_written check (hours ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$')
);
comment on table staffing_duty is 'When a unit is available and how it moves; a date without any row is not staffed yet.';
comment on column staffing_duty.hours is 'London wall clock, "14:00-22:00"; an end at or before the start lies on the next day.';
create table staffing_task (
  id bigint generated always as identity constraint staffing_task_id_primary primary key,
  task_date date not null,
  unit integer constraint staffing_task_unit_range check (unit between 1 and 12),
  hours text not null,
  kind text not null,
  constraint staffing_task_hours_written check (hours ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$'),
  constraint staffing_task_kind_known check (kind in ('match_day', 'court', 'event', 'training', 'other', 'interview'))
);
create index staffing_task_task_date on staffing_task (task_date);
comment on table staffing_task is
  'What takes a unit from patrol for some hours; without a unit it takes any one. It says no more than the kind.';
create table staffing_core (
  from_date date not null constraint staffing_core_from_date_primary primary key,
  hours text not null,
  constraint staffing_core_hours_written check (hours ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$')
);
comment on table staffing_core is
  'The hours of every evening that are kept for patrol, from a date on: interviews are offered outside them.';
select rights(name, $$ sergeant, operator: select, insert, delete $$)
from unnest(array['staffing_duty', 'staffing_task', 'staffing_core']) as same (name);

-- Comparison days --------------------------------------------------------------------------------------------------
-- Places and days deliberately left without a patrol, to compare patrolled ones with. Analyst and auditor see them once
-- the whole week is over. Before that the seed would give away the days to come, and so would past days: a draw is
-- balanced, so Monday to Saturday give away Sunday.
create table control_draw (
  week date not null constraint control_draw_week_primary primary key,
  days_per_place integer not null constraint control_draw_days_per_place_range check (days_per_place between 1 and 2),
  place_count integer not null constraint control_draw_place_count_positive check (place_count >= 1),
  seed bigint not null,
  drawn_at timestamptz not null, drawn_by text not null,
  constraint control_draw_week_monday check (extract(isodow from week) = 1)
);
comment on table control_draw is 'One draw a week and never a second: days that are drawn until they suit are no comparison.';
select rights('control_draw', $$
  sergeant: select (week, days_per_place, place_count);
  analyst, auditor: select (week, days_per_place, place_count, seed, drawn_at)
    where week + 7 <= (now() at time zone 'Europe/London')::date;
  keeper: select, insert $$);

create table control_day (
  zone bigint not null constraint control_day_zone_resolution check (((zone >> 52) & 15) = 9),
  day date not null,
  week date not null constraint control_day_week_fkey references control_draw (week) on delete cascade,
  constraint control_day_zone_primary primary key (zone, day),
  constraint control_day_week_holds check (day >= week and day < week + 7)
);
create index control_day_day on control_day (day);
comment on table control_day is
  'A place that has no patrol on a day, for comparison. Police see it as keep clear and cannot tell it from the rest.';
select rights('control_day', $$
  analyst, auditor: select where week + 7 <= (now() at time zone 'Europe/London')::date;
  keeper: select, insert $$);
