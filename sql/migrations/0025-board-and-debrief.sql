-- The sergeant's board: where a plan came from and what was done to it; and after a shift what was done of it.

alter table patrol_plan add column origin text not null default 'planner';
alter table patrol_plan add constraint patrol_plan_origin_known
  check (origin in ('planner', 'last_week', 'by_hand'));
comment on column patrol_plan.origin is
  'By hand and copied plans were not compared with others: objective, bound and greedy say nothing of them.';

create table patrol_change (
  id bigint generated always as identity,
  plan_id bigint not null,
  act text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  windows jsonb not null,
  constraint patrol_change_id_primary primary key (id),
  constraint patrol_change_plan_id_fkey foreign key (plan_id)
    references patrol_plan (id) on delete cascade,
  constraint patrol_change_act_known check (
    act in ('add', 'change', 'split', 'remove', 'restore', 'agree', 'take_back')
  ),
  constraint patrol_change_windows_some check (jsonb_typeof(windows) = 'array')
);
create index patrol_change_plan on patrol_change (plan_id, id);
comment on table patrol_change is
  'What a sergeant did to a plan and how its windows stood before and after. Never what a late session did: that would tell its hour.';

select fence('patrol_change');
select allow('patrol_change', verb, '{sergeant,operator}')
from unnest(array['select', 'insert']) as verbs (verb);

create table patrol_debrief (
  id bigint generated always as identity,
  shift_starts_at timestamptz not null,
  shift_ends_at timestamptz not null,
  logged_at timestamptz not null,
  logged_by text not null,
  constraint patrol_debrief_id_primary primary key (id),
  constraint patrol_debrief_shift_once unique (shift_starts_at, shift_ends_at),
  constraint patrol_debrief_shift_length check (shift_ends_at > shift_starts_at)
);
comment on table patrol_debrief is
  'A shift whose sergeant has said what was done of it; saying it again takes the place of what was said.';

create table patrol_outcome (
  debrief_id bigint not null,
  window_id bigint not null,
  ordinal integer not null,
  reason text null,
  constraint patrol_outcome_stop_primary primary key (window_id, ordinal),
  constraint patrol_outcome_debrief_id_fkey foreign key (debrief_id)
    references patrol_debrief (id) on delete cascade,
  constraint patrol_outcome_stop_fkey foreign key (window_id, ordinal)
    references patrol_stop (window_id, ordinal) on delete cascade,
  constraint patrol_outcome_reason_known
    check (reason in ('emergency', 'short_staffed', 'other_duty', 'weather', 'other'))
);
create index patrol_outcome_debrief on patrol_outcome (debrief_id);
comment on table patrol_outcome is
  'Each stop of a debriefed shift: done where there is no reason. Reasons are of a closed list, so that nobody is named.';

-- A visit that a debrief brought stands for the stop that was planned: caps count one of the two.
alter table patrol_visit add column debrief_id bigint null;
alter table patrol_visit add constraint patrol_visit_debrief_id_fkey foreign key (debrief_id)
  references patrol_debrief (id) on delete cascade;
create index patrol_visit_debrief on patrol_visit (debrief_id) where debrief_id is not null;
comment on column patrol_visit.debrief_id is
  'The debrief that says so; null for what was brought in as a list.';

select fence(name) from unnest(array['patrol_debrief', 'patrol_outcome']) as written (name);
select allow(name, verb, '{sergeant}')
from unnest(array['patrol_debrief', 'patrol_outcome']) as written (name),
  unnest(array['select', 'insert', 'delete']) as verbs (verb);
select allow(name, 'select', '{operator}')
from unnest(array['patrol_debrief', 'patrol_outcome']) as written (name);
