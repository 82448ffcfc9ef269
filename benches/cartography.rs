//! How long a locator map takes: the SVG that readers get, and the PNG that
//! cards get, for a crooked coast, a plain one, a pole and an ocean.
//!
//! `cargo bench --bench cartography`; the figures stand in `docs/benchmarks.md`.

use criterion::{Criterion, criterion_group, criterion_main};
use daybook::cartography::{Era, Locator, Marked};

fn maps(criterion: &mut Criterion) {
    let places = [
        ("Bergen", 60.39, 5.32),
        ("Pompeii", 40.75, 14.49),
        ("South Pole", -90.0, 0.0),
        ("Pitcairn", -25.07, -130.1),
    ];
    for (name, lat, lon) in places {
        let place = Marked {
            name: name.to_owned(),
            lat,
            lon,
        };
        let Some(locator) = Locator::new(vec![place], Vec::new(), Era::Modern) else {
            continue;
        };
        criterion.bench_function(&format!("{name}, svg"), |bencher| {
            bencher.iter(|| locator.svg());
        });
        criterion.bench_function(&format!("{name}, png 800"), |bencher| {
            bencher.iter(|| locator.png(800));
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = maps
}
criterion_main!(benches);
