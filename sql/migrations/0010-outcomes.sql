-- Outcomes: manual totals with their breakdowns, history and source.

-- Totals are corrected or withdrawn, never deleted. The system adds up what presenters and auditors see.
create table tally (
  tally_id integer generated always as identity constraint tally_tally_id_pkey primary key,
  measure text not null constraint tally_measure_check check (measure ~ '^[a-z][a-z0-9_]{0,59}$'),
  period_from date not null,
  period_to date not null,
  value integer constraint tally_value_check check (value >= 0),
  entered_at timestamptz not null default now(),
  entered_by text not null default coalesce(nullif(current_setting('boxster.person', true), ''), 'unknown'),
  breakdown text constraint tally_breakdown_check check (breakdown ~ '^[a-z][a-z0-9_]{0,59}$'),
  part text constraint tally_part_check check (part ~ '^[a-z][a-z0-9_]{0,59}$'),
  taken_from text constraint tally_taken_from_length check (length(taken_from) between 1 and 120),
  revision integer not null default 1 constraint tally_revision_positive check (revision >= 1),
  reason text,
  changed_at timestamptz not null default now(),
  changed_by text not null default coalesce(nullif(current_setting('boxster.person', true), ''), 'unknown'),
  constraint tally_period_to_check check (period_to >= period_from),
  constraint tally_measure_key unique nulls not distinct (measure, breakdown, part, period_from, period_to),
  constraint tally_part_present check ((breakdown is null) = (part is null)),
  constraint tally_reason_present check ((revision = 1) = (reason is null)),
  -- Of nationality and drug use: a whole year, 10 or more, or nothing.
  constraint tally_value_sensitive check (
    breakdown is null or breakdown not in ('nationality', 'drug_use') or value is null
    or (value >= 10 and period_to = (period_from + interval '1 year' - interval '1 day')::date)
  ),
  constraint tally_reason_known
    check (reason in ('mistyped', 'records_came_late', 'counted_twice', 'wrong_period', 'other_definition'))
);
comment on table tally is 'Totals typed in for an exact period, with no rows, persons or places behind them: never split, never summed.';
comment on column tally.period_to is 'Last day, inclusive.';
comment on column tally.value is 'Null: withdrawn, because it was typed by mistake.';
comment on column tally.breakdown is 'By what the total is broken down; null: the whole.';
comment on column tally.part is 'Which part of it, of a closed list (core/outcomes/measures.ts).';
comment on column tally.taken_from is 'The record or return that the total was read from; nobody''s details.';
comment on column tally.reason is 'Why the value is another than before, from a closed list.';
select rights('tally', $$
  sergeant, auditor: select;
  analyst, operator: select, insert, update;
  system: select (tally_id, measure, period_from, period_to, value, breakdown, part) $$);
create trigger tally_announced after insert or update on tally for each statement execute function announce();

create table tally_change (
  tally_id integer not null constraint tally_change_tally_id_fkey references tally (tally_id) on delete cascade,
  revision integer not null,
  value integer constraint tally_change_value_check check (value >= 0),
  reason text,
  changed_at timestamptz not null, changed_by text not null,
  constraint tally_change_revision_primary primary key (tally_id, revision)
);
comment on table tally_change is 'Every value that a typed total ever had: who typed it, when and why. Written by the database itself.';
select rights('tally_change', $$
  sergeant, auditor: select;
  analyst, operator: select, insert $$);

-- A restored backup brings its own history.
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
create trigger tally_kept after insert or update of value, revision on tally for each row execute function keep_tally_change();

-- Two breakdowns are sensitive: they need a lawful basis recorded by an administrator, and cover a whole year.
create table lawful_basis (
  id bigint generated always as identity constraint lawful_basis_id_primary primary key,
  breakdown text not null constraint lawful_basis_breakdown_known check (breakdown in ('nationality', 'drug_use')),
  in_force boolean not null,
  condition text not null,
  policy text not null constraint lawful_basis_policy_form check (policy ~ '^[A-Za-z0-9][A-Za-z0-9 ./-]{0,59}$'),
  recorded_at timestamptz not null, recorded_by text not null,
  constraint lawful_basis_condition_known check (condition in ('statutory_purposes', 'safeguarding', 'statistics'))
);
comment on table lawful_basis is 'On what condition of DPA 2018 Schedule 8 a sensitive breakdown may be typed. Never changed: what is recorded or ended is a row more, and the last one counts.';
comment on column lawful_basis.policy is 'Reference of the appropriate policy document (s.42).';
select rights('lawful_basis', $$
  sergeant, analyst, auditor, operator: select;
  admin: select;
  admin: insert where recorded_by = (select acting_person()) $$);
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
create trigger tally_basis before insert or update of breakdown, value on tally for each row execute function check_tally_basis();

create table partner_tally (
  id bigint generated always as identity constraint partner_tally_id_primary primary key,
  partner_id bigint not null constraint partner_tally_partner_id_fkey references partner (id) on delete cascade,
  measure text not null constraint partner_tally_measure_known check (measure in ('outreach_contacts')),
  period_from date not null,
  period_to date not null,
  value integer not null constraint partner_tally_value_check check (value >= 0),
  entered_at timestamptz not null, entered_by text not null,
  constraint partner_tally_period_to_check check (period_to >= period_from)
);
create index partner_tally_partner_id on partner_tally (partner_id, id desc);
comment on table partner_tally is 'Totals that a partner types about its own work. Only that partner reads them; nothing adds them up. Never changed: what is typed again is a row more, and the last one counts.';
select rights('partner_tally', $$
  partner: select, insert where partner_id = (select own_partner());
  keeper: select, delete $$);
