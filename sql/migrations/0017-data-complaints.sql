-- Complaints about the use of personal data (Data Protection Act 2018 s. 164A): dates and outcomes. There is no column
-- for a name, nor for a word about anybody.

create table data_complaint (
  id integer generated always as identity constraint data_complaint_id_primary primary key,
  year smallint not null,
  number integer not null constraint data_complaint_number_positive check (number >= 1),
  received_on date not null,
  acknowledged_on date constraint data_complaint_acknowledged_on_after check (acknowledged_on >= received_on),
  outcome text constraint data_complaint_outcome_known
    check (outcome in ('upheld', 'partly_upheld', 'not_upheld', 'withdrawn', 'passed_on')),
  told_on date constraint data_complaint_told_on_after check (told_on >= coalesce(acknowledged_on, received_on)),
  revision integer not null default 1 constraint data_complaint_revision_positive check (revision >= 1),
  changed_at timestamptz not null, changed_by text not null,
  constraint data_complaint_number_unique unique (year, number),
  constraint data_complaint_told_on_present check ((outcome is null) = (told_on is null))
);
comment on table data_complaint is
  'Complaints about the use of personal data: when each came, was acknowledged and was answered. Nothing of who made it or of what it says.';
comment on column data_complaint.year is 'With number its reference, DP-2026-0007: the year in which it was received as first entered.';
comment on column data_complaint.told_on is 'When whoever complained was told the outcome; it is erased six years later.';

create table data_complaint_change (
  complaint_id integer not null
    constraint data_complaint_change_complaint_id_fkey references data_complaint (id) on delete cascade,
  revision integer not null,
  received_on date not null,
  acknowledged_on date,
  outcome text,
  told_on date,
  changed_at timestamptz not null, changed_by text not null,
  constraint data_complaint_change_revision_primary primary key (complaint_id, revision)
);
comment on table data_complaint_change is 'Every state that a complaint ever had: who entered it and when. Written by the database itself.';

select fence('data_complaint');
select fence('data_complaint_change');
select allow('data_complaint', verb, array['presenter', 'admin', 'operator'])
from unnest(array['select', 'insert', 'update']) as verb;
select allow('data_complaint', 'select', array['auditor']);
select allow('data_complaint_change', 'select', array['presenter', 'admin', 'operator', 'auditor']);
select allow('data_complaint_change', 'insert', array['presenter', 'admin', 'operator']);
-- For the count by year, and to erase; never what the clock's mark has not passed (0001-ground.sql).
select allow('data_complaint', 'select', array['system'], columns => 'received_on, told_on');
select allow('data_complaint', 'delete', array['system'],
  rows => 'told_on < (clock_mark_at(''erased'') - interval ''6 years'')::date');
grant select on sequence data_complaint_id_seq to boxster_operator, boxster_system;

-- A restored backup brings its own history.
create function keep_data_complaint_change() returns trigger language plpgsql as $$
begin
  if current_user <> 'boxster_copier' then
    insert into data_complaint_change
      (complaint_id, revision, received_on, acknowledged_on, outcome, told_on, changed_at, changed_by)
    values
      (new.id, new.revision, new.received_on, new.acknowledged_on, new.outcome, new.told_on, new.changed_at,
        new.changed_by);
  end if;
  return null;
end
$$;
comment on function keep_data_complaint_change() is 'Adds a row to the history of a complaint; no writer can leave it out.';
create trigger data_complaint_kept after insert or update on data_complaint
  for each row execute function keep_data_complaint_change();
