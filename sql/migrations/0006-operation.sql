create table operation (
  operation_id integer generated always as identity,
  name text not null,
  starts_on date not null,
  ends_on date,
  created_at timestamptz not null default now(),
  created_by text not null default coalesce(nullif(current_setting('boxster.person', true), ''), 'unknown'),
  constraint operation_operation_id_pkey primary key (operation_id),
  constraint operation_name_key unique (name),
  constraint operation_name_check check (name = btrim(name) and length(name) between 1 and 80),
  constraint operation_ends_on_check check (ends_on >= starts_on)
);
comment on table operation is 'A response to be assessed: where (operation_cell), from which London date, and, once it ended, its last day.';
comment on column operation.ends_on is 'Last day, inclusive; null while the operation goes on.';

create table operation_cell (
  operation_id integer not null,
  cell bigint not null,
  constraint operation_cell_cell_pkey primary key (operation_id, cell),
  constraint operation_cell_operation_id_fkey foreign key (operation_id)
    references operation (operation_id) on delete cascade
);
comment on table operation_cell is 'The treated area of an operation as H3 cells at resolution 10.';

create table tally (
  tally_id integer generated always as identity,
  measure text not null,
  period_from date not null,
  period_to date not null,
  value integer not null,
  entered_at timestamptz not null default now(),
  entered_by text not null default coalesce(nullif(current_setting('boxster.person', true), ''), 'unknown'),
  constraint tally_tally_id_pkey primary key (tally_id),
  constraint tally_measure_key unique (measure, period_from, period_to),
  constraint tally_measure_check check (measure ~ '^[a-z][a-z0-9_]{0,59}$'),
  constraint tally_period_to_check check (period_to >= period_from),
  constraint tally_value_check check (value >= 0)
);
comment on table tally is 'Totals typed in for an exact period, with no rows, persons or places behind them: never split, never summed.';
comment on column tally.period_to is 'Last day, inclusive.';
