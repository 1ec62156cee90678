-- Neighbours: agreements with neighbouring commands, totals shown and received, and alerts handed over. Only totals by
-- zone and quarter: no event, cell, hour or category.
--
-- Our open screens hear of these changes; the neighbour's do not, or they would hear of a handover before their
-- outreach is told.

create table neighbour_agreement (
  id bigint generated always as identity constraint neighbour_agreement_id_primary primary key,
  neighbour text not null constraint neighbour_agreement_neighbour_length check (length(neighbour) between 1 and 80),
  reference text not null constraint neighbour_agreement_reference_length check (length(reference) between 1 and 60),
  contact_role text not null,
  outreach_contact text not null,
  cells bigint[] not null constraint neighbour_agreement_cells_some check (cardinality(cells) > 0),
  first_quarter text not null, last_quarter text not null,
  zone_hash text not null constraint neighbour_agreement_zone_hash_written check (zone_hash ~ '^[0-9a-f]{12}$'),
  starts_on date not null,
  expires_on date not null,
  entered_at timestamptz not null, entered_by text not null,
  constraint neighbour_agreement_neighbour_unique unique (id, neighbour),
  constraint neighbour_agreement_last_quarter_written
    check (last_quarter ~ '^20[0-9]{2}-Q[1-4]$' and last_quarter >= first_quarter),
  constraint neighbour_agreement_expires_on_order check (expires_on >= starts_on),
  constraint neighbour_agreement_contact_role_length check (length(contact_role) between 1 and 80),
  constraint neighbour_agreement_outreach_contact_length check (length(outreach_contact) between 1 and 80),
  constraint neighbour_agreement_first_quarter_written check (first_quarter ~ '^20[0-9]{2}-Q[1-4]$')
);
create index neighbour_agreement_neighbour on neighbour_agreement (neighbour, id desc);
comment on table neighbour_agreement is 'What was agreed with a neighbour. Never changed: what is agreed anew, or ends earlier, is a row more, and the last one counts.';
comment on column neighbour_agreement.contact_role is 'A role, never somebody''s name.';
comment on column neighbour_agreement.cells is 'Their side of the edge zone as it was when this was agreed: H3 cells, resolution 10.';
comment on column neighbour_agreement.zone_hash is
  'Stands in each row of the file that they fill in, so that one for another zone or other quarters is found.';
-- The analyst enters agreements; the operator does so for a new database.
select rights('neighbour_agreement', $$
  sergeant: select;
  analyst, operator: select;
  analyst, operator: insert where entered_by = (select acting_person());
  liaison: select where neighbour = (select acting_neighbour()) $$);
create trigger neighbour_agreement_announced after insert on neighbour_agreement for each statement execute function announce();

create table edge_figure (
  neighbour text not null,
  quarter text not null constraint edge_figure_quarter_written check (quarter ~ '^20[0-9]{2}-Q[1-4]$'),
  version integer not null constraint edge_figure_version_positive check (version >= 1),
  shown integer constraint edge_figure_shown_rule check (shown >= 10 and shown % 5 = 0),
  cells_hash text not null,
  frozen_at timestamptz not null,
  constraint edge_figure_version_primary primary key (neighbour, quarter, version)
);
comment on table edge_figure is 'Figures as a liaison has seen them, by the 10-5 rule: once shown, a figure stands, so that two looks have no difference to read.';
comment on column edge_figure.shown is 'Null: fewer than 10.';
comment on column edge_figure.cells_hash is 'Of the cells that were counted: over others a figure is never made anew.';
-- Only the publisher, who sees neither protected time nor patrols, counts and reads these figures.
select rights('edge_figure', $$ publisher: select, insert $$);

create table neighbour_total (
  id bigint generated always as identity constraint neighbour_total_id_primary primary key,
  agreement_id bigint not null, neighbour text not null,
  quarter text not null constraint neighbour_total_quarter_written check (quarter ~ '^20[0-9]{2}-Q[1-4]$'),
  reports integer constraint neighbour_total_reports_rule check (reports between 10 and 1000000),
  given_at timestamptz not null, given_by text not null,
  constraint neighbour_total_agreement_id_fkey
    foreign key (agreement_id, neighbour) references neighbour_agreement (id, neighbour)
);
create index neighbour_total_quarter on neighbour_total (neighbour, quarter, id desc);
create index neighbour_total_agreement_id on neighbour_total (agreement_id);
comment on table neighbour_total is 'Reports on a neighbour''s side of the line in one quarter, as it has given them. A revision is a row more, and the last one counts.';
comment on column neighbour_total.reports is 'Null: fewer than 10.';
select rights('neighbour_total', $$
  sergeant, analyst: select;
  liaison: select where neighbour = (select acting_neighbour());
  liaison: insert where neighbour = (select acting_neighbour()) and given_by = (select acting_person());
  operator: select;
  operator: insert where given_by = (select acting_person()) $$);
create trigger neighbour_total_announced after insert on neighbour_total for each statement execute function announce();

create table handover (
  id bigint generated always as identity constraint handover_id_primary primary key,
  agreement_id bigint not null, neighbour text not null,
  period text not null constraint handover_period_written check (period ~ '^20[0-9]{2}-(Q[1-4]|(0[1-9]|1[0-2]))$'),
  words text not null constraint handover_words_plain check (length(words) between 1 and 400 and words !~ '[0-9]'),
  handed_at timestamptz not null, handed_by text not null,
  told_outreach_at timestamptz, told_outreach_by text,
  acknowledged_at timestamptz, acknowledged_by text,
  constraint handover_agreement_id_fkey
    foreign key (agreement_id, neighbour) references neighbour_agreement (id, neighbour),
  constraint handover_told_outreach_present check ((told_outreach_at is null) = (told_outreach_by is null)),
  constraint handover_acknowledged_present check ((acknowledged_at is null) = (acknowledged_by is null)),
  constraint handover_acknowledged_order check (acknowledged_at is null or told_outreach_at is not null)
);
create index handover_neighbour on handover (neighbour, id desc);
create index handover_agreement_id on handover (agreement_id);
comment on table handover is 'An alert that was handed over to a neighbour: its edge zone, a month or quarter, and words without a figure. Their outreach hears of it first.';
comment on column handover.told_outreach_by is
  'Who said so: never the person of handed_by. What was handed over and told by one person before this was asked stands.';
select rights('handover', $$
  sergeant, analyst: select;
  sergeant, analyst: insert
    where handed_by = (select acting_person()) and told_outreach_at is null and acknowledged_at is null;
  liaison: select (id, neighbour, period, words, handed_at, told_outreach_at, acknowledged_at),
    update (acknowledged_at, acknowledged_by)
    where neighbour = (select acting_neighbour()) and told_outreach_at is not null $$);
-- Somebody other than the person who handed the alert over says, once and in their own name, that the neighbour's
-- outreach was told first. Until then no liaison reads the row.
grant update (told_outreach_at, told_outreach_by) on handover to boxster_sergeant, boxster_analyst;
create policy handover_update_sergeant on handover for update to boxster_sergeant
  using ((select acting_person()) is not null and told_outreach_at is null and handed_by <> (select acting_person()))
  with check (told_outreach_by = (select acting_person()) and told_outreach_at is not null);
create policy handover_update_analyst on handover for update to boxster_analyst
  using ((select acting_person()) is not null and told_outreach_at is null and handed_by <> (select acting_person()))
  with check (told_outreach_by = (select acting_person()) and told_outreach_at is not null);
create trigger handover_announced after insert or update on handover for each statement execute function announce();

create table neighbour_question (
  neighbour text not null,
  day date not null,
  asked integer not null constraint neighbour_question_asked_positive check (asked > 0),
  constraint neighbour_question_day_primary primary key (neighbour, day)
);
comment on table neighbour_question is 'How often a neighbour has asked on a day whether a planned patrol fits; never where or when.';
select rights('neighbour_question', $$ keeper: select, insert, update $$);

create table comparison_key (
  only_one boolean not null default true constraint comparison_key_only_one_primary primary key,
  key bytea not null constraint comparison_key_key_length check (length(key) = 32),
  constraint comparison_key_only_one_true check (only_one)
);
comment on table comparison_key is 'From which the times are drawn that are left without patrols beyond the line, for comparison. Whoever has it can tell them from outreach.';
select rights('comparison_key', $$ keeper: select, insert $$);
