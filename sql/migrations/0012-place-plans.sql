-- Place plans (SARA: scanning, analysis, response, assessment), actions, and the monthly meeting with partners. They
-- are about places, never persons: core/text/free-words.ts checks every word first.

create table place_plan (
  id integer generated always as identity constraint place_plan_id_primary primary key,
  name text not null constraint place_plan_name_unique unique,
  revision integer not null constraint place_plan_revision_positive check (revision >= 1),
  state text not null constraint place_plan_state_known check (state in ('open', 'in_review', 'closed')),
  result text not null,
  area_by text not null constraint place_plan_area_by_known check (area_by in ('named', 'picked', 'point')),
  area_name text constraint place_plan_area_name_length check (length(area_name) between 1 and 120),
  cells bigint[] not null constraint place_plan_cells_some check (cardinality(cells) between 1 and 400),
  scanning text not null,
  analysis text not null,
  response_partners text not null,
  response_place text not null,
  response_diversion text not null,
  response_enforcement text not null,
  stop_rule text not null,
  review_on date not null,
  is_for_meeting boolean not null,
  assessed_operation text,
  assessed_revision integer,
  assessed_as_at date,
  assessed_sentence text,
  created_at timestamptz not null, created_by text not null,
  changed_at timestamptz not null, changed_by text not null,
  constraint place_plan_result_told check (state <> 'closed' or result <> ''),
  constraint place_plan_words_length check (
    greatest(
      length(result), length(scanning), length(analysis), length(response_partners),
      length(response_place), length(response_diversion), length(response_enforcement),
      length(stop_rule)
    ) <= 1000
  ),
  constraint place_plan_assessed_whole
    check (num_nulls(assessed_operation, assessed_revision, assessed_as_at, assessed_sentence) in (0, 4)),
  constraint place_plan_name_form check (name = btrim(name) and length(name) between 1 and 80 and name !~ '[[:cntrl:]]'),
  constraint place_plan_name_plain check (name = plain_name(name))
);
comment on table place_plan is 'What is done about one place, by scanning, analysis, response and assessment. No person, and nothing reckoned from what is protected or patrolled.';
comment on column place_plan.revision is 'Goes up by one with every change: whoever changes names the one that was read.';
comment on column place_plan.is_for_meeting is 'Whether partners at the meeting may read its place, response and dates.';
comment on column place_plan.assessed_sentence is
  'What Displacement said of the operation as at that date; it does not move when records do.';

-- Before the rights on place_plan, which use it.
create table place_plan_share (
  plan_id integer not null constraint place_plan_share_plan_id_fkey references place_plan (id),
  partner_id bigint not null constraint place_plan_share_partner_id_fkey references partner (id) on delete cascade,
  shared_at timestamptz not null,
  constraint place_plan_share_partner_id_primary primary key (plan_id, partner_id)
);
create index place_plan_share_partner_id on place_plan_share (partner_id);
comment on table place_plan_share is 'Which partner may read the place and the response of which plan. The coordinator''s: police do not learn which partners there are.';
-- Coordinator and partners read no events, cells or figures: only the place, the response and the dates.
select rights('place_plan', $$
  sergeant, analyst, operator: select, insert, update;
  partner: select (id, name, state, response_partners, response_place, response_diversion, response_enforcement,
    review_on)
    where exists (select from place_plan_share where place_plan_share.plan_id = id);
  coordinator, auditor: select (id, name, revision, state, result, response_partners, response_place, response_diversion,
    response_enforcement, stop_rule, review_on, is_for_meeting, created_at, changed_at, changed_by) $$);
create trigger place_plan_announced after insert or update on place_plan for each statement execute function announce();

-- A partner sees its own shares only. Police do not see which partners there are.
select rights('place_plan_share', $$
  partner: select where partner_id = (select own_partner());
  coordinator: select, insert, delete;
  auditor: select;
  keeper: select, delete $$);
create trigger place_plan_share_announced after insert or delete on place_plan_share for each statement execute function announce();

create table place_plan_revision (
  plan_id integer not null constraint place_plan_revision_plan_id_fkey references place_plan (id),
  revision integer not null,
  act text not null constraint place_plan_revision_act_known check (act in ('added', 'changed', 'assessed')),
  changed_at timestamptz not null, changed_by text not null,
  content jsonb not null constraint place_plan_revision_content_object check (jsonb_typeof(content) = 'object'),
  constraint place_plan_revision_revision_primary primary key (plan_id, revision)
);
comment on table place_plan_revision is
  'Every state that a place plan had, with who made it so and when. Rows are added and never changed.';
select rights('place_plan_revision', $$
  sergeant, analyst, operator: select, insert;
  coordinator, auditor: select (plan_id, revision, act, changed_at, changed_by) $$);

create table place_plan_figure (
  id integer generated always as identity constraint place_plan_figure_id_primary primary key,
  plan_id integer not null constraint place_plan_figure_plan_id_fkey references place_plan (id),
  pinned_at timestamptz not null, pinned_by text not null,
  as_at date not null,
  content jsonb not null,
  removed_at timestamptz,
  constraint place_plan_figure_content_object
    check (jsonb_typeof(content) = 'object' and octet_length(content::text) <= 65536)
);
create index place_plan_figure_plan_id on place_plan_figure (plan_id, id);
comment on table place_plan_figure is 'Figures of Hotspots as they were when somebody pinned them, with how they were counted and tested. They do not move when records change.';
select rights('place_plan_figure', $$
  sergeant, analyst: select, insert, update (removed_at);
  operator: select, insert $$);
create trigger place_plan_figure_announced after insert or update on place_plan_figure
  for each statement execute function announce();

-- A partner's comments are for the coordinator until they are passed on. Before that police do not even hear that there
-- is one.
create table place_plan_comment (
  id bigint generated always as identity constraint place_plan_comment_id_primary primary key,
  key uuid not null default gen_random_uuid() constraint place_plan_comment_key_unique unique,
  plan_id integer not null constraint place_plan_comment_plan_id_fkey references place_plan (id),
  partner_id bigint not null constraint place_plan_comment_partner_id_fkey references partner (id) on delete cascade,
  words text not null constraint place_plan_comment_words_length check (length(words) between 1 and 500),
  said_at timestamptz not null,
  passed_on date
);
create index place_plan_comment_plan_id on place_plan_comment (plan_id, id);
create index place_plan_comment_partner_id on place_plan_comment (partner_id);
comment on table place_plan_comment is 'What a partner says about a plan that is shared with it, to the coordinator. Police read the words alone, once they are passed on.';
select rights('place_plan_comment', $$
  sergeant, analyst, operator: select (key, plan_id, words, passed_on) where passed_on is not null;
  partner: select where partner_id = (select own_partner());
  partner: insert
    where partner_id = (select own_partner())
      and exists (select from place_plan_share where place_plan_share.plan_id = place_plan_comment.plan_id)
      and passed_on is null;
  coordinator: select, update (passed_on);
  auditor: select (id, key, plan_id, partner_id, said_at, passed_on);
  keeper: select (partner_id, said_at), delete $$);
create function announce_place_plan() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster', 'place_plan');
  return null;
end
$$;
comment on function announce_place_plan() is 'Says that what police read of place plans has changed.';
create trigger place_plan_comment_announced after insert or update or delete on place_plan_comment
  for each statement execute function announce();
create trigger place_plan_comment_passed_on after update of passed_on on place_plan_comment
  for each statement execute function announce_place_plan();

create table meeting_series (
  id integer generated always as identity constraint meeting_series_id_primary primary key,
  revision integer not null constraint meeting_series_revision_unique unique,
  week smallint not null constraint meeting_series_week_known check (week in (1, 2, 3, 4, -1)),
  weekday smallint not null constraint meeting_series_weekday_known check (weekday between 0 and 6),
  first_on date not null,
  starts_at text not null constraint meeting_series_starts_at_form check (starts_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  minutes integer not null constraint meeting_series_minutes_some check (minutes between 15 and 480),
  changed_at timestamptz not null, changed_by text not null,
  constraint meeting_series_revision_positive check (revision >= 1)
);
comment on table meeting_series is 'When the partners meet each month, in London time; every state that the series had, the newest revision is the one that holds.';
comment on column meeting_series.week is 'First to fourth such day of the month, or -1 for the last.';
comment on column meeting_series.weekday is '0 is Monday.';
select rights('meeting_series', $$
  sergeant, analyst, coordinator, operator: select, insert;
  auditor: select $$);
create trigger meeting_series_announced after insert on meeting_series for each statement execute function announce();

create table meeting_pack (
  id integer generated always as identity constraint meeting_pack_id_primary primary key,
  number integer not null constraint meeting_pack_number_unique unique,
  meeting_on date not null,
  as_at date not null,
  issued_at timestamptz not null, issued_by text not null,
  content jsonb not null constraint meeting_pack_content_object check (jsonb_typeof(content) = 'object'),
  constraint meeting_pack_number_positive check (number >= 1)
);
comment on table meeting_pack is
  'What was laid before the partners, as it was: frozen when it is issued. What has changed is told from the pack before.';
select rights('meeting_pack', $$
  sergeant, analyst, coordinator, operator: select, insert;
  auditor: select $$);
create trigger meeting_pack_announced after insert on meeting_pack for each statement execute function announce();

create table place_action (
  id integer generated always as identity constraint place_action_id_primary primary key,
  plan_id integer constraint place_action_plan_id_fkey references place_plan (id),
  pack_id integer constraint place_action_pack_id_fkey references meeting_pack (id),
  words text not null constraint place_action_words_length check (length(words) between 1 and 300),
  owner text not null,
  due_on date not null,
  state text not null constraint place_action_state_known check (state in ('open', 'done', 'dropped')),
  closed_on date,
  revision integer not null constraint place_action_revision_positive check (revision >= 1),
  created_at timestamptz not null, created_by text not null,
  changed_at timestamptz not null, changed_by text not null,
  constraint place_action_closed_on_told check ((state = 'open') = (closed_on is null)),
  constraint place_action_owner_known check (owner in (
    'outreach', 'coordinator', 'neighbourhood_policing', 'council_lighting', 'council_housing',
    'council_cleansing', 'council_licensing', 'council_community_safety', 'highways', 'transport', 'health'
  ))
);
create index place_action_plan_id on place_action (plan_id);
create index place_action_pack_id on place_action (pack_id);
comment on table place_action is 'What is to be done about a place, by which office and by when. An office, never a person.';
comment on column place_action.pack_id is 'The meeting that decided it; null for any other.';
-- The coordinator manages actions. Police propose some, and update only their own.
select rights('place_action', $$
  sergeant, analyst: select, insert;
  sergeant, analyst: update where owner = 'neighbourhood_policing';
  coordinator, operator: select, insert, update;
  auditor: select $$);
create trigger place_action_announced after insert or update on place_action for each statement execute function announce();
