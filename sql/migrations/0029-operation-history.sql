-- Operations are made and changed by people. What an operation is may change while it goes on, so every
-- state that it ever had is kept: a report that left on paper names the revision that it is about.

-- Whoever owns the tables is fenced out of them too, and the operations that are there need their first state.
alter table operation no force row level security;
alter table operation_cell no force row level security;

alter table operation
  add column revision integer not null default 1,
  add column treated_by text not null default 'cells',
  add column treated_name text,
  add column control_by text,
  add column control_name text,
  add column changed_at timestamptz not null default now(),
  add column changed_by text not null
    default coalesce(nullif(current_setting('boxster.person', true), ''), 'unknown'),
  add constraint operation_revision_positive check (revision >= 1),
  add constraint operation_treated_by_known
    check (treated_by in ('drawn', 'picked', 'named', 'corridor', 'cells')),
  add constraint operation_control_by_known
    check (control_by in ('drawn', 'picked', 'named', 'corridor', 'cells')),
  add constraint operation_treated_name_length check (length(treated_name) between 1 and 120),
  add constraint operation_control_name_length
    check (control_name is null or (length(control_name) between 1 and 120 and control_by is not null));
update operation set changed_at = created_at, changed_by = created_by;
comment on column operation.revision is 'Goes up by one with every change: whoever changes names the one that was read.';
comment on column operation.treated_by is 'How the treated area was said: drawn, picked cell by cell, a named area, along a street, or as cells of a file.';
comment on column operation.control_by is 'How the control area was said; null while the control is the rest of the command.';

-- A cell is treated or control, never both: one key holds it.
alter table operation_cell
  add column part text not null default 'treated',
  add constraint operation_cell_part_known check (part in ('treated', 'control'));
comment on table operation_cell is 'The treated area of an operation, and the control area where one was chosen by hand, as H3 cells at resolution 10.';

create table operation_phase (
  operation_id integer not null,
  name text not null,
  starts_on date not null,
  ends_on date,
  constraint operation_phase_starts_on_primary primary key (operation_id, starts_on),
  constraint operation_phase_name_unique unique (operation_id, name),
  constraint operation_phase_operation_id_fkey foreign key (operation_id)
    references operation (operation_id) on delete cascade,
  constraint operation_phase_name_form
    check (name = btrim(name) and length(name) between 1 and 40 and name !~ '[[:cntrl:]]'),
  constraint operation_phase_ends_on_check check (ends_on >= starts_on),
  constraint operation_phase_no_overlap
    exclude using gist (operation_id with =, daterange(starts_on, ends_on, '[]') with &&)
);
comment on table operation_phase is 'Named parts of an operation, one after the other, each within it.';
comment on column operation_phase.ends_on is 'Last day, inclusive; null: as long as the operation.';

create function check_operation_phases() returns trigger language plpgsql as $$
begin
  if exists (
    select from operation_phase
    join operation on operation.operation_id = operation_phase.operation_id
    where operation.operation_id = new.operation_id
      and (
        operation_phase.starts_on < operation.starts_on
        or coalesce(operation_phase.ends_on, operation_phase.starts_on) > operation.ends_on
      )
  ) then
    raise exception 'a phase lies outside its operation'
      using errcode = '23514', constraint = 'operation_phase_inside', table = 'operation_phase';
  end if;
  return null;
end
$$;
comment on function check_operation_phases() is 'Refuses a phase that begins before its operation or goes on after it.';
create trigger operation_phase_inside after insert or update on operation_phase
  for each row execute function check_operation_phases();
create trigger operation_phase_inside after update of starts_on, ends_on on operation
  for each row execute function check_operation_phases();

create table operation_revision (
  operation_id integer not null,
  revision integer not null,
  act text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  name text not null,
  starts_on date not null,
  ends_on date,
  treated_by text not null,
  treated_name text,
  treated bigint[] not null,
  control_by text,
  control_name text,
  control bigint[] not null,
  phases jsonb not null,
  constraint operation_revision_revision_primary primary key (operation_id, revision),
  constraint operation_revision_operation_id_fkey foreign key (operation_id)
    references operation (operation_id) on delete cascade,
  constraint operation_revision_act_known check (act in ('added', 'changed', 'ended')),
  constraint operation_revision_phases_array check (jsonb_typeof(phases) = 'array')
);
comment on table operation_revision is 'Every state that an operation had, with who made it so and when. Rows are added and never changed.';
insert into operation_revision (
  operation_id, revision, act, changed_at, changed_by, name, starts_on, ends_on, treated_by, treated, control, phases
)
select
  operation_id, revision, 'added', created_at, created_by, name, starts_on, ends_on, treated_by,
  array(
    select cell from operation_cell
    where operation_cell.operation_id = operation.operation_id
    order by cell
  ),
  '{}', '[]'
from operation;

-- What has left stays where it went: it names a revision, which therefore stays too.
create table operation_report (
  id integer generated always as identity,
  operation_id integer not null,
  revision integer not null,
  as_at date not null,
  form text not null,
  issued_at timestamptz not null,
  issued_by text not null,
  constraint operation_report_id_primary primary key (id),
  constraint operation_report_revision_fkey foreign key (operation_id, revision)
    references operation_revision (operation_id, revision),
  constraint operation_report_form_known check (form in ('paper', 'csv'))
);
create index operation_report_operation_id on operation_report (operation_id, revision);
comment on table operation_report is 'Assessments that were printed or taken away: of which revision, as at which date, by whom. Never what they said.';

alter table operation force row level security;
alter table operation_cell force row level security;

create trigger operation_announced after insert or update or delete on operation
  for each statement execute function announce();

select fence(name)
from unnest(array['operation_phase', 'operation_revision', 'operation_report']) as made (name);

select allow('operation', verb, '{sergeant,analyst}')
from unnest(array['insert', 'update', 'delete']) as verbs (verb);
select allow('operation', verb, '{operator}') from unnest(array['update', 'delete']) as verbs (verb);
select allow('operation_cell', verb, '{sergeant,analyst}')
from unnest(array['insert', 'delete']) as verbs (verb);
select allow('operation_cell', 'delete', '{operator}');
select allow('operation_phase', 'select', '{sergeant,analyst,operator,publisher}');
select allow('operation_phase', verb, '{sergeant,analyst,operator}')
from unnest(array['insert', 'delete']) as verbs (verb);
select allow('operation_revision', verb, '{sergeant,analyst,operator}')
from unnest(array['select', 'insert']) as verbs (verb);
select allow('operation_report', verb, '{sergeant,analyst,operator}')
from unnest(array['select', 'insert']) as verbs (verb);

grant select on all sequences in schema public to boxster_operator, boxster_system;
