//! The colours of each age.

/// Which age an event belongs to; it gives a map its colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Era {
    /// To the year 499.
    Antiquity,
    /// 500 to 1499.
    MiddleAges,
    /// 1500 to 1799.
    EarlyModern,
    /// 1800 to 1899.
    Nineteenth,
    /// From 1900 on.
    Modern,
    /// No age: the map of a place as such.
    Timeless,
}

/// The colours of a map, each as `#rrggbb`.
pub(super) struct Palette {
    pub(super) paper: &'static str,
    /// The thin wash of the water.
    pub(super) sea: &'static str,
    /// The same where it pools.
    pub(super) deep: &'static str,
    /// The first wash of the land.
    pub(super) land: &'static str,
    /// The second, which varies.
    pub(super) field: &'static str,
    /// The names of waters.
    pub(super) pen: &'static str,
    /// Coasts and lettering.
    pub(super) ink: &'static str,
    /// The mark of the place.
    pub(super) accent: &'static str,
}

impl Era {
    /// The age of a year, counted as astronomers do (44 BCE is −43).
    #[must_use]
    pub const fn of_year(year: i64) -> Era {
        match year {
            ..500 => Era::Antiquity,
            500..1500 => Era::MiddleAges,
            1500..1800 => Era::EarlyModern,
            1800..1900 => Era::Nineteenth,
            _ => Era::Modern,
        }
    }

    pub(super) const fn palette(self) -> Palette {
        match self {
            Era::Antiquity => Palette {
                paper: "#f6ecd9",
                sea: "#8fb3ad",
                deep: "#3f7377",
                pen: "#21484c",
                land: "#edcfa0",
                field: "#cf8f55",
                ink: "#4a2f22",
                accent: "#a8301c",
            },
            Era::MiddleAges => Palette {
                paper: "#f5edda",
                sea: "#8aa9bd",
                deep: "#34587f",
                pen: "#22395a",
                land: "#ead9a4",
                field: "#8f9c58",
                ink: "#3a2a2a",
                accent: "#a3262f",
            },
            Era::EarlyModern => Palette {
                paper: "#f7eedc",
                sea: "#9dbdb4",
                deep: "#467c7a",
                pen: "#264c4c",
                land: "#f0dcae",
                field: "#c9a24f",
                ink: "#43301f",
                accent: "#b03a1e",
            },
            Era::Nineteenth => Palette {
                paper: "#f6f0e2",
                sea: "#9ab7cd",
                deep: "#44709a",
                pen: "#27466a",
                land: "#efdcc0",
                field: "#cf9c86",
                ink: "#38302f",
                accent: "#a5302f",
            },
            Era::Modern => Palette {
                paper: "#f7f2e6",
                sea: "#8fb6cb",
                deep: "#2f6a92",
                pen: "#1c4463",
                land: "#ece2bd",
                field: "#9db072",
                ink: "#2b3138",
                accent: "#b8341c",
            },
            Era::Timeless => Palette {
                paper: "#f6f1e6",
                sea: "#a3bcc4",
                deep: "#587d8c",
                pen: "#324f5b",
                land: "#ebe0c6",
                field: "#b9a982",
                ink: "#393532",
                accent: "#9c3a26",
            },
        }
    }
}
