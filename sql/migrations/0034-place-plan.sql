-- Place plans (SARA: scanning, analysis, response, assessment), what is to be done about places, and the monthly
-- meeting with partners. They speak of places, never of persons: core/text/free-words.ts reads every word first.

create table place_plan (
  id integer generated always as identity,
  name text not null,
  revision integer not null,
  state text not null,
  result text not null,
  area_by text not null,
  area_name text,
  cells bigint[] not null,
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
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint place_plan_id_primary primary key (id),
  constraint place_plan_name_unique unique (name),
  constraint place_plan_name_form check (
    name = btrim(name) and length(name) between 1 and 80 and name !~ '[[:cntrl:]]'
  ),
  constraint place_plan_revision_positive check (revision >= 1),
  constraint place_plan_state_known check (state in ('open', 'in_review', 'closed')),
  constraint place_plan_result_told check (state <> 'closed' or result <> ''),
  constraint place_plan_area_by_known check (area_by in ('named', 'picked', 'point')),
  constraint place_plan_area_name_length check (length(area_name) between 1 and 120),
  constraint place_plan_cells_some check (cardinality(cells) between 1 and 400),
  constraint place_plan_words_length check (
    greatest(
      length(result), length(scanning), length(analysis), length(response_partners),
      length(response_place), length(response_diversion), length(response_enforcement),
      length(stop_rule)
    ) <= 1000
  ),
  constraint place_plan_assessed_whole check (
    num_nulls(assessed_operation, assessed_revision, assessed_as_at, assessed_sentence) in (0, 4)
  )
);
comment on table place_plan is
  'What is done about one place, by scanning, analysis, response and assessment. No person, and nothing reckoned from what is protected or patrolled.';
comment on column place_plan.revision is 'Goes up by one with every change: whoever changes names the one that was read.';
comment on column place_plan.is_for_meeting is 'Whether partners at the meeting may read its place, response and dates.';
comment on column place_plan.assessed_sentence is 'What Displacement said of the operation as at that date; it does not move when records do.';

create table place_plan_revision (
  plan_id integer not null,
  revision integer not null,
  act text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  content jsonb not null,
  constraint place_plan_revision_revision_primary primary key (plan_id, revision),
  constraint place_plan_revision_plan_id_fkey foreign key (plan_id) references place_plan (id),
  constraint place_plan_revision_act_known check (act in ('added', 'changed', 'assessed')),
  constraint place_plan_revision_content_object check (jsonb_typeof(content) = 'object')
);
comment on table place_plan_revision is 'Every state that a place plan had, with who made it so and when. Rows are added and never changed.';

create table place_plan_figure (
  id integer generated always as identity,
  plan_id integer not null,
  pinned_at timestamptz not null,
  pinned_by text not null,
  as_at date not null,
  content jsonb not null,
  removed_at timestamptz,
  constraint place_plan_figure_id_primary primary key (id),
  constraint place_plan_figure_plan_id_fkey foreign key (plan_id) references place_plan (id),
  constraint place_plan_figure_content_object check (
    jsonb_typeof(content) = 'object' and octet_length(content::text) <= 65536
  )
);
create index place_plan_figure_plan_id on place_plan_figure (plan_id, id);
comment on table place_plan_figure is
  'Figures of Hotspots as they were when somebody pinned them, with how they were counted and tested. They do not move when records change.';

create table place_plan_share (
  plan_id integer not null,
  partner_id bigint not null,
  shared_at timestamptz not null,
  constraint place_plan_share_partner_id_primary primary key (plan_id, partner_id),
  constraint place_plan_share_plan_id_fkey foreign key (plan_id) references place_plan (id),
  constraint place_plan_share_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade
);
create index place_plan_share_partner_id on place_plan_share (partner_id);
comment on table place_plan_share is 'Which partner may read the place and the response of which plan. The coordinator''s: police do not learn which partners there are.';

create table place_plan_comment (
  id bigint generated always as identity,
  key uuid not null default gen_random_uuid(),
  plan_id integer not null,
  partner_id bigint not null,
  words text not null,
  said_at timestamptz not null,
  passed_on date,
  constraint place_plan_comment_id_primary primary key (id),
  constraint place_plan_comment_key_unique unique (key),
  constraint place_plan_comment_plan_id_fkey foreign key (plan_id) references place_plan (id),
  constraint place_plan_comment_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade,
  constraint place_plan_comment_words_length check (length(words) between 1 and 500)
);
create index place_plan_comment_plan_id on place_plan_comment (plan_id, id);
create index place_plan_comment_partner_id on place_plan_comment (partner_id);
comment on table place_plan_comment is
  'What a partner says about a plan that is shared with it, to the coordinator. Police read the words alone, once they are passed on.';

create table meeting_series (
  id integer generated always as identity,
  revision integer not null,
  week smallint not null,
  weekday smallint not null,
  first_on date not null,
  starts_at text not null,
  minutes integer not null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint meeting_series_id_primary primary key (id),
  constraint meeting_series_revision_unique unique (revision),
  constraint meeting_series_revision_positive check (revision >= 1),
  constraint meeting_series_week_known check (week in (1, 2, 3, 4, -1)),
  constraint meeting_series_weekday_known check (weekday between 0 and 6),
  constraint meeting_series_starts_at_form check (starts_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  constraint meeting_series_minutes_some check (minutes between 15 and 480)
);
comment on table meeting_series is
  'When the partners meet each month, in London time; every state that the series had, the newest revision is the one that holds.';
comment on column meeting_series.week is 'First to fourth such day of the month, or -1 for the last.';
comment on column meeting_series.weekday is '0 is Monday.';

create table meeting_pack (
  id integer generated always as identity,
  number integer not null,
  meeting_on date not null,
  as_at date not null,
  issued_at timestamptz not null,
  issued_by text not null,
  content jsonb not null,
  constraint meeting_pack_id_primary primary key (id),
  constraint meeting_pack_number_unique unique (number),
  constraint meeting_pack_number_positive check (number >= 1),
  constraint meeting_pack_content_object check (jsonb_typeof(content) = 'object')
);
comment on table meeting_pack is
  'What was laid before the partners, as it was: frozen when it is issued. What has changed is told from the pack before.';

create table place_action (
  id integer generated always as identity,
  plan_id integer,
  pack_id integer,
  words text not null,
  owner text not null,
  due_on date not null,
  state text not null,
  closed_on date,
  revision integer not null,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint place_action_id_primary primary key (id),
  constraint place_action_plan_id_fkey foreign key (plan_id) references place_plan (id),
  constraint place_action_pack_id_fkey foreign key (pack_id) references meeting_pack (id),
  constraint place_action_words_length check (length(words) between 1 and 300),
  constraint place_action_owner_known check (owner in (
    'outreach', 'coordinator', 'neighbourhood_policing', 'council_lighting', 'council_housing',
    'council_cleansing', 'council_licensing', 'council_community_safety', 'highways', 'transport', 'health'
  )),
  constraint place_action_state_known check (state in ('open', 'done', 'dropped')),
  constraint place_action_closed_on_told check ((state = 'open') = (closed_on is null)),
  constraint place_action_revision_positive check (revision >= 1)
);
create index place_action_plan_id on place_action (plan_id);
create index place_action_pack_id on place_action (pack_id);
comment on table place_action is 'What is to be done about a place, by which office and by when. An office, never a person.';
comment on column place_action.pack_id is 'The meeting that decided it; null for any other.';

select fence(name) from unnest(array[
  'place_plan', 'place_plan_revision', 'place_plan_figure', 'place_plan_share', 'place_plan_comment',
  'meeting_series', 'meeting_pack', 'place_action'
]) as made (name);

select allow('place_plan', verb, '{sergeant,analyst,operator}')
from unnest(array['select', 'insert', 'update']) as verbs (verb);
-- No event, no cell and no figure: the place, what is done there, and until when.
select allow('place_plan', 'select', '{coordinator,auditor}', 'true',
  'id, name, revision, state, result, response_partners, response_place, response_diversion, response_enforcement, stop_rule, review_on, is_for_meeting, created_at, changed_at, changed_by');
select allow('place_plan', 'select', '{partner}',
  'exists (select from place_plan_share where place_plan_share.plan_id = id)',
  'id, name, state, response_partners, response_place, response_diversion, response_enforcement, review_on');

select allow('place_plan_revision', verb, '{sergeant,analyst,operator}')
from unnest(array['select', 'insert']) as verbs (verb);
select allow('place_plan_revision', 'select', '{coordinator,auditor}', 'true',
  'plan_id, revision, act, changed_at, changed_by');

select allow('place_plan_figure', verb, '{sergeant,analyst,operator}')
from unnest(array['select', 'insert']) as verbs (verb);
select allow('place_plan_figure', 'update', '{sergeant,analyst}', 'true', 'removed_at');

-- A partner reads of its own and cannot learn of another; police do not read which there are.
select allow('place_plan_share', verb, '{coordinator}')
from unnest(array['select', 'insert', 'delete']) as verbs (verb);
select allow('place_plan_share', 'select', '{auditor}');
select allow('place_plan_share', 'select', '{partner}', 'partner_id = (select own_partner())');
select allow('place_plan_share', 'select', '{keeper}');
select allow('place_plan_share', 'delete', '{keeper}');

select allow('place_plan_comment', 'select', '{partner}', 'partner_id = (select own_partner())');
select allow('place_plan_comment', 'insert', '{partner}',
  'partner_id = (select own_partner())
   and exists (select from place_plan_share where place_plan_share.plan_id = place_plan_comment.plan_id)
   and passed_on is null');
select allow('place_plan_comment', 'select', '{coordinator}');
select allow('place_plan_comment', 'update', '{coordinator}', 'true', 'passed_on');
select allow('place_plan_comment', 'select', '{auditor}', 'true', 'id, key, plan_id, partner_id, said_at, passed_on');
select allow('place_plan_comment', 'select', '{sergeant,analyst,operator}', 'passed_on is not null',
  'key, plan_id, words, passed_on');
select allow('place_plan_comment', 'select', '{keeper}', 'true', 'partner_id, said_at');
select allow('place_plan_comment', 'delete', '{keeper}');

select allow('meeting_series', 'select', '{sergeant,analyst,coordinator,auditor,operator}');
select allow('meeting_series', 'insert', '{sergeant,analyst,coordinator,operator}');
select allow('meeting_pack', 'select', '{sergeant,analyst,coordinator,auditor,operator}');
select allow('meeting_pack', 'insert', '{sergeant,analyst,coordinator,operator}');

-- The coordinator owns them; police add what they propose and answer for their own office alone.
select allow('place_action', 'select', '{sergeant,analyst,coordinator,auditor,operator}');
select allow('place_action', 'insert', '{sergeant,analyst,coordinator,operator}');
select allow('place_action', 'update', '{coordinator,operator}');
select allow('place_action', 'update', '{sergeant,analyst}', 'owner = ''neighbourhood_policing''');

grant select on all sequences in schema public to boxster_operator, boxster_system;
