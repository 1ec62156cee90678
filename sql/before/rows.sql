-- What becomes of the rows of a database, or of a backup, of commit ed7c113a. The triggers that would refuse it are off
-- meanwhile. Its last part is constraints that such rows need not meet, and no other statement adds any: a restore takes
-- them off first (server/db/before.ts).

alter table release disable trigger release_frozen;
alter table saved_place disable trigger saved_place_footprint_fixed;
set local role boxster_copier;

-- Nobody is locked out overnight: a partner's account that has a password or a one-time secret keeps it.
update account set partner_password = true
where role = 'partner' and (password_hash is not null or setup_hash is not null);

insert into clock_mark (name, at) values
  ('seen', (
    select at - coalesce((detail ->> 'clockBehindSeconds')::bigint, 0) * interval '1 second'
    from audit order by id desc limit 1
  )),
  ('erased', null), ('said', null);

-- Releases keep their content, number and hash, which are public. What their forms took from elsewhere is frozen beside
-- them: the licence lines and the mark as they are now. Their notes are those that their own answers hold
-- (core/releases/stored-content.ts).
update release set beside = json_build_object(
  'sources', coalesce(
    (select setting.value -> 'pack' -> 'attributions' from setting where setting.key = 'places'),
    '["Contains National Statistics data and OS data © Crown copyright and database right, Open Government Licence v3", "Street points: data.police.uk, road lines also Department for Transport, Open Government Licence v3", "Place names: GeoNames, CC BY 4.0"]'::jsonb
  ),
  'mark', case
    when not (release.content::json ->> 'madeUp')::boolean then null
    when exists (select from batch where batch.profile <> 'demonstration' and batch.undone_at is null)
      then 'MADE-UP AND IMPORTED DATA'
    else 'MADE-UP DATA'
  end
)::text;

-- Places become what their stored cells alone say, never what a new tap says: an old wider place beside a new one of
-- another parent would tell the sliver between them. Their footprints follow in server/db/redraw-footprints.ts.
update saved_place
set lattice = array(select whole from cells_whole(lattice[1]) as whole order by 1)
where kind = 'circle' and (lattice[1] >> 52) & 15 = 8;
update saved_place
set lattice = array(
  select cell from unnest(lattice) as given (cell)
  union
  select whole
  from (
    select parent_cell(cell) as parent from unnest(lattice) as given (cell) group by 1 having count(*) > 1
  ) as twice, cells_whole(twice.parent) as whole
  order by 1
)
where lattice_fault(lattice, kind) = 'a parent of two cells is not whole';

-- Names lose what nobody sees of them, and get their number, for what is left may be the name of another.
do $$
declare
  one record;
begin
  for one in
    select * from (values
      ('account', 'shown_name', 'id', 66), ('partner', 'name', 'id', 66), ('saved_place', 'label', 'id', 46),
      ('saved_view', 'name', 'id', 46), ('operation', 'name', 'operation_id', 66),
      ('operation_phase', 'name', 'starts_on', 26), ('passkey', 'name', 'id', 66), ('place_plan', 'name', 'id', 66)
    ) as named (of_table, of_column, key, most)
  loop
    execute format(
      'update %1$I set %2$I = btrim(btrim(left(plain_name(%2$I), %4$s)) || '' ('' || left(%3$I::text, 10) || '')'')
       where %2$I <> plain_name(%2$I)',
      one.of_table, one.of_column, one.key, one.most
    );
  end loop;
end
$$;

reset role;
alter table release enable trigger release_frozen;

alter table account add constraint account_partner_password_allowed
  check (role <> 'partner' or partner_password or (password_hash is null and setup_hash is null));
alter table saved_place add constraint saved_place_lattice_form check (lattice_fault(lattice, kind) is null);
alter table account add constraint account_shown_name_plain check (shown_name = plain_name(shown_name));
alter table partner add constraint partner_name_plain check (name = plain_name(name));
alter table saved_place add constraint saved_place_label_plain check (label = plain_name(label));
alter table saved_view add constraint saved_view_name_plain check (name = plain_name(name));
alter table operation add constraint operation_name_plain check (name = plain_name(name));
alter table operation_phase add constraint operation_phase_name_plain check (name = plain_name(name));
alter table passkey add constraint passkey_name_plain check (name = plain_name(name));
alter table place_plan add constraint place_plan_name_plain check (name = plain_name(name));
