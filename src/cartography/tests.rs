//! What every map keeps to, wherever on Earth it is of.

use super::{Era, Locator, Marked};

fn place(name: &str, lat: f64, lon: f64) -> Marked {
    Marked {
        name: name.to_owned(),
        lat,
        lon,
    }
}

fn map(lat: f64, lon: f64) -> Locator {
    Locator::new(vec![place("Somewhere", lat, lon)], Vec::new(), Era::Modern).unwrap()
}

/// Corners of the Earth, and coasts as crooked as any.
const AWKWARD: [(f64, f64); 18] = [
    (90.0, 0.0),
    (-90.0, 0.0),
    (89.9, 179.9),
    (-89.9, -179.9),
    (0.0, 180.0),
    (0.0, -180.0),
    (-18.1, 178.4),
    (66.0, -180.0),
    (-45.0, -126.0),
    (-25.07, -130.1),
    (0.0, -150.0),
    (61.0, 5.0),
    (-50.0, -75.0),
    (73.0, -90.0),
    (49.8, 73.1),
    (23.0, 10.0),
    (0.0, 0.0),
    (-77.5, 165.0),
];

#[test]
fn every_map_is_a_small_file_of_sound_numbers() {
    let shipped = [
        (40.75, 14.49),
        (37.57, 126.98),
        (35.11, -75.98),
        (64.15, -21.94),
    ];
    for (lat, lon) in AWKWARD.into_iter().chain(shipped) {
        let svg = map(lat, lon).svg();
        assert!(svg.len() <= 40_000, "{lat} {lon}: {} bytes", svg.len());
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{lat} {lon}");
        assert!(
            svg.matches("<use href=\"#g").count() > 8,
            "letters: {lat} {lon}"
        );
    }
}

#[test]
fn the_same_place_gives_the_same_map() {
    assert_eq!(map(40.75, 14.49).svg(), map(40.75, 14.49).svg());
    assert_eq!(map(40.75, 14.49).png(200), map(40.75, 14.49).png(200));
}

#[test]
fn the_hash_tells_maps_apart_by_what_they_show() {
    let of = |places: Vec<Marked>, near: Vec<Marked>, era| {
        Locator::new(places, near, era).unwrap().hash()
    };
    let pompeii = || vec![place("Pompeii", 40.75, 14.49)];
    let plain = of(pompeii(), Vec::new(), Era::Antiquity);
    assert_eq!(
        plain,
        of(pompeii(), vec![place("Lima", -12.0, -77.0)], Era::Antiquity)
    );
    assert_ne!(
        plain,
        of(pompeii(), vec![place("Rome", 41.9, 12.5)], Era::Antiquity)
    );
    assert_ne!(plain, of(pompeii(), Vec::new(), Era::Modern));
    assert_ne!(
        plain,
        of(
            vec![place("Pompei", 40.75, 14.49)],
            Vec::new(),
            Era::Antiquity
        )
    );
}

#[test]
fn the_picture_has_ink_where_the_place_is() {
    let png = map(23.0, 10.0).png(800).unwrap();
    assert!(png.len() < 150_000);
    let picture = image::load_from_memory(&png).unwrap().to_rgb8();
    assert_eq!(picture.dimensions(), (800, 500));
    let [red, green, _] = picture.get_pixel(400, 250).0;
    assert!(red > 2 * green, "the mark is red");
    let dark = |columns: std::ops::Range<u32>| {
        let pixels = columns.flat_map(|x| (210..290).map(move |y| (x, y)));
        pixels
            .filter(|(x, y)| picture.get_pixel(*x, *y).0.iter().all(|part| *part < 120))
            .count()
    };
    assert!(
        dark(415..640) + dark(160..385) > 150,
        "its name stands beside it"
    );
    assert_eq!(map(0.0, 0.0).png(0), None);
}

#[test]
fn a_place_that_is_not_on_earth_has_no_map() {
    for (lat, lon) in [(91.0, 0.0), (0.0, 181.0), (f64::NAN, 0.0)] {
        let places = vec![place("Nowhere", lat, lon)];
        assert!(Locator::new(places, Vec::new(), Era::Modern).is_none());
    }
}

#[test]
fn names_cannot_break_out_of_the_title() {
    let places = vec![place("A <b> & c, Land", 10.0, 10.0)];
    let svg = Locator::new(places, Vec::new(), Era::Modern).unwrap().svg();
    assert!(svg.contains("A &lt;b&gt; &amp; c is marked"));
}
