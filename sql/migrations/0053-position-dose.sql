-- Patrol time as devices recorded it: minutes by cell and day, of all devices of an import together. No device, no way, no time of a
-- fix is kept. A day of fewer than three devices, and a cell that was only passed through, would be the way of one crew and are
-- refused here too (ADR 29). Nothing of it is reckoned from protected time: what that left out would say where it was.

create table position_import (
  id bigint generated always as identity,
  imported_at timestamptz not null,
  imported_by text not null,
  refresh_seconds real not null,
  file_hashes text[] not null,
  constraint position_import_id_primary primary key (id),
  constraint position_import_refresh_seconds_range check (refresh_seconds between 1 and 120),
  constraint position_import_file_hashes_some check (cardinality(file_hashes) between 1 and 500)
);
comment on table position_import is
  'Files of positions that came in together. Neither their names nor any device of theirs is kept.';
comment on column position_import.file_hashes is
  'SHA-256 of each file in hexadecimal, so that none counts twice.';
comment on column position_import.refresh_seconds is
  'Seconds from one fix of a device to the next, as given or the median.';

create table position_day (
  import_id bigint not null,
  day date not null,
  device_count integer not null,
  minutes real not null,
  low real not null,
  high real not null,
  constraint position_day_import_id_primary primary key (import_id, day),
  constraint position_day_import_id_fkey foreign key (import_id)
    references position_import (id) on delete cascade,
  constraint position_day_device_count_least check (device_count >= 3),
  constraint position_day_low_to_high check (low >= 0 and low <= minutes and minutes <= high)
);
create index position_day_day on position_day (day);
comment on table position_day is
  'A London day that was recorded, with all device minutes in the area and their 95% band.';
comment on column position_day.device_count is
  'Devices recorded for half an hour or more.';

create table position_dose (
  import_id bigint not null,
  day date not null,
  cell bigint not null,
  minutes real not null,
  low real not null,
  high real not null,
  visit_count integer not null,
  constraint position_dose_cell_primary primary key (import_id, day, cell),
  constraint position_dose_day_fkey foreign key (import_id, day)
    references position_day (import_id, day) on delete cascade,
  constraint position_dose_cell_resolution check (((cell >> 52) & 15) = 10),
  constraint position_dose_minutes_least check (minutes >= 3),
  constraint position_dose_low_to_high check (low >= 0 and low <= minutes and minutes <= high),
  constraint position_dose_visit_count_not_negative check (visit_count >= 0)
);
create index position_dose_day on position_dose (day, cell);
comment on table position_dose is
  'Device minutes in a cell on a London day, with their 95% band. Never by the hour.';

select fence(name) from unnest(array['position_import', 'position_day', 'position_dose']) as recorded (name);
select allow(name, 'select', '{sergeant,analyst,operator,system}')
from unnest(array['position_day', 'position_dose']) as recorded (name);
select allow('position_import', 'select', '{operator,system}');
select allow(name, 'insert', '{operator}')
from unnest(array['position_import', 'position_day', 'position_dose']) as recorded (name);
select allow(name, 'delete', '{operator,system}')
from unnest(array['position_import', 'position_day', 'position_dose']) as recorded (name);
