//! Maps: all places of the registry on one map of the world, and the locator
//! maps of articles and of places as files.
//!
//! URLs: /map, /maps/world.{hash}.svg, /maps/{slug}.{hash}.svg,
//! /maps/places/{slug}.{hash}.svg. Tables: entries, tags, standings, and those
//! of articles through the queries of `articles`.

mod gazetteer;
mod lettering;
mod pages;
mod queries;
mod world;

use actix_web::web;

use crate::paths;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::MAP).get(world::map))
        .service(web::resource(paths::WORLD_PLATE_ROUTE).get(world::plate))
        .service(web::resource(paths::PLACE_MAP_ROUTE).get(pages::place))
        .service(web::resource(paths::MAP_ROUTE).get(pages::article));
}
