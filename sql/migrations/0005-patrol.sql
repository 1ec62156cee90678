-- Plans: suggested, agreed and withdrawn. What closes a place to police is in 0004 (occupancy).

create table patrol_plan (
  id bigint generated always as identity,
  revision integer not null default 1,
  status text not null default 'suggested',
  starts_on date not null,
  day_count integer not null,
  unit_count integer not null,
  shifts text[] not null,
  seed bigint not null,
  as_at date not null,
  expected_total double precision not null,
  objective double precision not null,
  bound double precision not null,
  gap double precision not null,
  greedy double precision not null,
  seconds double precision not null,
  stopped text not null,
  refused jsonb not null default '[]',
  calendars_as_at timestamptz null,
  created_at timestamptz not null,
  created_by text not null,
  agreed_at timestamptz null,
  agreed_by text null,
  constraint patrol_plan_id_primary primary key (id),
  constraint patrol_plan_revision_positive check (revision >= 1),
  constraint patrol_plan_status_known check (status in ('suggested', 'agreed', 'withdrawn')),
  constraint patrol_plan_day_count_range check (day_count between 1 and 28),
  constraint patrol_plan_unit_count_range check (unit_count between 1 and 12),
  constraint patrol_plan_shifts_some check (cardinality(shifts) >= 1),
  constraint patrol_plan_stopped_known check (stopped in ('optimal', 'gap', 'time')),
  constraint patrol_plan_agreed_at_complete check ((agreed_at is null) = (agreed_by is null)),
  constraint patrol_plan_agreed_at_present check (status <> 'agreed' or agreed_at is not null)
);
comment on table patrol_plan is
  'One suggestion of the planner and what became of it; a suggestion occupies nothing.';
comment on column patrol_plan.revision is
  'Goes up with every change of its windows, so that the number on a printed sheet stops standing.';
comment on column patrol_plan.as_at is
  'The London date whose knowledge made it; outside the demonstration only today''s can be agreed.';
comment on column patrol_plan.expected_total is
  'Reports expected in the whole command over the plan''s days.';

create table patrol_window (
  id bigint generated always as identity,
  plan_id bigint not null,
  label text not null,
  zone bigint not null,
  unit integer not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  shift_starts_at timestamptz not null,
  shift_ends_at timestamptz not null,
  status text not null default 'suggested',
  expected double precision not null,
  why_here text not null,
  why_now text not null,
  checked_at timestamptz not null,
  checked_ok boolean not null,
  closed_at timestamptz null,
  constraint patrol_window_id_primary primary key (id),
  constraint patrol_window_plan_id_fkey foreign key (plan_id)
    references patrol_plan (id) on delete cascade,
  constraint patrol_window_label_unique unique (plan_id, label),
  constraint patrol_window_zone_resolution check (((zone >> 52) & 15) = 9),
  constraint patrol_window_unit_range check (unit between 1 and 12),
  constraint patrol_window_ends_at_after_start check (ends_at > starts_at),
  constraint patrol_window_shift_holds
    check (shift_starts_at <= starts_at and ends_at <= shift_ends_at),
  constraint patrol_window_status_known
    check (status in ('suggested', 'agreed', 'withdrawn', 'unavailable', 'called_off')),
  constraint patrol_window_agreed_clear check (status <> 'agreed' or checked_ok),
  constraint patrol_window_closed_at_present
    check ((closed_at is not null) = (status in ('withdrawn', 'unavailable', 'called_off')))
);
create index patrol_window_starts_at on patrol_window (starts_at);
comment on table patrol_window is
  'One unit in one zone for one to two hours. Police read unavailable and called_off as "no longer available", never why.';
comment on column patrol_window.ends_at is
  'A window called off while it ran ends at that moment.';

create table patrol_stop (
  window_id bigint not null,
  ordinal integer not null,
  cell bigint not null,
  arrives_at timestamptz not null,
  departs_at timestamptz not null,
  constraint patrol_stop_ordinal_primary primary key (window_id, ordinal),
  constraint patrol_stop_window_id_fkey foreign key (window_id)
    references patrol_window (id) on delete cascade,
  constraint patrol_stop_cell_once unique (window_id, cell),
  constraint patrol_stop_cell_resolution check (((cell >> 52) & 15) = 10),
  constraint patrol_stop_departs_at_after_arrival check (departs_at > arrives_at)
);
comment on table patrol_stop is
  'The stops of a window in walking order: about 15 minutes each, times approximate.';

-- A patrol occupies for as long as its window is there.
alter table occupancy
  add constraint occupancy_window_id_fkey foreign key (window_id)
    references patrol_window (id) on delete cascade;
