# The area polygons of the tool: seven London boroughs and the parts of four districts that lie
# within 3 km of them. Called by build.ts:
#   Rscript areas.R DISTRICTS.geojson OUT.geojson
# Needs r-cran-sf and r-cran-spdata (Debian).
suppressMessages(library(sf))
arguments <- commandArgs(trailingOnly = TRUE)
reach_m <- 3000
# The districts' source is clipped 15-19 m off the boroughs' line: grow into the gap, then cut.
gap_m <- 60

data(lnd, package = "spData")
boroughs <- c(
  Enfield = TRUE, Haringey = TRUE, Barnet = FALSE, "Waltham Forest" = FALSE,
  Hackney = FALSE, Islington = FALSE, Camden = FALSE
)
london <- lnd[match(names(boroughs), as.character(lnd$NAME)), ]
london <- st_sf(
  code = as.character(london$GSS_CODE), name = as.character(london$NAME),
  kind = ifelse(boroughs, "borough", "neighbour"), inCommand = as.logical(boroughs),
  geometry = st_set_crs(st_geometry(london), 4326)
)

grid <- 27700
city <- st_union(st_transform(st_geometry(london), grid))
# All 33 boroughs are cut away, so that a district never overlaps a borough that is not listed.
whole_city <- st_union(st_transform(st_set_crs(st_geometry(lnd), 4326), grid))
enfield <- st_transform(st_geometry(london[london$name == "Enfield", ]), grid)
reach <- st_buffer(enfield, reach_m)
gap <- st_buffer(whole_city, gap_m)

raw <- st_transform(st_read(arguments[1], quiet = TRUE), grid)
# Northaw and Cuffley belong to Broxbourne's constituency and to the district of Welwyn Hatfield.
# The line between is drawn by hand, from where the districts meet at Enfield's border.
west_of_line <- st_transform(st_sfc(st_polygon(list(rbind(
  c(-0.104, 51.68), c(-0.104, 51.692), c(-0.106, 51.700), c(-0.107, 51.712), c(-0.112, 51.719),
  c(-0.108, 51.726), c(-0.103, 51.730), c(-0.103, 51.76), c(-0.25, 51.76), c(-0.25, 51.68),
  c(-0.104, 51.68)
))), crs = 4326), grid)
shape <- function(name) st_geometry(raw[raw$name == name, ])
cuffley <- st_intersection(shape("Broxbourne"), west_of_line)
shapes <- list(
  Broxbourne = st_difference(shape("Broxbourne"), west_of_line),
  "Welwyn Hatfield" = st_union(shape("Welwyn Hatfield"), cuffley),
  Hertsmere = shape("Hertsmere"),
  "Epping Forest" = shape("Epping Forest")
)
codes <- c(
  Broxbourne = "E07000095", "Welwyn Hatfield" = "E07000241",
  Hertsmere = "E07000098", "Epping Forest" = "E07000072"
)

largest_parts <- function(geometry) {
  parts <- suppressWarnings(st_cast(st_collection_extract(geometry, "POLYGON"), "POLYGON"))
  st_union(parts[as.numeric(st_area(parts)) > 10000])
}
# Five decimals, with the touching and crossing lines that rounding makes taken apart.
round_validly <- function(geometry) suppressWarnings(suppressMessages({
  sf_use_s2(FALSE)
  rounded <- st_make_valid(st_set_precision(geometry, 1e5))
  parts <- st_cast(st_collection_extract(rounded, "POLYGON"), "POLYGON")
  rounded <- st_union(parts[which.max(st_area(parts))])
  sf_use_s2(TRUE)
  rounded
}))
taken <- whole_city
districts <- lapply(names(shapes), function(name) {
  others <- do.call(c, unname(shapes[names(shapes) != name]))
  grown <- st_intersection(st_buffer(shapes[[name]], gap_m), gap)
  grown <- st_difference(grown, st_union(others))
  part <- st_union(shapes[[name]], grown)
  part <- st_intersection(st_simplify(part, dTolerance = 3), reach)
  part <- largest_parts(st_difference(part, taken))
  taken <<- st_union(taken, part)
  st_sf(
    code = codes[[name]], name = name, kind = "neighbour", inCommand = FALSE,
    geometry = round_validly(st_transform(part, 4326))
  )
})

areas <- st_cast(rbind(london, do.call(rbind, districts)), "MULTIPOLYGON")
unlink(arguments[2])
st_write(areas, arguments[2], layer_options = c("COORDINATE_PRECISION=8", "RFC7946=NO"), quiet = TRUE)
