-- Who is on duty, as numbers: a unit is a number, its officers' names never leave the sergeant's browser.
-- What else takes units (fixed tasks, interviews), the hours that interviews keep out of, and the places
-- and days that are left without a patrol on purpose, so that patrolled ones have something to be compared with.

create table staffing_duty (
  duty_date date not null,
  unit integer not null,
  hours text not null,
  mode text not null,
  constraint staffing_duty_hours_primary primary key (duty_date, unit, hours),
  constraint staffing_duty_unit_range check (unit between 1 and 12),
  constraint staffing_duty_hours_written
    check (hours ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$'),
  constraint staffing_duty_mode_known check (mode in ('foot', 'cycle', 'vehicle'))
);
comment on table staffing_duty is
  'When a unit is available and how it moves; a date without any row is not staffed yet.';
comment on column staffing_duty.hours is
  'London wall clock, "14:00-22:00"; an end at or before the start lies on the next day.';

create table staffing_task (
  id bigint generated always as identity,
  task_date date not null,
  unit integer null,
  hours text not null,
  kind text not null,
  constraint staffing_task_id_primary primary key (id),
  constraint staffing_task_unit_range check (unit between 1 and 12),
  constraint staffing_task_hours_written
    check (hours ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$'),
  constraint staffing_task_kind_known
    check (kind in ('match_day', 'court', 'event', 'training', 'other', 'interview'))
);
create index staffing_task_task_date on staffing_task (task_date);
comment on table staffing_task is
  'What takes a unit from patrol for some hours; without a unit it takes any one. It says no more than the kind.';

create table staffing_core (
  from_date date not null,
  hours text not null,
  constraint staffing_core_from_date_primary primary key (from_date),
  constraint staffing_core_hours_written
    check (hours ~ '^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$')
);
comment on table staffing_core is
  'The hours of every evening that are kept for patrol, from a date on: interviews are offered outside them.';

create table control_draw (
  week date not null,
  days_per_place integer not null,
  place_count integer not null,
  seed bigint not null,
  drawn_at timestamptz not null,
  drawn_by text not null,
  constraint control_draw_week_primary primary key (week),
  constraint control_draw_week_monday check (extract(isodow from week) = 1),
  constraint control_draw_days_per_place_range check (days_per_place between 1 and 2),
  constraint control_draw_place_count_positive check (place_count >= 1)
);
comment on table control_draw is
  'One draw a week and never a second: days that are drawn until they suit are no comparison.';

create table control_day (
  zone bigint not null,
  day date not null,
  week date not null,
  constraint control_day_zone_primary primary key (zone, day),
  constraint control_day_week_fkey foreign key (week) references control_draw (week) on delete cascade,
  constraint control_day_week_holds check (day >= week and day < week + 7),
  constraint control_day_zone_resolution check (((zone >> 52) & 15) = 9)
);
create index control_day_day on control_day (day);
comment on table control_day is
  'A place that has no patrol on a day, for comparison. Police see it as keep clear and cannot tell it from the rest.';

alter table patrol_window add column locked boolean not null default false;
comment on column patrol_window.locked is
  'A new suggestion of the same person for these days keeps it as it is.';
alter table patrol_window add column mode text not null default 'foot';
alter table patrol_window add constraint patrol_window_mode_known
  check (mode in ('foot', 'cycle', 'vehicle'));
alter table patrol_window add column purpose text not null default 'patrol';
alter table patrol_window add constraint patrol_window_purpose_known
  check (purpose in ('patrol', 'watch'));
comment on column patrol_window.purpose is
  'watch: in an edge zone under alert, whether or not much is expected there.';

alter table patrol_plan add column options jsonb null;
alter table patrol_plan add constraint patrol_plan_options_object
  check (jsonb_typeof(options) = 'object');
comment on column patrol_plan.options is
  'What the suggestion was asked for beside days, units and shifts; null for plans from before there were any.';

select fence(name) from unnest(array[
  'staffing_duty', 'staffing_task', 'staffing_core', 'control_draw', 'control_day'
]) as every_table (name);

select allow(name, verb, '{sergeant,operator}')
from unnest(array['staffing_duty', 'staffing_task', 'staffing_core']) as staffing (name),
  unnest(array['select', 'insert', 'delete']) as verbs (verb);

-- The seed would give the days away.
select allow('control_draw', 'select', '{sergeant}', 'true', 'week, days_per_place, place_count');
select allow('control_draw', verb, '{keeper}') from unnest(array['select', 'insert']) as verbs (verb);
select allow('control_day', verb, '{keeper}') from unnest(array['select', 'insert']) as verbs (verb);
