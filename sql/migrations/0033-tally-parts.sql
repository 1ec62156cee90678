-- Totals that people type have parts (bands, yes or no), a history, and where they were taken from. Two breakdowns
-- speak of sensitive things: they need a lawful basis that an administrator has recorded, and are totals of a year.

-- Whoever owns the table is fenced out of it too, and what was typed before needs its first state.
alter table tally no force row level security;

alter table tally
  add column breakdown text null,
  add column part text null,
  add column taken_from text null,
  add column revision integer not null default 1,
  add column reason text null,
  add column changed_at timestamptz not null default now(),
  add column changed_by text not null
    default coalesce(nullif(current_setting('boxster.person', true), ''), 'unknown'),
  alter column value drop not null,
  drop constraint tally_measure_key,
  add constraint tally_measure_key unique nulls not distinct (measure, breakdown, part, period_from, period_to),
  add constraint tally_breakdown_check check (breakdown ~ '^[a-z][a-z0-9_]{0,59}$'),
  add constraint tally_part_check check (part ~ '^[a-z][a-z0-9_]{0,59}$'),
  add constraint tally_part_present check ((breakdown is null) = (part is null)),
  add constraint tally_taken_from_length check (length(taken_from) between 1 and 120),
  add constraint tally_revision_positive check (revision >= 1),
  add constraint tally_reason_known
    check (reason in ('mistyped', 'records_came_late', 'counted_twice', 'wrong_period', 'other_definition')),
  add constraint tally_reason_present check ((revision = 1) = (reason is null)),
  -- Of nationality and drug use: a whole year, 10 or more, or nothing.
  add constraint tally_value_sensitive check (
    breakdown is null or breakdown not in ('nationality', 'drug_use') or value is null
    or (value >= 10 and period_to = (period_from + interval '1 year' - interval '1 day')::date)
  );
update tally set changed_at = entered_at, changed_by = entered_by;
comment on column tally.breakdown is 'By what the total is broken down; null: the whole.';
comment on column tally.part is 'Which part of it, of a closed list (core/outcomes/measures.ts).';
comment on column tally.taken_from is 'The record or return that the total was read from; nobody''s details.';
comment on column tally.value is 'Null: withdrawn, because it was typed by mistake.';
comment on column tally.reason is 'Why the value is another than before, from a closed list.';

create table tally_change (
  tally_id integer not null,
  revision integer not null,
  value integer null,
  reason text null,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint tally_change_revision_primary primary key (tally_id, revision),
  constraint tally_change_tally_id_fkey foreign key (tally_id) references tally (tally_id) on delete cascade,
  constraint tally_change_value_check check (value >= 0)
);
comment on table tally_change is 'Every value that a typed total ever had: who typed it, when and why. Written by the database itself.';
insert into tally_change (tally_id, revision, value, reason, changed_at, changed_by)
select tally_id, revision, value, reason, changed_at, changed_by from tally;

-- A restored backup brings its history along.
create function keep_tally_change() returns trigger language plpgsql as $$
begin
  if current_user = 'boxster_copier' then
    return null;
  end if;
  insert into tally_change (tally_id, revision, value, reason, changed_at, changed_by)
  values (new.tally_id, new.revision, new.value, new.reason, new.changed_at, new.changed_by);
  return null;
end
$$;
comment on function keep_tally_change() is 'Adds a row to the history of a typed total; no writer can leave it out.';
create trigger tally_kept after insert or update of value, revision on tally
  for each row execute function keep_tally_change();

create table lawful_basis (
  id bigint generated always as identity,
  breakdown text not null,
  in_force boolean not null,
  condition text not null,
  policy text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  constraint lawful_basis_id_primary primary key (id),
  constraint lawful_basis_breakdown_known check (breakdown in ('nationality', 'drug_use')),
  constraint lawful_basis_condition_known
    check (condition in ('statutory_purposes', 'safeguarding', 'statistics')),
  constraint lawful_basis_policy_form check (policy ~ '^[A-Za-z0-9][A-Za-z0-9 ./-]{0,59}$')
);
comment on table lawful_basis is
  'On what condition of DPA 2018 Schedule 8 a sensitive breakdown may be typed. Never changed: what is recorded or ended is a row more, and the last one counts.';
comment on column lawful_basis.policy is 'Reference of the appropriate policy document (s.42).';

create function check_tally_basis() returns trigger language plpgsql as $$
begin
  if current_user <> 'boxster_copier'
    and new.breakdown in ('nationality', 'drug_use')
    and new.value is not null
    and (
      select in_force
      from lawful_basis
      where lawful_basis.breakdown = new.breakdown
      order by lawful_basis.id desc
      limit 1
    ) is not true
  then
    raise exception 'no lawful basis is recorded'
      using errcode = 'check_violation', constraint = 'tally_breakdown_basis', table = 'tally';
  end if;
  return new;
end
$$;
create trigger tally_basis before insert or update of breakdown, value on tally
  for each row execute function check_tally_basis();

-- What outreach partners count of their own work: theirs alone, in no total.
create table partner_tally (
  id bigint generated always as identity,
  partner_id bigint not null,
  measure text not null,
  period_from date not null,
  period_to date not null,
  value integer not null,
  entered_at timestamptz not null,
  entered_by text not null,
  constraint partner_tally_id_primary primary key (id),
  constraint partner_tally_partner_id_fkey foreign key (partner_id) references partner (id) on delete cascade,
  constraint partner_tally_measure_known check (measure in ('outreach_contacts')),
  constraint partner_tally_period_to_check check (period_to >= period_from),
  constraint partner_tally_value_check check (value >= 0)
);
create index partner_tally_partner_id on partner_tally (partner_id, id desc);
comment on table partner_tally is
  'Totals that a partner types about its own work. Only that partner reads them; nothing adds them up. Never changed: what is typed again is a row more, and the last one counts.';

alter table tally force row level security;
select fence(name) from unnest(array['tally_change', 'lawful_basis', 'partner_tally']) as every_table (name);

-- Corrected and withdrawn, never deleted. The system counts what presenters and auditors see.
drop policy tally_delete_analyst on tally;
revoke delete on tally from boxster_analyst;
select allow('tally', 'update', '{operator}');
select allow('tally', 'select', '{system}', 'true',
  'tally_id, measure, breakdown, part, period_from, period_to, value');
select allow('tally_change', 'select', '{sergeant,analyst,auditor,operator}');
select allow('tally_change', 'insert', '{analyst,operator}');
select allow('lawful_basis', 'select', '{sergeant,analyst,admin,auditor,operator}');
select allow('lawful_basis', 'insert', '{admin}', 'recorded_by = (select acting_person())');
select allow('partner_tally', verb, '{partner}', 'partner_id = (select own_partner())')
from unnest(array['select', 'insert']) as verbs (verb);
select allow('partner_tally', verb, '{keeper}') from unnest(array['select', 'delete']) as verbs (verb);
grant select (starts_at, source) on event to boxster_system;

create trigger tally_announced after insert or update on tally
  for each statement execute function announce();
