//! Maps: all places of the registry on one map of the world.
//!
//! URLs: /map, /maps/world.{hash}.svg. Tables: entries, tags, standings.

mod gazetteer;
mod lettering;
mod queries;
mod world;

use actix_web::web;

use crate::paths;

/// Registers what this feature answers.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::resource(paths::MAP).get(world::map))
        .service(web::resource(paths::WORLD_PLATE_ROUTE).get(world::plate));
}
