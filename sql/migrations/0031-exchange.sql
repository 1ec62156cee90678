-- The exchange with neighbouring commands: what was agreed, what was shown and given, which alerts were
-- handed over. Totals by zone and quarter alone: no event, no cell of one, no hour and no category.

create function acting_neighbour() returns text language sql stable as
  $$ select nullif(current_setting('boxster.neighbour', true), '') $$;
comment on function acting_neighbour() is 'The neighbour that the acting person, a liaison, belongs to.';

-- A liaison belongs to one neighbour. Named as in edge_line, whose rows come and go with boundary files.
alter table account add column neighbour text;
alter table account add constraint account_neighbour_liaison check (neighbour is null or role = 'liaison');
alter table account add constraint account_neighbour_length check (length(neighbour) between 1 and 80);
comment on column account.neighbour is
  'Of the role liaison: its neighbour. Without one, as in accounts from before there were any, it sees and sends nothing.';
grant select (neighbour) on account to boxster_admin, boxster_auditor, boxster_operator;
grant insert (neighbour), update (neighbour) on account to boxster_admin, boxster_operator;

alter table sign_in add column neighbour text;
alter table sign_in add constraint sign_in_neighbour_liaison check (neighbour is null or role = 'liaison');
comment on column sign_in.neighbour is 'Of a liaison by role alone, in the demonstration.';

create or replace function end_account_sessions() returns trigger language plpgsql as $$
begin
  if (old.role, old.partner_id, old.neighbour, old.password_hash, old.setup_hash, old.disabled_at, old.oidc_name)
    is distinct from
    (new.role, new.partner_id, new.neighbour, new.password_hash, new.setup_hash, new.disabled_at, new.oidc_name)
  then
    new.epoch := old.epoch + 1;
  end if;
  if old.oidc_name is distinct from new.oidc_name then
    new.oidc_issuer := null;
    new.oidc_subject := null;
  end if;
  return new;
end
$$;

create table neighbour_agreement (
  id bigint generated always as identity,
  neighbour text not null,
  reference text not null,
  contact_role text not null,
  outreach_contact text not null,
  cells bigint[] not null,
  first_quarter text not null,
  last_quarter text not null,
  zone_hash text not null,
  starts_on date not null,
  expires_on date not null,
  entered_at timestamptz not null,
  entered_by text not null,
  constraint neighbour_agreement_id_primary primary key (id),
  constraint neighbour_agreement_neighbour_unique unique (id, neighbour),
  constraint neighbour_agreement_neighbour_length check (length(neighbour) between 1 and 80),
  constraint neighbour_agreement_reference_length check (length(reference) between 1 and 60),
  constraint neighbour_agreement_contact_role_length check (length(contact_role) between 1 and 80),
  constraint neighbour_agreement_outreach_contact_length check (length(outreach_contact) between 1 and 80),
  constraint neighbour_agreement_cells_some check (cardinality(cells) > 0),
  constraint neighbour_agreement_first_quarter_written check (first_quarter ~ '^20[0-9]{2}-Q[1-4]$'),
  constraint neighbour_agreement_last_quarter_written
    check (last_quarter ~ '^20[0-9]{2}-Q[1-4]$' and last_quarter >= first_quarter),
  constraint neighbour_agreement_zone_hash_written check (zone_hash ~ '^[0-9a-f]{12}$'),
  constraint neighbour_agreement_expires_on_order check (expires_on >= starts_on)
);
create index neighbour_agreement_neighbour on neighbour_agreement (neighbour, id desc);
comment on table neighbour_agreement is
  'What was agreed with a neighbour. Never changed: what is agreed anew, or ends earlier, is a row more, and the last one counts.';
comment on column neighbour_agreement.cells is 'Their side of the edge zone as it was when this was agreed: H3 cells, resolution 10.';
comment on column neighbour_agreement.zone_hash is
  'Stands in each row of the file that they fill in, so that one for another zone or other quarters is found.';
comment on column neighbour_agreement.contact_role is 'A role, never somebody''s name.';

create table edge_figure (
  neighbour text not null,
  quarter text not null,
  version integer not null,
  shown integer null,
  cells_hash text not null,
  frozen_at timestamptz not null,
  constraint edge_figure_version_primary primary key (neighbour, quarter, version),
  constraint edge_figure_quarter_written check (quarter ~ '^20[0-9]{2}-Q[1-4]$'),
  constraint edge_figure_version_positive check (version >= 1),
  constraint edge_figure_shown_rule check (shown >= 10 and shown % 5 = 0)
);
comment on table edge_figure is
  'Figures as a liaison has seen them, by the 10-5 rule: once shown, a figure stands, so that two looks have no difference to read.';
comment on column edge_figure.shown is 'Null: fewer than 10.';
comment on column edge_figure.cells_hash is 'Of the cells that were counted: over others a figure is never made anew.';

create table neighbour_total (
  id bigint generated always as identity,
  agreement_id bigint not null,
  neighbour text not null,
  quarter text not null,
  reports integer null,
  given_at timestamptz not null,
  given_by text not null,
  constraint neighbour_total_id_primary primary key (id),
  constraint neighbour_total_agreement_id_fkey foreign key (agreement_id, neighbour)
    references neighbour_agreement (id, neighbour),
  constraint neighbour_total_quarter_written check (quarter ~ '^20[0-9]{2}-Q[1-4]$'),
  constraint neighbour_total_reports_rule check (reports between 10 and 1000000)
);
create index neighbour_total_quarter on neighbour_total (neighbour, quarter, id desc);
create index neighbour_total_agreement_id on neighbour_total (agreement_id);
comment on table neighbour_total is
  'Reports on a neighbour''s side of the line in one quarter, as it has given them. A revision is a row more, and the last one counts.';
comment on column neighbour_total.reports is 'Null: fewer than 10.';

create table handover (
  id bigint generated always as identity,
  agreement_id bigint not null,
  neighbour text not null,
  period text not null,
  words text not null,
  handed_at timestamptz not null,
  handed_by text not null,
  told_outreach_at timestamptz null,
  told_outreach_by text null,
  acknowledged_at timestamptz null,
  acknowledged_by text null,
  constraint handover_id_primary primary key (id),
  constraint handover_agreement_id_fkey foreign key (agreement_id, neighbour)
    references neighbour_agreement (id, neighbour),
  constraint handover_period_written check (period ~ '^20[0-9]{2}-(Q[1-4]|(0[1-9]|1[0-2]))$'),
  constraint handover_words_plain check (length(words) between 1 and 400 and words !~ '[0-9]'),
  constraint handover_told_outreach_present check ((told_outreach_at is null) = (told_outreach_by is null)),
  constraint handover_acknowledged_present check ((acknowledged_at is null) = (acknowledged_by is null)),
  constraint handover_acknowledged_order check (acknowledged_at is null or told_outreach_at is not null)
);
create index handover_neighbour on handover (neighbour, id desc);
create index handover_agreement_id on handover (agreement_id);
comment on table handover is
  'An alert that was handed over to a neighbour: its edge zone, a month or quarter, and words without a figure. Their outreach hears of it first.';

create table neighbour_question (
  neighbour text not null,
  day date not null,
  asked integer not null,
  constraint neighbour_question_day_primary primary key (neighbour, day),
  constraint neighbour_question_asked_positive check (asked > 0)
);
comment on table neighbour_question is
  'How often a neighbour has asked on a day whether a planned patrol fits; never where or when.';

create table comparison_key (
  only_one boolean not null default true,
  key bytea not null,
  constraint comparison_key_only_one_primary primary key (only_one),
  constraint comparison_key_only_one_true check (only_one),
  constraint comparison_key_key_length check (length(key) = 32)
);
comment on table comparison_key is
  'From which the times are drawn that are left without patrols beyond the line, for comparison. Whoever has it can tell them from outreach.';

select fence(name) from unnest(array[
  'neighbour_agreement', 'edge_figure', 'neighbour_total', 'handover', 'neighbour_question', 'comparison_key'
]) as every_table (name);

-- Only the analyst brings things in, and so enters what was agreed; the operator does it for a new database.
select allow('neighbour_agreement', 'select', '{sergeant,analyst,operator}');
select allow('neighbour_agreement', 'insert', '{analyst,operator}', 'entered_by = (select acting_person())');
select allow('neighbour_agreement', 'select', '{liaison}', 'neighbour = (select acting_neighbour())');

-- Counted by the publisher, who sees neither protected time nor patrols. Nobody else reads a figure but through it.
select allow('edge_figure', verb, '{publisher}') from unnest(array['select', 'insert']) as verbs (verb);

select allow('neighbour_total', 'select', '{sergeant,analyst,operator}');
select allow('neighbour_total', 'insert', '{operator}', 'given_by = (select acting_person())');
select allow('neighbour_total', 'select', '{liaison}', 'neighbour = (select acting_neighbour())');
select allow('neighbour_total', 'insert', '{liaison}',
  'neighbour = (select acting_neighbour()) and given_by = (select acting_person())');

select allow('handover', 'select', '{sergeant,analyst}');
select allow('handover', 'insert', '{sergeant,analyst}',
  'handed_by = (select acting_person()) and told_outreach_at is null and acknowledged_at is null');
select allow('handover', 'update', '{sergeant,analyst}', 'true', 'told_outreach_at, told_outreach_by');
select allow('handover', verb, '{liaison}',
  'neighbour = (select acting_neighbour()) and told_outreach_at is not null', given.columns)
from (values
  ('select', 'id, neighbour, period, words, handed_at, told_outreach_at, acknowledged_at'),
  ('update', 'acknowledged_at, acknowledged_by')
) as given (verb, columns);

select allow('neighbour_question', verb, '{keeper}')
from unnest(array['select', 'insert', 'update']) as verbs (verb);
select allow('comparison_key', verb, '{keeper}') from unnest(array['select', 'insert']) as verbs (verb);
