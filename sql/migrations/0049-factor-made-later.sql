-- A second factor that was made at the very instant at which two people cleared what there was is not one of those: a clock of
-- whole milliseconds tells both the same time, and the later one went with the others.
create or replace function refuse_others_factor() returns trigger language plpgsql as $$
declare
  factor record;
begin
  factor := case tg_op when 'DELETE' then old else new end;
  -- A restore brings rows as they were.
  if current_user = 'boxster_copier' then
    return factor;
  end if;
  if exists (select from account where id = factor.account_id and name = acting_person()) then
    return factor;
  end if;
  if tg_op = 'DELETE' and exists (
    select from second_factor_clearing as clearing
    where clearing.account_id = factor.account_id and clearing.cleared_at > factor.made_at
  ) then
    return factor;
  end if;
  raise exception 'a second factor is its owner''s, and two other people''s together'
    using errcode = '23514', constraint = tg_table_name || '_of_owner_or_two', table = tg_table_name;
end
$$;
