-- The classes of a place nest (DEFINITIONS, Protected footprint): wider is the seven cells of resolution 9 under one
-- parent, and no longer the outline of that parent, which cuts cells of 9: usual and wider of one venue left 0.78 ha.
-- An area or a route takes every parent whole of which it has two cells, so that no corner tells its middle.

alter table saved_place drop constraint saved_place_lattice_form;

create function parent_cell(cell bigint) returns bigint language sql immutable as $$
  select (cell | (7::bigint << 18)) - (1::bigint << 52)
$$;
comment on function parent_cell(bigint) is 'The H3 cell at resolution 8 that has this one, of resolution 9, under it.';

create function cells_whole(parent bigint) returns setof bigint language sql immutable as $$
  select parent + (1::bigint << 52) - ((7 - finest)::bigint << 18) from generate_series(0, 6) as finest
$$;
comment on function cells_whole(bigint) is 'The seven H3 cells at resolution 9 that have this one, of resolution 8, as their parent.';

create or replace function cells_under(cell bigint) returns setof bigint language sql immutable as $$
  select cell + (1::bigint << 52) - ((7 - finest)::bigint << 15) from generate_series(0, 6) as finest
$$;
comment on function cells_under(bigint) is
  'The H3 cells at resolution 10 that have this one, of resolution 9, as their parent.';

create or replace function lattice_fault(lattice bigint[], kind text) returns text language sql immutable as $$
  select case
    when cardinality(lattice) = 0 then 'there is no cell'
    when lattice <> array(select distinct cell from unnest(lattice) as given (cell) order by 1)
      or array_position(lattice, null) is not null then 'each cell stands once, in order'
    when exists (
      select from unnest(lattice) as given (cell) where (cell >> 59) & 15 <> 1 or (cell >> 52) & 15 <> 9
    ) then 'a cell is not of the lattice'
    when kind = 'circle' and cardinality(lattice) > 1
      and lattice <> array(select whole from cells_whole(parent_cell(lattice[1])) as whole order by 1)
      then 'a place lies in one cell or in the seven under one parent'
    when kind <> 'circle' and exists (
      select from unnest(lattice) as given (cell) group by parent_cell(cell) having count(*) between 2 and 6
    ) then 'a parent of two cells is not whole'
  end
$$;

-- What is stored becomes what its stored cells alone say, never what a new tap says: an old wider place beside a new one
-- of another parent would tell the sliver between them.
alter table saved_place disable trigger saved_place_footprint_fixed;
set local role boxster_copier;
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
set local role none;

alter table saved_place add constraint saved_place_lattice_form
  check (lattice_fault(lattice, kind) is null);
comment on column saved_place.lattice is
  'The H3 cells of resolution 9 that it lies in: one, or the seven under one parent where its partner chose wider; of an area or a route all that it overlaps, with every parent whole of which those are two. Null for a place that was saved before there was a lattice.';

-- Footprints follow: the database does not know H3, so server/db/migrate.ts draws them (redraw-footprints.ts), and 0058
-- fixes them again.
