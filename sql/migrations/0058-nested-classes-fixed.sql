-- Footprints are drawn by now (0057): a saved place keeps its lattice cells and its footprint again.
alter table saved_place enable trigger saved_place_footprint_fixed;
