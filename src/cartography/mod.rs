//! What maps are drawn from: projections, land, and the names of countries. Pure.

pub mod country;
pub mod world;
