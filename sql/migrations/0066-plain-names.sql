-- A name that others read has nothing in it that nobody sees: no control characters, no marks that turn the direction of
-- writing, no signs without width, with which one name is made to look like another. The same is refused by
-- core/text/shown-name.ts; names of accounts, import profiles, streets and areas have narrower forms of their own.
create function plain_name(name text) returns text language sql immutable strict parallel safe as $$
  select regexp_replace(
    name,
    '[\u0001-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]',
    '', 'g'
  )
$$;
comment on function plain_name(text) is 'A name without what nobody sees of it.';

set local role boxster_copier;
do $$
declare
  one record;
begin
  for one in
    select * from (values
      ('account', 'shown_name', 'id', 66),
      ('partner', 'name', 'id', 66),
      ('saved_place', 'label', 'id', 46),
      ('saved_view', 'name', 'id', 46),
      ('operation', 'name', 'operation_id', 66),
      ('operation_phase', 'name', 'starts_on', 26),
      ('passkey', 'name', 'id', 66),
      ('place_plan', 'name', 'id', 66)
    ) as named (of_table, of_column, key, most)
  loop
    -- With its number behind it, for what is left may be the name of another.
    execute format(
      'update %1$I set %2$I = btrim(btrim(left(plain_name(%2$I), %4$s)) || '' ('' || left(%3$I::text, 10) || '')'')
       where %2$I <> plain_name(%2$I)',
      one.of_table, one.of_column, one.key, one.most
    );
  end loop;
end
$$;
reset role;

alter table account add constraint account_shown_name_plain check (shown_name = plain_name(shown_name));
alter table partner add constraint partner_name_plain check (name = plain_name(name));
alter table saved_place add constraint saved_place_label_plain check (label = plain_name(label));
alter table saved_view add constraint saved_view_name_plain check (name = plain_name(name));
alter table operation add constraint operation_name_plain check (name = plain_name(name));
alter table operation_phase add constraint operation_phase_name_plain check (name = plain_name(name));
alter table passkey add constraint passkey_name_plain check (name = plain_name(name));
alter table place_plan add constraint place_plan_name_plain check (name = plain_name(name));
