-- Police have units 1 to 12, a patrol partner those of its own hundred: 101 to 112 of the first. So nothing that a
-- warden coordinator sends is answered by what police have staffed, and no unit is taken from them (SAFEGUARDS 23).

alter table staffing_duty drop constraint staffing_duty_unit_of_one, drop constraint staffing_duty_unit_range;
alter table patrol_window drop constraint patrol_window_unit_range;

-- Their owner is fenced out of rows too, but for as long as this takes.
alter table staffing_duty no force row level security;
alter table patrol_window no force row level security;
alter table patrol_partner no force row level security;
update staffing_duty set unit = 100 * number + unit from patrol_partner where code = patrol_partner;
update patrol_window set unit = 100 * number + unit from patrol_partner where code = patrol_partner;
-- Whatever waits for the end of this transaction is asked now, or the tables could not be altered.
set constraints all immediate;

alter table patrol_partner add constraint patrol_partner_code_and_number unique (code, number);

-- Both are null of police, or both are of one patrol partner.
alter table staffing_duty
  add column unit_hundred integer generated always as (nullif(unit / 100, 0)) stored,
  add constraint staffing_duty_unit_range check (unit % 100 between 1 and 12),
  add constraint staffing_duty_unit_of_its_own
    foreign key (patrol_partner, unit_hundred) references patrol_partner (code, number) match full;
alter table patrol_window
  add column unit_hundred integer generated always as (nullif(unit / 100, 0)) stored,
  add constraint patrol_window_unit_range check (unit % 100 between 1 and 12),
  add constraint patrol_window_unit_of_its_own
    foreign key (patrol_partner, unit_hundred) references patrol_partner (code, number) match full;
alter table staffing_duty force row level security;
alter table patrol_window force row level security;
alter table patrol_partner force row level security;
comment on column staffing_duty.unit_hundred is 'Number of the patrol partner whose unit it is; null of police.';
comment on column patrol_window.unit_hundred is 'Number of the patrol partner whose unit it is; null of police.';
