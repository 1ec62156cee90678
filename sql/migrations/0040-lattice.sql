-- A place is what its ground snaps to: cells of a fixed lattice, and a class of radius (DEFINITIONS, Protected
-- footprint). Before, its outline was moved by a secret distance once, and by trying all of them that distance
-- could be found to some metres. What was saved like that stays closed as it is until its sessions end or their
-- place is chosen anew; of how far it reached nothing is kept.

alter table saved_place add column lattice bigint[];
alter table saved_place add column class_m integer;
comment on column saved_place.lattice is
  'The H3 cells that it lies in: one of resolution 9, or of 8 where its partner chose wider; of an area or a route all that it overlaps. Null for a place that was saved before there was a lattice.';
comment on column saved_place.class_m is 'How far around the lattice is kept clear.';
comment on column saved_place.footprint is
  'A function of lattice and class alone (core/blackouts/footprint.ts): equal ones are equal byte for byte.';

drop trigger saved_place_footprint_fixed on saved_place;
alter table saved_place drop column radius_m;

alter table saved_place add constraint saved_place_class_known
  check (class_m in (100, 150, 200, 300, 400) and (kind = 'circle' or class_m = 100));
alter table saved_place add constraint saved_place_lattice_whole
  check ((lattice is null) = (class_m is null));

-- The resolution of an index stands in its bits 52 to 55.
create function lattice_fault(lattice bigint[], kind text) returns text language sql immutable as $$
  select case
    when cardinality(lattice) = 0 then 'there is no cell'
    when lattice <> array(select distinct cell from unnest(lattice) as given (cell) order by 1)
      or array_position(lattice, null) is not null then 'each cell stands once, in order'
    when kind = 'circle' and cardinality(lattice) > 1 then 'a place lies in one cell'
    when exists (
      select from unnest(lattice) as given (cell)
      where (cell >> 59) & 15 <> 1
        or (cell >> 52) & 15 <> 9 and not (kind = 'circle' and (cell >> 52) & 15 = 8)
    ) then 'a cell is not of the lattice'
  end
$$;
comment on function lattice_fault(bigint[], text) is 'What is wrong with the lattice of a place; null when nothing is.';
alter table saved_place add constraint saved_place_lattice_form
  check (lattice_fault(lattice, kind) is null);

-- The cells at resolution 10 under one of the lattice: each finer digit, 7 where there is none, from 0 to 6.
create function cells_under(cell bigint) returns setof bigint language sql immutable as $$
  select case (cell >> 52) & 15
    when 9 then cell + (1::bigint << 52) - ((7 - finest)::bigint << 15)
    else cell + (2::bigint << 52) - ((7 - finer)::bigint << 18) - ((7 - finest)::bigint << 15)
  end
  from generate_series(0, 6) as finest, generate_series(0, case (cell >> 52) & 15 when 9 then 0 else 6 end) as finer
$$;
comment on function cells_under(bigint) is
  'The H3 cells at resolution 10 that have this one, of resolution 8 or 9, as their parent.';

-- Restoring a backup brings back what was there, places from before the lattice too.
create function check_place_lattice() returns trigger language plpgsql as $$
begin
  if new.lattice is null then
    raise exception 'a place is saved by its lattice cells'
      using errcode = '23502', constraint = 'saved_place_lattice_given', table = 'saved_place';
  end if;
  if exists (
    select under.cell
    from unnest(new.lattice) as given (cell), cells_under(given.cell) as under (cell)
    except
    select unnest(new.footprint)
  ) then
    raise exception 'the footprint of a place leaves out a part of its lattice cells'
      using errcode = '23514', constraint = 'saved_place_lattice_inside', table = 'saved_place';
  end if;
  return new;
end
$$;
create trigger saved_place_lattice_checked before insert on saved_place
  for each row when (current_user <> 'boxster_copier')
  execute function check_place_lattice();

create trigger saved_place_footprint_fixed before update on saved_place
  for each row
  when (
    old.footprint is distinct from new.footprint
    or old.lattice is distinct from new.lattice
    or old.class_m is distinct from new.class_m
    or old.kind is distinct from new.kind
  )
  execute function refuse_moved_place();
create or replace function refuse_moved_place() returns trigger language plpgsql as $$
begin
  raise exception 'a saved place keeps its lattice cells and its footprint: save a new place instead'
    using errcode = '23514', constraint = 'saved_place_footprint_fixed', table = 'saved_place';
end
$$;
