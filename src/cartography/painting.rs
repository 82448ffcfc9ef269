//! The picture: washes through one SVG filter, ink and letters over them.
//!
//! The filter reads a flat map in three signals: red is water, green is land,
//! blue is ice. One noise frays all edges, a slow one makes pigment run
//! together and dry in tide-marks, a quick one is the grain of the paper. A
//! wash darkens where a blurred copy of it is thinner than itself: along coasts
//! and at its outer edge, as wet paint does.

use std::fmt::Write;

use super::Locator;
use super::labels::{Label, Placing, Role};
use super::lettering::{Lettering, Type};
use super::palette::Palette;
use super::projection::{HEIGHT, Point, WIDTH, apart};
use super::view::{View, outline};

/// The parts of a map as SVG.
pub(super) struct Painting {
    /// Paths that both parts use.
    definitions: String,
    /// Paper and washes: the filter's work.
    washes: String,
    /// The same without a filter.
    flat: String,
    /// All that is drawn with a pen.
    ink: String,
    title: String,
    /// The colour of the marks.
    pub(super) accent: &'static str,
}

impl Painting {
    pub(super) fn of(locator: &Locator, seed: u32) -> Painting {
        let view = View::around(
            &locator
                .places
                .iter()
                .map(|one| [one.lon, one.lat])
                .collect::<Vec<_>>(),
        );
        let colours = locator.era.palette();
        let mut letters = Type::default();
        let (labels, marks) = words(locator, &view, &colours);
        let (mut waters, mut names) = (String::new(), String::new());
        for label in &labels {
            let group = letters.place(&label.line, label.start, label.turned);
            match label.role {
                Role::Water => waters.push_str(&group),
                Role::Place | Role::Neighbour => names.push_str(&group),
            }
        }
        let border = border(seed);
        let land = outline(&view.land, true);
        let mut definitions = format!(
            "<clipPath id=\"b\"><path d=\"{border}\"/></clipPath>\
             <path id=\"l\" transform=\"scale(.25)\" fill-rule=\"evenodd\" d=\"{land}\"/>"
        );
        if let Some(coast) = &view.coast {
            let _ = write!(
                definitions,
                "<path id=\"c\" transform=\"scale(.25)\" d=\"{}\"/>",
                outline(coast, false)
            );
        }
        let ice = outline(&view.ice, true);
        let washes = format!(
            "{}<g filter=\"url(#w)\"><path d=\"M0 0h800v500H0z\"/><g clip-path=\"url(#b)\">\
             <path fill=\"red\" d=\"M0 0h800v500H0z\"/><use href=\"#l\" fill=\"lime\"/>\
             <path fill=\"blue\" transform=\"scale(.25)\" fill-rule=\"evenodd\" d=\"{ice}\"/></g></g>",
            filter(&colours, seed, !view.ice.is_empty())
        );
        let flat = flat(&colours, &ice);
        let mut ink = format!(
            "<g clip-path=\"url(#b)\" fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\">{}",
            rivers(&view, &colours)
        );
        let coast = if view.coast.is_some() { "c" } else { "l" };
        let _ = write!(
            ink,
            "<g stroke=\"{}\"><use href=\"#{coast}\" stroke-width=\"8\" stroke-opacity=\".16\"/>\
             <use href=\"#{coast}\" stroke-width=\"2.6\" stroke-opacity=\".8\"/></g></g>{marks}",
            colours.ink
        );
        let _ = write!(
            ink,
            "<defs>{}<g id=\"t\">{names}</g></defs><g fill=\"{}\">{waters}</g>\
             <g stroke=\"{}\" stroke-opacity=\".6\" stroke-width=\"44\" \
             stroke-linejoin=\"round\"><use href=\"#t\"/></g>\
             <use href=\"#t\" fill=\"{}\"/>",
            letters.definitions(),
            colours.pen,
            colours.paper,
            colours.ink,
        );
        Painting {
            definitions,
            washes,
            flat,
            ink,
            title: super::escape(&locator.alt()),
            accent: colours.accent,
        }
    }

    /// The whole map.
    pub(super) fn svg(&self) -> String {
        self.document(&format!("{}{}", self.washes, self.ink))
    }

    /// Paper and washes alone.
    pub(super) fn washes(&self) -> String {
        self.document(&self.washes)
    }

    /// What is drawn with a pen alone, on nothing.
    pub(super) fn ink(&self) -> String {
        self.document(&self.ink)
    }

    /// The content of a map that needs no filter.
    pub(super) fn flat(&self) -> String {
        format!("<defs>{}</defs>{}{}", self.definitions, self.flat, self.ink)
    }

    fn document(&self, content: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"500\" \
             viewBox=\"0 0 800 500\"><title>{}</title><defs>{}</defs>{content}</svg>",
            self.title, self.definitions
        )
    }
}

/// Sea, land and ice in one colour each, with lines of deeper water along the
/// coast.
fn flat(colours: &Palette, ice: &str) -> String {
    let mut drawn = format!(
        "<g clip-path=\"url(#b)\"><path fill=\"{}\" fill-opacity=\".42\" d=\"M0 0h800v500H0z\"/>\
         <g fill=\"none\" stroke=\"{}\" stroke-linejoin=\"round\">",
        colours.sea, colours.deep
    );
    for (width, opacity) in [(150, ".05"), (96, ".07"), (54, ".08"), (24, ".1")] {
        let _ = write!(
            drawn,
            "<use href=\"#l\" stroke-width=\"{width}\" stroke-opacity=\"{opacity}\"/>"
        );
    }
    let _ = write!(
        drawn,
        "</g><use href=\"#l\" fill=\"{}\"/><path fill=\"#fbfaf6\" transform=\"scale(.25)\" \
         fill-rule=\"evenodd\" d=\"{ice}\"/></g>",
        colours.land
    );
    drawn
}

/// Rivers, thin at most, and thicker if they are great.
fn rivers(view: &View, colours: &Palette) -> String {
    let mut drawn = String::new();
    for (least, most, width) in [(0, 3, 7.5), (4, 6, 5.2), (7, 99, 3.4)] {
        let lines: Vec<Vec<Point>> = view
            .rivers
            .iter()
            .filter(|river| (least..=most).contains(&river.rank))
            .map(|river| river.points.clone())
            .collect();
        if !lines.is_empty() {
            let _ = write!(
                drawn,
                "<path transform=\"scale(.25)\" stroke=\"{}\" stroke-width=\"{width}\" \
                 stroke-opacity=\".75\" d=\"{}\"/>",
                colours.deep,
                outline(&lines, false)
            );
        }
    }
    drawn
}

/// All words of a map, and the marks of its places.
fn words(locator: &Locator, view: &View, colours: &Palette) -> (Vec<Label>, String) {
    let mut placing = Placing::new(view);
    let mut marks = String::new();
    let at = |lat: f64, lon: f64| view.projection.project([lon, lat]);
    let main: Vec<Point> = locator
        .places
        .iter()
        .map(|one| at(one.lat, one.lon))
        .collect();
    for [x, y] in &main {
        placing.keep_free([x - 11.0, y - 11.0, x + 11.0, y + 11.0]);
    }
    let (paper, accent, ink) = (colours.paper, colours.accent, colours.ink);
    for (index, (place, mark)) in locator.places.iter().zip(&main).enumerate() {
        let inside = (0.0..WIDTH).contains(&mark[0]) && (0.0..HEIGHT).contains(&mark[1]);
        let crowded = main[..index]
            .iter()
            .any(|other| apart(*other, *mark) < 18.0);
        if !inside || crowded {
            continue;
        }
        let name = super::short(&place.name).to_uppercase();
        let size = if locator.places.len() > 1 { 23.0 } else { 31.0 };
        let mut line = Lettering::new(&name, size, 0.14);
        if line.width() > 330.0 {
            line = Lettering::new(&name, size * 330.0 / line.width(), 0.1);
        }
        placing.beside(line, *mark, 15.0, index == 0);
        let [x, y] = mark;
        let _ = write!(
            marks,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"8.2\" fill=\"{paper}\" fill-opacity=\".75\" \
             stroke=\"{accent}\" stroke-width=\"1.7\"/><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.6\" fill=\"{accent}\"/>"
        );
    }
    let scale = scale_bar(view, &mut placing, colours);
    placing.seas();
    let mut lettered: Vec<Point> = main;
    for place in &locator.neighbours {
        let mark = at(place.lat, place.lon);
        let [x, y] = mark;
        let crowded = lettered.iter().any(|other| apart(*other, mark) < 16.0);
        let dot = [x - 4.0, y - 4.0, x + 4.0, y + 4.0];
        if crowded || !placing.is_free(dot) {
            continue;
        }
        let line = Lettering::new(super::short(&place.name), 17.0, 0.03);
        if placing.beside(line, mark, 7.0, false) {
            placing.keep_free(dot);
            lettered.push(mark);
            let _ = write!(
                marks,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.6\" fill=\"{paper}\" stroke=\"{ink}\" stroke-width=\"1.2\"/>"
            );
        }
    }
    placing.rivers();
    (placing.labels, marks + &scale)
}

/// A line as long as a round number of kilometres, low in a free corner.
fn scale_bar(view: &View, placing: &mut Placing<'_>, colours: &Palette) -> String {
    let per_km = view.projection.units_per_km();
    let lengths = [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0];
    let Some(km) = lengths.into_iter().rev().find(|km| km * per_km < 130.0) else {
        return String::new();
    };
    let wide = km * per_km;
    let y = HEIGHT - 50.0;
    for left in [WIDTH - 58.0 - wide, 58.0] {
        let (right, middle) = (left + wide, left + wide / 2.0);
        let area = [left - 6.0, y - 22.0, right + 6.0, y + 5.0];
        if !placing.is_free(area) {
            continue;
        }
        placing.keep_free(area);
        let line = Lettering::new(&format!("{km} km"), 13.5, 0.06);
        placing.labels.push(Label {
            start: [middle - line.width() / 2.0, y - 7.0],
            line,
            turned: 0.0,
            role: Role::Neighbour,
        });
        return format!(
            "<path d=\"M{left:.1} {:.1}v5h{wide:.1}v-5m{:.1} 2v3\" fill=\"none\" stroke=\"{}\" stroke-width=\".9\"/>",
            y - 3.0,
            -wide / 2.0,
            colours.ink
        );
    }
    String::new()
}

/// The edge of the painted part: a rectangle by a free hand.
fn border(seed: u32) -> String {
    let mut state = u64::from(seed) | 1;
    let mut random = || {
        // Marsaglia's xorshift; all that is asked of it is to be the same always.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % 1000) as f64 / 1000.0 - 0.5
    };
    let (left, top, right, low) = (26.0, 24.0, WIDTH - 26.0, HEIGHT - 24.0);
    let corners = [[left, top], [right, top], [right, low], [left, low]];
    let mut points = Vec::new();
    for index in 0..4 {
        let (from, to): ([f64; 2], [f64; 2]) = (corners[index], corners[(index + 1) % 4]);
        let steps = if index % 2 == 0 { 26 } else { 17 };
        // The hand drifts slowly, and trembles.
        let (mut drift, mut aim) = (0.0, random() * 11.0);
        for step in 0..steps {
            if step % 4 == 0 {
                aim = random() * 11.0;
            }
            drift += (aim - drift) * 0.4;
            let part = (f64::from(step) + random() * 0.7).max(0.0) / f64::from(steps);
            let mut point = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * part);
            point[(index + 1) % 2] += drift + random() * 4.5;
            points.push(point);
        }
    }
    // Quadratic curves through the middles of the sides keep it smooth.
    let middle = |a: Point, b: Point| [0, 1].map(|axis| (a[axis] + b[axis]) / 2.0);
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        let next = middle(*point, points[(index + 1) % points.len()]);
        if index == 0 {
            let start = middle(points[points.len() - 1], *point);
            let _ = write!(path, "M{:.0} {:.0}", start[0], start[1]);
        }
        let _ = write!(
            path,
            "Q{:.0} {:.0} {:.0} {:.0}",
            point[0], point[1], next[0], next[1]
        );
    }
    path + "z"
}

/// A colour matrix that gives one colour, as dense as `density` times a channel
/// (0 red to 3 alpha) and `more`.
fn tint(colour: &str, channel: usize, density: f64, more: f64) -> String {
    let mut values = String::new();
    for start in [1, 3, 5] {
        let part = colour.get(start..start + 2).unwrap_or("00");
        let part = u8::from_str_radix(part, 16).unwrap_or(0);
        let _ = write!(values, "0 0 0 0 {:.3} ", f64::from(part) / 255.0);
    }
    for index in 0..4 {
        let own = if index == channel { density } else { 0.0 };
        let _ = write!(values, "{own} ");
    }
    format!("<feColorMatrix values=\"{values}{more}\"")
}

/// What the filter computes, step by step; the names are those of its results.
fn filter(colours: &Palette, seed: u32, icy: bool) -> String {
    let seed = seed % 1000;
    let Palette {
        paper,
        sea,
        deep,
        land,
        field,
        ink,
        ..
    } = *colours;
    let noise = |frequency: &str, octaves: u32, name: &str| {
        format!(
            "<feTurbulence type=\"fractalNoise\" baseFrequency=\"{frequency}\" \
             numOctaves=\"{octaves}\" seed=\"{seed}\" result=\"{name}\"/>"
        )
    };
    let blend = |one: &str, factors: &str, other: &str, name: &str| {
        format!(
            "<feComposite in=\"{one}\" in2=\"{other}\" operator=\"arithmetic\" {factors} \
             result=\"{name}\"/>"
        )
    };
    let blur = |one: &str, by: f64, name: &str| {
        format!("<feGaussianBlur in=\"{one}\" stdDeviation=\"{by}\" result=\"{name}\"/>")
    };
    let curve = |values: &str| {
        format!(
            "<feComponentTransfer><feFuncA type=\"table\" tableValues=\"{values}\"/>\
             </feComponentTransfer>"
        )
    };
    let rim = |one: &str, by: f64, name: &str| {
        blur(one, by, "q") + &blend(one, "k2=\"1\" k3=\"-1\"", "q", name)
    };
    let wash = |one: &str, colour: &str, density: f64, more: f64, name: &str| {
        format!(
            "{} in=\"{one}\" result=\"{name}\"/>",
            tint(colour, 3, density, more)
        )
    };
    let mut steps = [
        noise(".05", 2, "n"),
        noise(".0065 .0105", 2, "c"),
        noise(".4", 1, "g"),
        blur("SourceGraphic", 1.5, "d"),
        blend("d", "k2=\".75\" k3=\".8\"", "n", "d"),
    ]
    .concat();
    // Where water, land and ice are, with frayed edges; each a little less than
    // it was, so that paper shows between them.
    let signals = [(0, "s"), (1, "l"), (2, "i")];
    for (channel, name) in signals.into_iter().take(if icy { 3 } else { 2 }) {
        let signal = tint("#000000", channel, 3.2, -1.6);
        steps += &format!("{signal} in=\"d\" result=\"{name}\"/>");
    }
    steps += &[
        // Water: thin, with tide-marks, pooled, and a dark rim.
        wash("c", deep, 1.0, 0.0, "v"),
        curve("0 0 .03 .08 .14 .22 .4 .3 .38 .54 .46 .58 .74 .7 .85 1"),
        "<feComposite in2=\"s\" operator=\"in\" result=\"v\"/>".to_owned(),
        rim("s", 15.0, "p"),
        rim("s", 4.8, "r"),
        wash("s", sea, 0.62, 0.0, "S"),
        wash("v", deep, 0.62, -0.04, "V"),
        wash("p", deep, 0.88, -0.03, "P"),
        wash("r", deep, 0.58, -0.03, "R"),
        // Land: light, a second wash where the slow noise is low, a thin rim.
        blend("n", "k2=\".3\" k3=\".7\"", "c", "f"),
        curve("1 1 1 .9 .75 .85 .5 .3 .36 .1 .04 0 0 0 0"),
        "<feComposite in2=\"l\" operator=\"in\" result=\"f\"/>".to_owned(),
        rim("l", 4.8, "e"),
        wash("l", land, 0.48, 0.0, "L"),
        wash("f", field, 0.5, 0.0, "F"),
        wash("e", field, 0.8, -0.02, "E"),
        if icy {
            // Almost the paper, cold at its rim.
            let ice = [
                rim("i", 5.0, "j"),
                wash("i", "#fbfaf6", 0.8, 0.0, "J"),
                wash("j", deep, 0.7, 0.0, "I"),
            ];
            ice.concat()
        } else {
            String::new()
        },
        // Paper: age, and its grain in dark and light.
        wash("c", field, 0.5, -0.2, "A"),
        wash("g", ink, 0.36, -0.17, "G"),
        format!("{} in=\"g\" result=\"H\"/>", tint("#ffffff", 0, 0.6, -0.33)),
        format!("<feFlood flood-color=\"{paper}\"/><feMerge><feMergeNode/>"),
    ]
    .concat();
    for name in ["A", "L", "F", "E", "S", "V", "P", "R", "J", "I", "G", "H"] {
        if icy || !["J", "I"].contains(&name) {
            let _ = write!(steps, "<feMergeNode in=\"{name}\"/>");
        }
    }
    format!(
        "<filter id=\"w\" filterUnits=\"userSpaceOnUse\" x=\"0\" y=\"0\" width=\"800\" \
         height=\"500\" color-interpolation-filters=\"sRGB\">{steps}</feMerge></filter>"
    )
}
