-- What a partner's own people and the coordinator do for each other: a second person for large closures,
-- reminders, objections, who has read that police came, and leaving for good.

-- A large closure closes at once, like every other; that somebody else of the same partner looks at it is
-- asked beside, and police never learn of the question.
create table second_word (
  session_id bigint not null,
  asked_by text not null,
  asked_at timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz,
  constraint second_word_session_id_primary primary key (session_id),
  constraint second_word_session_id_fkey foreign key (session_id)
    references outreach_session (id) on delete cascade,
  constraint second_word_confirmed_at_present check ((confirmed_at is null) = (confirmed_by is null)),
  constraint second_word_confirmed_by_another check (confirmed_by <> asked_by)
);
comment on table second_word is
  'Sessions that close much or for long: who saved it, and who else of the same partner said that it is right. Unanswered it stays closed.';

create table calendar_reminder (
  partner_id bigint not null,
  asked_at timestamptz not null,
  asked_by text not null,
  constraint calendar_reminder_partner_id_primary primary key (partner_id),
  constraint calendar_reminder_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade
);
comment on table calendar_reminder is
  'When the coordinator last asked a partner to confirm its calendar; the partner reads it until it has.';

create table objection (
  id bigint generated always as identity,
  key uuid not null default gen_random_uuid(),
  partner_id bigint not null,
  about text not null,
  words text not null,
  raised_at timestamptz not null,
  raised_by text not null,
  answer text,
  answered_at timestamptz,
  answered_by text,
  constraint objection_id_primary primary key (id),
  constraint objection_key_unique unique (key),
  constraint objection_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade,
  constraint objection_about_known check (about in ('patrols', 'panel', 'other')),
  constraint objection_words_length check (length(words) between 1 and 500),
  constraint objection_answer_length check (length(answer) between 1 and 500),
  constraint objection_answered_at_present
    check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create index objection_partner_id on objection (partner_id);
comment on table objection is
  'What a partner objects to, in its own words, to the coordinator alone; and the answer.';

alter table police_came
  add column key uuid not null default gen_random_uuid(),
  add column read_at timestamptz,
  add column read_by text,
  add constraint police_came_key_unique unique (key),
  add constraint police_came_read_at_present check ((read_at is null) = (read_by is null));
comment on column police_came.key is
  'What the coordinator calls the report: not the session, not its day.';

alter table partner add column left_at timestamptz;
comment on column partner.left_at is
  'When it left with all that was its own: what is left of it are numbers, and its closures of the day that followed.';

select fence(name) from unnest(array['second_word', 'calendar_reminder', 'objection']) as made (name);

-- The subquery sees only what the caller may: a partner its own sessions.
select allow('second_word', verb, '{partner}',
  'exists (select from outreach_session where outreach_session.id = session_id)')
from unnest(array['select', 'insert']) as verbs (verb);
select allow('second_word', 'update', '{partner}',
  'exists (select from outreach_session where outreach_session.id = session_id)',
  'confirmed_by, confirmed_at');
select allow('second_word', verb, '{operator}')
from unnest(array['select', 'insert']) as verbs (verb);
select allow('second_word', 'select', '{keeper}');

select allow('calendar_reminder', 'select', '{partner}', 'partner_id = (select own_partner())');
select allow('calendar_reminder', verb, '{coordinator}')
from unnest(array['select', 'insert', 'update']) as verbs (verb);
select allow('calendar_reminder', 'select', '{auditor}');
select allow('calendar_reminder', 'delete', '{keeper}');
select allow('calendar_reminder', 'select', '{keeper}', 'true', 'partner_id');

select allow('objection', verb, '{partner}', 'partner_id = (select own_partner())')
from unnest(array['select', 'insert']) as verbs (verb);
select allow('objection', 'select', '{coordinator}');
select allow('objection', 'update', '{coordinator}', 'true', 'answer, answered_at, answered_by');
select allow('objection', 'select', '{auditor}', 'true',
  'id, key, partner_id, about, raised_at, answered_at');
select allow('objection', 'select', '{keeper}', 'true', 'id, partner_id');
select allow('objection', 'delete', '{keeper}');
select allow('objection', 'select', '{system}', 'true', 'id, answered_at');
select allow('objection', 'delete', '{system}');

-- Through the keeper's door, which words them: the coordinator has no right to a session.
select allow('police_came', 'update', '{keeper}', 'true', 'read_at, read_by');

-- Leaving, through two doors: the keeper's for what was the partner's, the gate's for its people.
select allow('partner', 'update', '{keeper}', 'true', 'code, name, calendar_known_until, left_at');
select allow(name, 'delete', '{keeper}')
from unnest(array[
  'outreach_session', 'saved_place', 'calendar_report', 'footprint_view', 'footprint_viewer'
]) as own (name);
select allow('saved_place', 'update', '{keeper}', 'true', 'label');
grant update (calendar_key) on outreach_session to boxster_keeper;
grant update (disabled_at, shown_name, oidc_name) on account to boxster_gate;
grant select (left_at) on partner to
  boxster_coordinator, boxster_admin, boxster_auditor, boxster_gate;
select allow('partner', 'select', '{system}', 'true', 'id, left_at');
select allow('saved_place', 'select', '{system}', 'true', 'id, partner_id');
select allow('saved_place', 'delete', '{system}');
